"""The register of letters: filters, keyset pages, everything for an export."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, tuple_
from sqlalchemy.orm import selectinload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.entry import metadata
from cchc_portal.directives.models import Assignment, Direction, Directive, Item, State
from cchc_portal.directives.models.keys import code_key, issuer_key
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS, visible_to

MOST_WORDS = 12
NEWEST_NAMED = 100


@dataclass(frozen=True)
class Filters:
    """What a person narrows the register down to, as it stands in the address; "" and None leave it wide.

    `number` is a number and symbol or the beginnings of their parts, `words` stand in the number, the
    subject, the issuer or the body, with or without diacritics. `since` and `until` are days of the
    letter; one whose day or month is blank counts by the first it may bear.
    """

    direction: str = ""
    words: str = ""
    number: str = ""
    issuer: str = ""
    kind: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_narrow(self) -> bool:
        """True if anything but the direction is chosen."""
        return any(getattr(self, part.name) for part in fields(self) if part.name != "direction")


def page_of(
    filters: Filters, *, to: User, after: tuple[int, int, int] | None, size: int
) -> Sequence[Directive]:
    """Return up to `size + 1` letters of a page with their items, newest entry first, drafts aside.

    Args:
        filters: what to narrow down to.
        to: the person who asks.
        after: sorting values of the last row of the page before; None for the first page.
        size: rows per page.

    Raises:
        NotFound: the sorting values were made up.
    """
    query = _narrowed(filters, to).options(selectinload(Directive.items), *WITHOUT_TEXTS)
    if after is not None:
        query = query.where(tuple_(*_PLACE) < tuple_(*_values(after)))
    return db.session.scalars(query.order_by(*_ORDER).limit(size + 1)).all()


def place_of(directive: Directive) -> tuple[int, int, int]:
    """Return the values after which the next page begins."""
    return directive.registered_on.toordinal(), directive.arrival_number or 0, directive.id


def register_rows(
    filters: Filters, *, to: User, organ_id: str = ""
) -> Iterator[dict[str, str | int | date | None]]:
    """Yield all letters that are filtered, under the names of NĐ 30/2020, Phụ lục VI, newest entry first.

    Args:
        filters: what to narrow down to.
        to: the person who asks.
        organ_id: the office's own identifier, for FileCode.
    """
    with_units = selectinload(Directive.items).selectinload(Item.assignments).joinedload(Assignment.unit)
    query = _narrowed(filters, to).options(with_units, *WITHOUT_TEXTS).order_by(*_ORDER)
    for directive in db.session.scalars(query):
        yield metadata(directive, organ_id=organ_id)


def kinds(*, to: User) -> Sequence[str]:
    """Return the kinds of letters there are in the register."""
    query = visible_to(to).with_only_columns(Directive.kind).where(Directive.kind != "")
    return db.session.scalars(query.distinct().order_by(Directive.kind)).all()


def newest(*, to: User, direction: Direction | None = None) -> Sequence[Directive]:
    """Return the newest letters of the register that have a number, to choose one from."""
    query = visible_to(to).where(Directive.state != State.DRAFT, Directive.number != "")
    if direction is not None:
        query = query.where(Directive.direction == direction)
    query = query.options(*WITHOUT_TEXTS)
    return db.session.scalars(query.order_by(*_ORDER).limit(NEWEST_NAMED)).all()


def named(words: str, *, to: User) -> Directive | None:
    """Return the only issued letter with a number and symbol; None if there is none or there are several."""
    key = code_key(words)
    query = visible_to(to).where(Directive.code_key == key, Directive.number != "").options(*WITHOUT_TEXTS)
    found = db.session.scalars(query.where(Directive.state != State.DRAFT).limit(2)).all() if key else ()
    return found[0] if len(found) == 1 else None


def outgoing_with(codes: Collection[str], *, to: User) -> dict[str, list[Directive]]:
    """Return the issued letters that went out under some numbers and symbols, in one statement.

    Returns:
        number as it was written -> its letters, of several years perhaps; no statement and no entry
        where nothing can be a number.
    """
    keys = {code: code_key(code) for code in codes}
    query = visible_to(to).where(
        Directive.code_key.in_(set(keys.values()) - {""}),
        Directive.direction == Direction.OUTGOING,
        Directive.state != State.DRAFT,
        Directive.number != "",
    )
    found: dict[str, list[Directive]] = {}
    for letter in db.session.scalars(query.options(*WITHOUT_TEXTS)) if any(keys.values()) else ():
        found.setdefault(letter.code_key, []).append(letter)
    return {code: found[key] for code, key in keys.items() if key in found}


def _narrowed(filters: Filters, to: User) -> Select[Directive]:
    return visible_to(to).where(Directive.state != State.DRAFT, *_conditions(filters))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.direction in set(Direction):
        yield Directive.direction == Direction(filters.direction)
    if filters.state in set(State):
        yield Directive.state == State(filters.state)
    if filters.kind:
        yield Directive.kind == filters.kind
    if filters.number:
        yield _begins(literal(" ") + Directive.code_key, code_key(filters.number))
    if filters.issuer:
        yield _begins(literal(" ") + Directive.issuer_key, issuer_key(filters.issuer))
    for word in code_key(filters.words).split()[:MOST_WORDS]:
        yield _begins(Directive.searched, word)
    if filters.since:
        yield Directive.issued_on >= filters.since
    if filters.until:
        yield Directive.issued_on <= filters.until


def _begins(column: ColumnElement[str] | Any, words: str) -> ColumnElement[bool]:
    """Return the condition that words stand somewhere, the last of them perhaps only begun."""
    return column.like(f"% {words}%")  # folded words hold no wildcards


def _values(after: tuple[int, int, int]) -> tuple[Any, ...]:
    try:
        return literal(date.fromordinal(after[0])), literal(after[1]), literal(after[2])
    except (ValueError, OverflowError) as error:
        raise NotFound from error


_PLACE = (Directive.registered_on, func.coalesce(Directive.arrival_number, 0), Directive.id)
_ORDER = tuple(column.desc() for column in _PLACE)
