"""What is shown of each thing that was found, read through the features' own permissions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import selectinload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.accounts.rules import is_office
from cchc_portal.comments.models import Comment
from cchc_portal.core.db import db
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.replication.models import Selection, SelectionTarget
from cchc_portal.search.analysis import Piece, Wanted, marks
from cchc_portal.search.documents import COMMENT, DECISION, INITIATIVE, ITEM, LETTER, Key
from cchc_portal.search.engines import Hit
from cchc_portal.search.queries.asking import key_of
from cchc_portal.search.queries.excerpts import Excerpt

Excerpts = Callable[[Sequence[Key]], Mapping[Key, Excerpt]]
NOTHING = Excerpt()


@dataclass(frozen=True, slots=True)
class Card:
    """A found thing.

    Args:
        kind: name of its kind in `documents.SOURCES`.
        about: what its feature says of it: names of columns -> values.
        title: cut into marked and other pieces.
        excerpt: the place that answers best.
    """

    kind: str
    id: int
    score: float
    code: str
    title: Sequence[Piece]
    excerpt: Excerpt = NOTHING
    about: Mapping[str, Any] = field(default_factory=dict)


def cards(
    hits: Sequence[Hit], wanted: Wanted, *, to: User | None, show: Excerpts | None = None
) -> list[Card]:
    """Return what was found as cards, in order, without what the person may not see (any more).

    Args:
        hits: what the index found.
        wanted: what to mark.
        to: the person; None for any member of staff.
        show: returns the stretch to show of each thing; None for cards of titles alone.
    """
    keys = [key_of(hit.key) for hit in hits]
    seen = _readable(keys, to)
    texts = show([key for key in keys if key in seen]) if show else {}
    return [
        Card(
            kind=key[0],
            id=key[1],
            score=hit.score,
            code=seen[key]["code"] or "",
            title=marks(seen[key]["title"], wanted),
            excerpt=texts.get(key, NOTHING),
            about=seen[key],
        )
        for hit, key in zip(hits, keys, strict=True)
        if key in seen
    ]


def readable(found: Collection[str], *, to: User) -> list[str]:
    """Return those of some keys whose things a person may see, whatever the index still says."""
    keys = [key_of(key) for key in sorted(found)]
    return [f"{kind}:{thing_id}" for kind, thing_id in _readable(keys, to)]


def _readable(keys: Sequence[Key], to: User | None) -> dict[Key, dict[str, Any]]:
    found: dict[Key, dict[str, Any]] = {}
    for kind, read in _READERS.items():
        ids = [thing_id for known, thing_id in keys if known == kind]
        if ids:
            found |= {(kind, row["id"]): row for row in read(ids, to)}
    return found


def _initiatives(ids: Sequence[int], to: User | None) -> list[dict[str, Any]]:
    query = _initiatives_query(is_known=to is not None, office=to is not None and is_office(to))
    rows = db.session.execute(query, {"ids": ids} | ({"reader_id": to.id} if to else {}))
    return [dict(row) for row in rows.mappings()]


@cache
def _initiatives_query(*, is_known: bool, office: bool) -> Select[*tuple[Any, ...]]:
    """Return the query for initiatives' cards, built once: putting it together takes longer than asking it."""
    reader = bindparam("reader_id", type_=Integer())
    visible = initiatives.visible_by(reader, office=office) if is_known else _open_initiatives()
    return (
        visible.where(Initiative.id.in_(bindparam("ids", expanding=True)), Initiative.state != State.DRAFT)
        .outerjoin(Unit, Unit.id == Initiative.unit_id)
        .with_only_columns(
            Initiative.id,
            Initiative.code,
            Initiative.title,
            Initiative.kind.label("form"),
            Initiative.state,
            Initiative.vote_count,
            Initiative.comment_count,
            Initiative.submitted_at,
            Unit.name.label("unit"),
        )
    )


def _open_initiatives() -> Select[Initiative]:
    return select(Initiative).where(initiatives.is_open())


def _letters(ids: Sequence[int], to: User | None) -> list[dict[str, Any]]:
    query = _visible_letters(to).where(Directive.id.in_(ids)).options(*WITHOUT_TEXTS)
    return [
        {
            "id": letter.id,
            "code": letter.code,
            "title": letter.title or letter.code,
            "day": letter.date_words,
            "issuer": letter.issuer,
            "direction": letter.direction,
        }
        for letter in db.session.scalars(query)
    ]


def _items(ids: Sequence[int], to: User | None) -> list[dict[str, Any]]:
    query = _visible_letters(to).join(Item).where(Item.id.in_(ids)).with_only_columns(Item, Directive)
    return [
        {
            "id": item.id,
            "code": item.code,
            "title": item.summary or item.text[:200],
            "letter_id": letter.id,
            "letter": letter.code,
            "deadline_on": item.deadline_on,
        }
        for item, letter in db.session.execute(query)
    ]


def _comments(ids: Sequence[int], to: User | None) -> list[dict[str, Any]]:
    query = (
        _visible_initiatives(to)
        .join(Comment, Comment.initiative_id == Initiative.id)
        .join(User, User.id == Comment.author_id)
        .where(Comment.id.in_(ids), Comment.deleted_at.is_(None))
        .with_only_columns(
            Comment.id,
            Initiative.title,
            Initiative.id.label("initiative_id"),
            Comment.created_at.label("at"),
            User.full_name.label("who"),
        )
    )
    return [{"code": "", **row} for row in db.session.execute(query).mappings()]


def _decisions(ids: Sequence[int], to: User | None) -> list[dict[str, Any]]:
    query = (
        _visible_initiatives(to)
        .join(Selection, Selection.initiative_id == Initiative.id)
        .where(Selection.id.in_(ids))
        .with_only_columns(Selection, Initiative.code, Initiative.title)
    )
    units = selectinload(Selection.targets).joinedload(SelectionTarget.unit)
    return [
        {"id": decision.id, "code": code, "title": title, "decision": decision}
        for decision, code, title in db.session.execute(query.options(units))
    ]


def _visible_initiatives(to: User | None) -> Select[Initiative]:
    seen = initiatives.visible_to(to) if to is not None else _open_initiatives()
    return seen.where(Initiative.state != State.DRAFT)


def _visible_letters(to: User | None) -> Select[Directive]:
    if to is not None:
        return letters.visible_to(to)
    return select(Directive).where(Directive.deleted_at.is_(None), Directive.state != LetterState.DRAFT)


_READERS: dict[str, Callable[[Sequence[int], User | None], list[dict[str, Any]]]] = {
    INITIATIVE: _initiatives,
    LETTER: _letters,
    ITEM: _items,
    COMMENT: _comments,
    DECISION: _decisions,
}
