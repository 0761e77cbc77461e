"""Scans and other files of letters."""

from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives import rules
from cchc_portal.directives.models import Directive, DirectiveFile
from cchc_portal.directives.operations.holding import hold
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received, keep

LARGEST_SUM = 100 * 1024 * 1024
MOST_FILES = 20
TOO_MANY = N_("Mỗi công văn kèm tối đa 20 tệp.")
TOO_LARGE = N_("Các tệp của một công văn cộng lại không quá 100 MB.")


def attach(directive: Directive, *, by: User, received: Received, name: str) -> DirectiveFile:
    """Keep a scan or another file with a letter, issued or not.

    Args:
        directive: the letter.
        by: the Office or a leader.
        received: the bytes, as `storage.operations.receive` returned them.
        name: the file's name, whatever its letters.

    Raises:
        NotAllowed: the person is not of the Office, or the letter is closed.
        Invalid: there would be too many files, or too large together.
    """
    require(rules.can_attach(by, hold(directive)))
    count, total = _kept(directive)
    if count >= MOST_FILES:
        raise Invalid({"files": TOO_MANY})
    if total + received.size > LARGEST_SUM:
        raise Invalid({"files": TOO_LARGE})
    file = DirectiveFile(directive=directive, file=keep(received), name=clean_name(name), added_by=by)
    db.session.add(file)
    audit.record("directive.file_attached", on=directive, by=by, size=received.size)
    return file


def detach(file: DirectiveFile, *, by: User) -> DirectiveFile:
    """Take a file away from a letter; what was there when the letter was issued stays.

    Raises:
        NotAllowed: the letter was issued with it, or the person is not of the Office.
    """
    require(rules.can_detach(by, file))
    if file.deleted_at is None:
        file.deleted_at = now()
        audit.record("directive.file_detached", on=file.directive, by=by)
    return file


def _kept(directive: Directive) -> tuple[int, int]:
    query = select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).join(DirectiveFile.file)
    row = db.session.execute(
        query.where(DirectiveFile.directive_id == directive.id, DirectiveFile.deleted_at.is_(None))
    ).one()
    return row[0], row[1]
