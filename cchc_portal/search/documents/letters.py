"""What is findable of letters and of their items."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, DirectiveFile, Item, State
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS
from cchc_portal.search.documents.findable import (
    EVERYBODY,
    OFFICE,
    File,
    Findable,
    Key,
    filled,
    once,
)
from cchc_portal.storage.models import StoredFile

LETTER, ITEM = "directive", "directive_item"


def letter_ids() -> Sequence[int]:
    """Return all letters, drafts too."""
    return db.session.scalars(select(Directive.id).where(Directive.deleted_at.is_(None))).all()


def read_letters(letter_ids: Sequence[int]) -> dict[int, Findable]:
    """Return letters with their whole text and what lies with them."""
    query = select(Directive).where(Directive.id.in_(letter_ids), Directive.deleted_at.is_(None))
    query = query.options(defer(Directive.searched), defer(Directive.recognised))
    letters = db.session.scalars(query.execution_options(populate_existing=True)).all()
    files = _files(letter_ids)
    return {letter.id: _letter(letter, files.get(letter.id, [])) for letter in letters}


def item_ids() -> Sequence[int]:
    """Return the items of all letters."""
    return db.session.scalars(select(Item.id).join(Directive).where(Directive.deleted_at.is_(None))).all()


def read_items(item_ids: Sequence[int]) -> dict[int, Findable]:
    """Return items with who has to answer them."""
    query = select(Item).join(Directive).where(Item.id.in_(item_ids), Directive.deleted_at.is_(None))
    letter = joinedload(Item.directive).options(*WITHOUT_TEXTS)
    query = query.options(letter, selectinload(Item.assignments))
    items = db.session.scalars(query.execution_options(populate_existing=True))
    return {item.id: _item(item) for item in items}


def items_of(letter_id: int) -> list[Key]:
    """Return the keys of a letter's items."""
    found = db.session.scalars(select(Item.id).where(Item.directive_id == letter_id))
    return [(ITEM, item_id) for item_id in found]


def with_file(file_id: int) -> list[Key]:
    """Return the keys of the letters a stored file lies with."""
    query = select(DirectiveFile.directive_id).where(DirectiveFile.file_id == file_id).distinct()
    return [(LETTER, letter_id) for letter_id in db.session.scalars(query)]


def _files(letter_ids: Sequence[int]) -> dict[int, list[File]]:
    query = (
        select(DirectiveFile.directive_id, DirectiveFile.name, StoredFile.sha256)
        .join(DirectiveFile.file)
        .where(DirectiveFile.directive_id.in_(letter_ids), DirectiveFile.deleted_at.is_(None))
        .order_by(DirectiveFile.id)
    )
    files: dict[int, list[File]] = {}
    for letter_id, name, sha256 in db.session.execute(query):
        files.setdefault(letter_id, []).append(File(name, sha256))
    return files


def _letter(letter: Directive, files: Sequence[File]) -> Findable:
    return Findable(
        code=letter.code,
        title=letter.subject or letter.code or letter.kind,
        pieces=(letter.text,),
        keywords=once(_names(letter)),
        files=tuple(files),
        audience=_audience(letter),
        facets=_facets(letter, LETTER) | _kinds(letter),
        stamp=_stamp(letter),
    )


def _item(item: Item) -> Findable:
    return Findable(
        code=item.code,
        title=item.summary or item.text[:200],
        pieces=(item.text,),
        keywords=once((item.directive.code, *(assignment.words for assignment in item.assignments))),
        audience=_audience(item.directive),
        facets=_facets(item.directive, ITEM) | filled({"unit": _units(item)}),
        stamp=_stamp(item.directive),
        owner=(LETTER, item.directive_id),
    )


def _names(letter: Directive) -> list[str]:
    return [
        letter.kind,
        letter.issuer,
        letter.superior,
        letter.description,
        letter.signer_name,
        letter.to_places,
        *letter.addressees,
    ]


def _kinds(letter: Directive) -> dict[str, list[str]]:
    return {"kind": [letter.direction.value], "status": [letter.state.value]}


def _units(item: Item) -> list[str]:
    """Return the units that have to answer an item."""
    return sorted({str(assignment.unit_id) for assignment in item.assignments if assignment.unit_id})


def _audience(letter: Directive) -> frozenset[str]:
    return frozenset({OFFICE} if letter.state is State.DRAFT else {EVERYBODY})


def _facets(letter: Directive, kind: str) -> dict[str, list[str]]:
    return {"type": [kind]} | filled({"year": [str(letter.year)] if letter.year else []})


def _stamp(letter: Directive) -> int:
    return int((letter.issued_at or letter.created_at).timestamp())
