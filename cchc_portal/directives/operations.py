"""Bringing letters in, correcting and issuing them."""

from dataclasses import asdict
from typing import Any

from cchc_portal import audit
from cchc_portal.accounts.models import Unit, User
from cchc_portal.accounts.queries import units
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives import queries, rules
from cchc_portal.directives.content import Assigned, Content, ItemContent, of_letter
from cchc_portal.directives.models import Assignment, Citation, Directive, Item, State
from cchc_portal.directives.naming import meant, names_of
from cchc_portal.directives.reading import Letter, marks_of, read_letter
from cchc_portal.directives.reading.dates import existing
from cchc_portal.storage import formats
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received, keep, lend

CHANGED = N_("Công văn vừa được người khác sửa. Hãy tải lại trang để thấy bản mới rồi sửa tiếp.")
NO_SUBJECT = N_("Chưa có trích yếu. Hãy bổ sung trích yếu trước khi ban hành.")
NO_ITEMS = N_("Chưa có nội dung nào được giao. Hãy thêm ít nhất một mục trước khi ban hành.")
NO_TEXT = N_("Mỗi mục phải có số và nội dung.")
TWICE = N_("Có hai mục mang cùng một số. Mỗi mục cần một số riêng, ví dụ 2 và 2.a.")


def import_file(received: Received, *, name: str, by: User | None) -> Directive:
    """Make a draft of a letter that came as a file; the original is kept.

    Args:
        received: bytes from `storage.operations.receive`.
        name: the name its owner gave the file.
        by: who brings it; None for commands on the server.

    Raises:
        Invalid: no text document, no text in it, protected, or no letter.
    """
    require(by is None or rules.can_import(by))
    stored = keep(received)
    with lend(stored) as path:
        text = formats.read_document(path, name)
    return import_letter(text, by=by, file=stored, file_name=clean_name(name))


def import_letter(
    text: str, *, by: User | None, file: StoredFile | None = None, file_name: str = ""
) -> Directive:
    """Make a draft of a letter from its text, with everything that is recognised in it.

    The text is kept as it came. `by` is None for commands on the server.

    Raises:
        Invalid: the text is empty or no letter.
    """
    require(by is None or rules.can_import(by))
    text = _storable(text)
    letter = read_letter(text, known_units=names_of(units()))
    directive = Directive(text=text, file=file, file_name=file_name, recognised=_recognised(letter))
    directive.imported_by = by
    db.session.add(directive)
    _fill(directive, of_letter(letter))
    audit.record("directive.imported", on=directive, by=by, items=len(directive.items))
    return directive


def correct(directive: Directive, *, by: User, content: Content, seen: int) -> Directive:
    """Replace what is kept of a draft by what the Office says; the text stays.

    Args:
        directive: a draft.
        by: the Office or a leader.
        content: the whole head, all citations and items.
        seen: `queries.revision` that the corrections were made on.

    Raises:
        Conflict: somebody else has changed the draft since.
        Invalid: an item without number or text, or two with the same number.
    """
    _require_open(directive, permitted=rules.can_correct(by, directive))
    if queries.revision(directive) != seen:
        raise Conflict(CHANGED)
    _check_items(content)
    _fill(directive, content)
    audit.record("directive.corrected", on=directive, by=by, items=len(directive.items))
    return directive


def issue(directive: Directive, *, by: User) -> Directive:
    """Issue a letter: from now on it is immutable and everybody sees it and its items.

    Raises:
        Invalid: without a subject or without items.
        InvalidState: it was issued before.
    """
    _require_open(directive, permitted=rules.can_issue(by, directive))
    if not directive.subject:
        raise Invalid({"": NO_SUBJECT})
    if not directive.items:
        raise Invalid({"": NO_ITEMS})
    directive.move_to(State.ISSUED)
    directive.issued_at, directive.issued_by = now(), by
    audit.record("directive.issued", on=directive, by=by)
    return directive


def enter_number(directive: Directive, *, by: User, number: str, day: int | None) -> Directive:
    """Fill in the number and the day that the registry has given to an issued letter.

    What is there already stays.

    Raises:
        NotAllowed: nothing is missing, or the person is not of the Office.
        Invalid: nothing given, or a day that the month does not have.
    """
    require(rules.can_number(by, directive))
    filled = {"number": number, "day": day}
    filled = {name: value for name, value in filled.items() if value and name in directive.lacks}
    if not filled:
        raise Invalid({"number": N_("Hãy nhập số hoặc ngày.")})
    if day and not existing(directive.year or 1, directive.month or 1, day):
        raise Invalid({"day": N_("Tháng này không có ngày đó.")})
    for name, value in filled.items():
        setattr(directive, name, value)
    audit.record("directive.numbered", on=directive, by=by, **filled)
    return directive


def discard(directive: Directive, *, by: User) -> Directive:
    """Put a draft into the bin.

    Raises:
        InvalidState: it is issued; issued letters stay.
    """
    _require_open(directive, permitted=rules.can_discard(by, directive))
    directive.deleted_at = now()
    audit.record("directive.discarded", on=directive, by=by)
    return directive


def _require_open(directive: Directive, *, permitted: bool) -> None:
    if not directive.is_open:
        raise InvalidState(N_("Công văn đã ban hành, không sửa được nữa."))
    require(permitted)


def _storable(text: str) -> str:
    """Return the text without what no database takes: null characters and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _recognised(letter: Letter) -> dict[str, Any]:
    return {"marks": [asdict(mark) for mark in marks_of(letter)]}


def _check_items(content: Content) -> None:
    codes = [item.code for item in content.items]
    if not all(item.code and item.text for item in content.items):
        raise Invalid({"items": NO_TEXT})
    if len(set(codes)) != len(codes):
        raise Invalid({"items": TWICE})


def _fill(directive: Directive, content: Content) -> None:
    for name, value in content.head.items():
        setattr(directive, name, value)
    directive.citations = [
        Citation(position=place, **asdict(citation)) for place, citation in enumerate(content.citations)
    ]
    _fill_items(directive, content.items)


def _fill_items(directive: Directive, items: tuple[ItemContent, ...]) -> None:
    """Keep the rows of items whose number stays, so that what points at them stays right."""
    known = {item.code: item for item in directive.items}
    our_units = queries.units_of_the_time(directive.year, directive.month, directive.day)
    directive.items = [known.get(content.code) or Item(code=content.code) for content in items]
    by_code = {item.code: item for item in directive.items}
    for place, (item, content) in enumerate(zip(directive.items, items, strict=True)):
        for name, value in content.columns.items():
            setattr(item, name, value)
        item.position = place
        item.parent = _parent(content.code, by_code)
        item.assignments = [_assignment(one, our_units) for one in content.assigned]


def _parent(code: str, by_code: dict[str, Item]) -> Item | None:
    """Return the nearest item above: "2.a" belongs below "2"."""
    above = code.rpartition(".")[0]
    while above and above not in by_code:
        above = above.rpartition(".")[0]
    return by_code.get(above)


def _assignment(assigned: Assigned, our_units: list[Unit]) -> Assignment:
    meaning = meant(assigned.words, our_units)
    return Assignment(words=assigned.words, part=assigned.part, **vars(meaning))
