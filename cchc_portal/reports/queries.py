"""Reading templates and letterhead."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.reports.docx import DocumentKind
from cchc_portal.reports.models import DocumentTemplate, OfficeLetterhead
from cchc_portal.reports.rules import can_keep_templates
from cchc_portal.storage.operations import open_file


def in_force() -> Mapping[DocumentKind, DocumentTemplate]:
    """Return what the Office chose last for each kind; kinds it never touched are not in it."""
    last = select(func.max(DocumentTemplate.id)).group_by(DocumentTemplate.kind)
    query = select(DocumentTemplate).where(DocumentTemplate.id.in_(last)).options(*_WHOLE)
    return {one.kind: one for one in db.session.scalars(query)}


def versions(kind: DocumentKind, *, to: User, limit: int = 30) -> Sequence[DocumentTemplate]:
    """Return what was chosen for a kind, the newest first; nobody but the Office sees any."""
    if not can_keep_templates(to):
        return []
    query = select(DocumentTemplate).where(DocumentTemplate.kind == kind).options(*_WHOLE)
    return db.session.scalars(query.order_by(DocumentTemplate.id.desc()).limit(limit)).all()


def version(kind: DocumentKind, version_id: int, *, to: User) -> DocumentTemplate:
    """Return one of the versions that came as a file.

    Raises:
        NotFound: there is none, or the person does not keep templates.
    """
    query = select(DocumentTemplate).where(
        DocumentTemplate.id == version_id,
        DocumentTemplate.kind == kind,
        DocumentTemplate.file_id.is_not(None),
    )
    found = db.session.scalar(query.options(*_WHOLE)) if can_keep_templates(to) else None
    if found is None:
        raise NotFound
    return found


def content(kind: DocumentKind) -> bytes | None:
    """Return the template that the Office chose for a kind; None for the shipped one.

    Raises:
        Unavailable: its bytes cannot be read now.
    """
    query = select(DocumentTemplate).where(DocumentTemplate.kind == kind).options(*_WHOLE)
    chosen = db.session.scalar(query.order_by(DocumentTemplate.id.desc()).limit(1))
    if chosen is None or chosen.file is None:
        return None
    with open_file(chosen.file) as file:
        return file.read()


def letterhead() -> OfficeLetterhead | None:
    """Return what the Office keeps of itself; None if it has never said."""
    return db.session.get(OfficeLetterhead, 1)


_WHOLE = (joinedload(DocumentTemplate.file), joinedload(DocumentTemplate.chosen_by))
