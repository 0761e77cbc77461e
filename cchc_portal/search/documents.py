"""What is findable of each thing: its words, who may find it, and what it can be filtered by.

To make something searchable, write a function that reads it and add a line to `SOURCES`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import Answer, InFieldOf, Initiative, State
from cchc_portal.search.models import FileText

INITIATIVE, LETTER, ITEM = "initiative", "directive", "directive_item"
EVERYBODY, OFFICE = "all", "r:office"
LONGEST_FILE = 200_000

Key = tuple[str, int]  # kind, id of the thing


@dataclass(frozen=True, slots=True)
class Findable:
    """A thing as words and marks.

    Args:
        code: its number or code.
        title: its name.
        pieces: its other text, the most telling first.
        keywords: names and marks by which it is found too, not worth reading in a snippet.
        audience: marks of those who may find it.
        facets: what it can be filtered by: name of the filter -> values.
        stamp: seconds since 1970 by which the newest come first.
        owner: the thing it is a part of.
    """

    code: str
    title: str
    pieces: tuple[str, ...]
    audience: frozenset[str]
    facets: Mapping[str, list[str]] = field(default_factory=dict)
    stamp: int = 0
    keywords: tuple[str, ...] = ()
    owner: Key | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """How one kind of thing is read.

    Args:
        ids: returns the ids of all that may be findable.
        read: returns the thing, None if nobody may find it.
        parts: returns the keys of what must be read again when it changes.
    """

    ids: Callable[[], Iterable[int]]
    read: Callable[[int], Findable | None]
    parts: Callable[[int], Iterable[Key]] = lambda _id: ()


def marks_of(user: User) -> frozenset[str]:
    """Return the marks a person carries; each opens what bears it in its audience."""
    own = {EVERYBODY, f"u:{user.id}"}
    return frozenset(own | {OFFICE} if is_office(user) else own)


def touched_by(kind: str, thing_id: int) -> Iterable[Key]:
    """Return the keys of what must be read again when something happens to a thing of any kind."""
    if kind in SOURCES:
        return [(kind, thing_id)]
    return _BEARERS[kind](thing_id) if kind in _BEARERS else ()


def _initiative_ids() -> Sequence[int]:
    return db.session.scalars(select(Initiative.id).where(Initiative.state != State.DRAFT)).all()


def _initiative(initiative_id: int) -> Findable | None:
    """Read an initiative as it was last submitted; drafts are for their authors' own pages."""
    query = select(Initiative).where(Initiative.id == initiative_id).options(*_WITH_INITIATIVE)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None or found.state is State.DRAFT or found.deleted_at is not None:
        return None
    return Findable(
        code=found.code or "",
        title=found.title,
        pieces=_once((*_prose(found), *_words_of_files(found))),
        keywords=_once(_names(found)),
        audience=frozenset({EVERYBODY} if found.is_open else {OFFICE, *_authors(found)}),
        facets=_initiative_facets(found),
        stamp=int(found.submitted_at.timestamp()) if found.submitted_at else 0,
    )


def _prose(initiative: Initiative) -> list[str]:
    return [
        initiative.problem,
        initiative.solution,
        initiative.result,
        initiative.novelty,
        initiative.conditions,
        *(answer.sentence for answer in initiative.answers),
        initiative.source_name,
    ]


def _names(initiative: Initiative) -> list[str]:
    return [
        *(f"{figure.name} {figure.measure}" for figure in initiative.figures),
        *(author.name for author in initiative.authors),
        initiative.unit.name if initiative.unit else "",
        *(tag.name for tag in initiative.tags),
        *(row.field.name for row in initiative.fields),
        *(answer.item.directive.code for answer in initiative.answers),
    ]


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _words_of_files(initiative: Initiative) -> list[str]:
    shown = [file for file in initiative.attachments if file.is_submitted and file.deleted_at is None]
    sums = [attachment.file.sha256 for attachment in shown]
    known = db.session.scalars(select(FileText).where(FileText.sha256.in_(sums))).all() if sums else []
    texts = {row.sha256: row.text[:LONGEST_FILE] for row in known}
    return [text for file in shown for text in (file.name, texts.get(file.file.sha256, "")) if text]


