"""Filling the rows of a letter from what is said about it."""

from dataclasses import asdict

from sqlalchemy import exists, or_, select

from cchc_portal.accounts.models import Unit
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.directives import queries
from cchc_portal.directives.content import Assigned, CitationContent, Content, ItemContent
from cchc_portal.directives.models import Assignment, Citation, Directive, Item
from cchc_portal.directives.naming import meant
from cchc_portal.directives.operations.relating import resolve
from cchc_portal.directives.reading.dates import existing

NO_TEXT = N_("Mỗi mục phải có số và nội dung.")
TWICE = N_("Có hai mục mang cùng một số. Mỗi mục cần một số riêng, ví dụ 2 và 2.a.")
NO_DAY = N_("Tháng này không có ngày đó.")
IN_USE = N_(
    "Có mục đã giao việc hoặc đã có sáng kiến trả lời, không bỏ và không đổi số được nữa. Hãy sửa nội dung của mục đó."
)
_OWN = {Assignment.__tablename__, Item.__tablename__}


def check(content: Content) -> None:
    """Refuse what cannot be kept.

    Raises:
        Invalid: an item without number or text, two with the same number, a day the calendar does not have.
    """
    codes = [item.code for item in content.items]
    if not all(item.code and item.text for item in content.items):
        raise Invalid({"items": NO_TEXT})
    if len(set(codes)) != len(codes):
        raise Invalid({"items": TWICE})
    if (day := content.head.get("day")) and not existing(
        content.head.get("year") or 4, content.head.get("month") or 1, day
    ):
        raise Invalid({"day": NO_DAY})


def check_used_items(directive: Directive, content: Content) -> None:
    """Refuse to take out items that other things already point to, whatever feature they belong to.

    Raises:
        Invalid: tasks hang on one, or initiatives answer it.
    """
    staying = {item.code for item in content.items}
    leaving = [item.id for item in directive.items if item.code not in staying]
    pointers = [
        exists().where(key.parent.in_(leaving))
        for table in db.metadata.tables.values()
        if table.name not in _OWN
        for key in table.foreign_keys
        if key.references(Item.__table__)  # type: ignore[arg-type]
    ]
    if leaving and pointers and db.session.scalar(select(or_(*pointers))):
        raise Invalid({"items": IN_USE})


def fill(directive: Directive, content: Content) -> None:
    """Bring head, citations and items of a letter to what is said; rows of what stays are kept."""
    for name, value in content.head.items():
        setattr(directive, name, value)
    _fill_citations(directive, content.citations)
    _fill_items(directive, content.items)
    resolve(directive)


def _fill_citations(directive: Directive, citations: tuple[CitationContent, ...]) -> None:
    """Keep the rows of what is still cited: the Office may have parted one from a letter of the register."""
    known = {_identity(citation): citation for citation in directive.citations}
    filled = []
    for place, content in enumerate(citations):
        citation = known.pop(_identity(content), None) or Citation()
        for name, value in asdict(content).items():
            setattr(citation, name, value)
        citation.position = place
        filled.append(citation)
    directive.citations = filled


def _identity(citation: Citation | CitationContent) -> tuple[object, ...]:
    return citation.kind, citation.number, citation.issued_on, citation.issuer


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
        _fill_assignments(item, content.assigned, our_units)


def _fill_assignments(item: Item, assigned: tuple[Assigned, ...], our_units: list[Unit]) -> None:
    known = {one.words: one for one in item.assignments}
    item.assignments = [_assignment(one, known.pop(one.words, None), our_units) for one in assigned]


def _parent(code: str, by_code: dict[str, Item]) -> Item | None:
    """Return the nearest item above: "2.a" belongs below "2"."""
    above = code.rpartition(".")[0]
    while above and above not in by_code:
        above = above.rpartition(".")[0]
    return by_code.get(above)


def _assignment(assigned: Assigned, known: Assignment | None, our_units: list[Unit]) -> Assignment:
    assignment = known or Assignment(words=assigned.words)
    assignment.part = assigned.part
    for name, value in vars(meant(assigned.words, our_units)).items():
        setattr(assignment, name, value)
    return assignment


def storable(text: str) -> str:
    """Return the text without what no database takes: null characters and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
