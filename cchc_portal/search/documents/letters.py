"""What is findable of letters and of their items."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item, State
from cchc_portal.search.documents.findable import EVERYBODY, OFFICE, Findable, Key, once

LETTER, ITEM = "directive", "directive_item"


def letter_ids() -> Sequence[int]:
    """Return all letters, drafts too."""
    return db.session.scalars(select(Directive.id).where(Directive.deleted_at.is_(None))).all()


def read_letters(letter_ids: Sequence[int]) -> dict[int, Findable]:
    """Return letters with their whole text."""
    query = select(Directive).where(Directive.id.in_(letter_ids), Directive.deleted_at.is_(None))
    letters = db.session.scalars(query.execution_options(populate_existing=True))
    return {letter.id: _letter(letter) for letter in letters}


def item_ids() -> Sequence[int]:
    """Return the items of all letters."""
    return db.session.scalars(select(Item.id).join(Directive).where(Directive.deleted_at.is_(None))).all()


def read_items(item_ids: Sequence[int]) -> dict[int, Findable]:
    """Return items with who has to answer them."""
    query = select(Item).join(Directive).where(Item.id.in_(item_ids), Directive.deleted_at.is_(None))
    query = query.options(joinedload(Item.directive), selectinload(Item.assignments))
    items = db.session.scalars(query.execution_options(populate_existing=True))
    return {item.id: _item(item) for item in items}


def items_of(letter_id: int) -> list[Key]:
    """Return the keys of a letter's items."""
    found = db.session.scalars(select(Item.id).where(Item.directive_id == letter_id))
    return [(ITEM, item_id) for item_id in found]


def _letter(letter: Directive) -> Findable:
    return Findable(
        code=letter.code,
        title=letter.subject or letter.code or letter.kind,
        pieces=(letter.text,),
        keywords=once((letter.kind, letter.issuer)),
        audience=_audience(letter),
        facets=_facets(letter, LETTER),
        stamp=_stamp(letter),
    )


def _item(item: Item) -> Findable:
    return Findable(
        code=item.code,
        title=item.summary or item.text[:200],
        pieces=(item.text,),
        keywords=once((item.directive.code, *(assignment.words for assignment in item.assignments))),
        audience=_audience(item.directive),
        facets=_facets(item.directive, ITEM),
        stamp=_stamp(item.directive),
        owner=(LETTER, item.directive_id),
    )


def _audience(letter: Directive) -> frozenset[str]:
    return frozenset({OFFICE} if letter.state is State.DRAFT else {EVERYBODY})


def _facets(letter: Directive, kind: str) -> dict[str, list[str]]:
    return {"type": [kind]} | ({"year": [str(letter.year)]} if letter.year else {})


def _stamp(letter: Directive) -> int:
    return int((letter.issued_at or letter.created_at).timestamp())
