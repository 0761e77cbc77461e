"""Putting a template in the place of the shipped one and back; keeping the letterhead."""

import re

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.reports import queries, rules
from cchc_portal.reports.docx import DocumentKind
from cchc_portal.reports.docx.template import require_usable
from cchc_portal.reports.models import DocumentTemplate, OfficeLetterhead
from cchc_portal.storage.formats import Kind
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received, keep, open_file

NOT_WORD = N_("Mẫu phải là tệp Word (DOCX).")
SHIPPED_ALREADY = N_("Đang dùng mẫu gốc, không có gì để đổi lại.")
WRONG_SYMBOL = N_("Ký hiệu không có dấu cách hay dấu gạch chéo, ví dụ UBND-VP.")
NEEDED = N_("Vui lòng điền ô này.")

_SYMBOL = re.compile(r"[\w.&]+(-[\w.&]+)*")
_REQUIRED = ("issuer", "short_name", "place", "symbol", "signature")


def replace_template(kind: DocumentKind, *, by: User, received: Received, name: str) -> DocumentTemplate:
    """Set documents of a kind in a template of the Office from now on; earlier ones are kept.

    Args:
        kind: of documents.
        by: the Office or a leader.
        received: the bytes, as `storage.operations.receive` returned them.
        name: the file's name, whatever its letters.

    Raises:
        NotAllowed: the person does not keep templates.
        Invalid: no template for this kind; `WrongMarks` names the marks.
    """
    require(rules.can_keep_templates(by))
    if received.kind is not Kind.DOCX:
        raise Invalid({"file": NOT_WORD})
    stored = keep(received)
    with open_file(stored) as file:
        require_usable(kind, file.read())
    template = DocumentTemplate(kind=kind, file=stored, file_name=clean_name(name), chosen_by=by)
    db.session.add(template)
    audit.record("template.replaced", on=template, by=by, kind=kind)
    return template


def use_shipped(kind: DocumentKind, *, by: User) -> DocumentTemplate:
    """Go back to the template that comes with the portal; the Office's own ones stay for download.

    Raises:
        NotAllowed: the person does not keep templates.
        InvalidState: it is in use already.
    """
    require(rules.can_keep_templates(by))
    chosen = queries.in_force().get(kind)
    if chosen is None or chosen.is_shipped:
        raise InvalidState(SHIPPED_ALREADY)
    template = DocumentTemplate(kind=kind, chosen_by=by)
    db.session.add(template)
    audit.record("template.restored", on=template, by=by, kind=kind)
    return template


def change_letterhead(letterhead: OfficeLetterhead, *, by: User | None, **values: str) -> OfficeLetterhead:
    """Keep who issues documents, who signs and who gets them.

    Args:
        letterhead: what holds so far, in the database or not.
        by: the Office or a leader; None for commands on the server.
        values: columns of the letterhead; those not named stay.

    Raises:
        NotAllowed: the person does not keep it.
        Invalid: something needed is empty, or no symbol.
    """
    require(by is None or rules.can_keep_templates(by))
    whole = {name: values.get(name, getattr(letterhead, name)).strip() for name in LETTERHEAD}
    _check(whole)
    insert_once(OfficeLetterhead, {"id": 1, **whole})  # of two who are first one goes on below
    kept = db.session.get_one(OfficeLetterhead, 1, with_for_update=True, populate_existing=True)
    changed = [name for name, value in whole.items() if getattr(kept, name) != value]
    for name in changed:
        setattr(kept, name, whole[name])
    audit.record("letterhead.changed", on=kept, by=by, fields=changed)
    return kept


def _check(values: dict[str, str]) -> None:
    errors = {name: NEEDED for name in _REQUIRED if not values[name]}
    if values["symbol"] and not _SYMBOL.fullmatch(values["symbol"]):
        errors["symbol"] = WRONG_SYMBOL
    if errors:
        raise Invalid(errors)


LETTERHEAD = (
    "issuer",
    "superior",
    "signature",
    "short_name",
    "place",
    "symbol",
    "signer_name",
    "recipients",
    "filed",
)