def _authors(initiative: Initiative) -> set[str]:
    ids = {initiative.created_by_id, *(author.user_id for author in initiative.authors if author.user_id)}
    return {f"u:{user_id}" for user_id in ids}


def _initiative_facets(initiative: Initiative) -> dict[str, list[str]]:
    values = {
        "type": [INITIATIVE],
        "kind": [initiative.kind.value],
        "field": [str(row.field_code) for row in initiative.fields],
        "status": [initiative.state.value],
        "unit": [str(initiative.unit_id)] if initiative.unit_id else [],
        "year": [str(initiative.year)] if initiative.year else [],
        "item": [str(answer.item_id) for answer in initiative.answers],
        "tag": [tag.folded for tag in initiative.tags],
    }
    return {facet: found for facet, found in values.items() if found}


def _letter_ids() -> Sequence[int]:
    return db.session.scalars(select(Directive.id).where(Directive.deleted_at.is_(None))).all()


def _letter(directive_id: int) -> Findable | None:
    letter = db.session.get(Directive, directive_id, populate_existing=True)
    if letter is None or letter.deleted_at is not None:
        return None
    return Findable(
        code=letter.code,
        title=letter.subject or letter.code or letter.kind,
        pieces=(letter.text,),
        keywords=_once((letter.kind, letter.issuer)),
        audience=_letter_audience(letter),
        facets=_letter_facets(letter, LETTER),
        stamp=_letter_stamp(letter),
    )


def _item_ids() -> Sequence[int]:
    return db.session.scalars(select(Item.id).join(Directive).where(Directive.deleted_at.is_(None))).all()


def _item(item_id: int) -> Findable | None:
    query = select(Item).where(Item.id == item_id).options(joinedload(Item.directive))
    item = db.session.scalar(query.execution_options(populate_existing=True))
    if item is None or item.directive.deleted_at is not None:
        return None
    return Findable(
        code=item.code,
        title=item.summary or item.text[:200],
        pieces=(item.text,),
        keywords=_once((item.directive.code, *(assignment.words for assignment in item.assignments))),
        audience=_letter_audience(item.directive),
        facets=_letter_facets(item.directive, ITEM),
        stamp=_letter_stamp(item.directive),
        owner=(LETTER, item.directive_id),
    )


def _letter_audience(letter: Directive) -> frozenset[str]:
    return frozenset({OFFICE} if letter.state is LetterState.DRAFT else {EVERYBODY})


def _letter_facets(letter: Directive, kind: str) -> dict[str, list[str]]:
    return {"type": [kind]} | ({"year": [str(letter.year)]} if letter.year else {})


def _letter_stamp(letter: Directive) -> int:
    return int((letter.issued_at or letter.created_at).timestamp())


def _items_of(directive_id: int) -> list[Key]:
    ids = db.session.scalars(select(Item.id).where(Item.directive_id == directive_id))
    return [(ITEM, item_id) for item_id in ids]


def _initiatives_of_unit(unit_id: int) -> list[Key]:
    """Return what bears the name of a unit."""
    ids = db.session.scalars(select(Initiative.id).where(Initiative.unit_id == unit_id))
    return [(INITIATIVE, initiative_id) for initiative_id in ids]


_WITH_INITIATIVE = (
    joinedload(Initiative.unit),
    selectinload(Initiative.authors),
    selectinload(Initiative.figures),
    selectinload(Initiative.attachments),
    selectinload(Initiative.tags),
    selectinload(Initiative.fields).joinedload(InFieldOf.field),
    selectinload(Initiative.answers).joinedload(Answer.item).joinedload(Item.directive),
)

SOURCES: dict[str, Source] = {
    INITIATIVE: Source(_initiative_ids, _initiative),
    LETTER: Source(_letter_ids, _letter, parts=_items_of),
    ITEM: Source(_item_ids, _item),
}

_BEARERS: dict[str, Callable[[int], Iterable[Key]]] = {"unit": _initiatives_of_unit}
