"""The store of initiatives: filters, order, keyset pages, counts beside the filters."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, String, cast, func, literal, select, tuple_, union_all
from sqlalchemy.orm import contains_eager, joinedload, load_only

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import microseconds, moment_of
from cchc_portal.core.db import db
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import fold
from cchc_portal.directives.models import Directive, Item, ReformField
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import Answer, InFieldOf, Initiative, Kind, State, Tag
from cchc_portal.initiatives.queries.access import visible_to

MOST_TAGS_COUNTED = 20


@dataclass(frozen=True)
class Filters:
    """What a person narrows the list down to; several values of one filter mean "or".

    Values are plain strings and ids as they stand in the address; whatever does not exist finds nothing.
    """

    kind: Sequence[str] = ()
    status: Sequence[str] = ()
    field: Sequence[int] = ()
    unit: Sequence[int] = ()
    year: Sequence[int] = ()
    item: Sequence[int] = ()
    tag: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """True if nothing is narrowed down."""
        return not any(getattr(self, part.name) for part in fields(self))


def page_of(
    filters: Filters, *, to: User, sort: str, after: tuple[Any, ...] | None, size: int
) -> Sequence[Initiative]:
    """Return up to `size + 1` initiatives of a page, drafts aside.

    Args:
        filters: what to narrow down to.
        to: the person who asks.
        sort: "newest" or "votes".
        after: sorting values of the last row of the page before; None for the first page.
        size: rows per page.
    """
    query = _narrowed(filters, to).options(load_only(*_ON_CARDS), joinedload(Initiative.unit))
    column = Initiative.vote_count if sort == "votes" else Initiative.submitted_at
    if after is not None:
        value = after[0] if sort == "votes" else moment_of(after[0])
        query = query.where(
            tuple_(column, Initiative.id) < tuple_(literal(value, column.type), literal(after[1]))
        )
    return db.session.scalars(query.order_by(column.desc(), Initiative.id.desc()).limit(size + 1)).all()


def sorting_values(initiative: Initiative, *, sort: str) -> tuple[int, int]:
    """Return the values after which the next page begins."""
    if sort == "votes":
        return initiative.vote_count, initiative.id
    return microseconds(initiative.submitted_at or initiative.created_at), initiative.id


def facets(filters: Filters, *, to: User) -> dict[str, dict[str, int]]:
    """Return the counts beside the filters: filter -> value -> number, in one statement.

    Each filter is counted under the others, not under itself, so that its counts say what choosing
    another value would bring.
    """
    seen = _seen(filters, to)  # walked through once for all filters that are not in use themselves
    counts = union_all(
        *(
            _count(name, _seen(filters, to, without=name) if getattr(filters, name) else seen)
            for name in _COUNTED
        )
    )
    found: dict[str, dict[str, int]] = {name: {} for name in _COUNTED}
    for name, value, number in db.session.execute(counts):
        if value is not None:
            found[name][value] = number
    return found


def value_names(values: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Return what units, fields and items are called, closed units and ended letters included, letters not issued left out: filter -> value -> name.

    Args:
        values: filter -> values as they stand in addresses.
    """
    ids = {
        name: [found for value in some if (found := whole(value)) is not None]
        for name, some in values.items()
    }
    units = select(Unit.id, Unit.name).where(Unit.id.in_(ids["unit"])).order_by(Unit.name)
    fields_ = select(ReformField.code, ReformField.name).where(ReformField.code.in_(ids["field"]))
    items = select(Item).where(Item.id.in_(ids["item"])).options(contains_eager(Item.directive))
    items = items.join(Item.directive).where(Directive.state != LetterState.DRAFT)
    return {
        "unit": {str(unit_id): name for unit_id, name in db.session.execute(units)},
        "field": {str(code): name for code, name in db.session.execute(fields_.order_by(ReformField.code))},
        "item": {
            str(item.id): f"{item.code} · {item.directive.code}"
            for item in db.session.scalars(items.order_by(Item.directive_id.desc(), Item.position))
        },
    }


def _narrowed(filters: Filters, to: User, *, without: str = "") -> Select[Initiative]:
    query = visible_to(to).where(Initiative.state != State.DRAFT)
    for name, condition in _CONDITIONS.items():
        if name != without and (values := getattr(filters, name)):
            query = query.where(condition(values))
    return query


def _seen(filters: Filters, to: User, *, without: str = "") -> CTE:
    query = _narrowed(filters, to, without=without)
    columns = (Initiative.id, Initiative.kind, Initiative.state, Initiative.unit_id, Initiative.year)
    return query.with_only_columns(*columns).cte(f"seen_{without}")


def _count(name: str, seen: CTE) -> Any:
    if name in _OWN:
        value: Any = seen.c[_OWN[name]]
        return _counted(name, value).group_by(value)
    if name == "tag":
        return _count_tags(seen)
    value = _BESIDE[name]
    return _counted(name, value).join(seen, seen.c.id == value.class_.initiative_id).group_by(value)


def _count_tags(seen: CTE) -> Any:
    shown = func.min(Tag.name)  # as one of them is written; filters fold it
    query = _counted("tag", shown).join(seen, seen.c.id == Tag.initiative_id).group_by(Tag.folded)
    return select(query.order_by(func.count().desc(), Tag.folded).limit(MOST_TAGS_COUNTED).subquery())


def _counted(name: str, value: Any) -> Any:
    return select(literal(name), cast(value, String), func.count())


def _one_of(kind: Any, column: Any) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    known = {member.value for member in kind}
    return lambda values: column.in_([kind(value) for value in values if value in known])


_ON_CARDS = (  # whole texts would make long lists slow
    Initiative.code,
    Initiative.kind,
    Initiative.state,
    Initiative.title,
    Initiative.result,
    Initiative.submitted_at,
    Initiative.vote_count,
    Initiative.comment_count,
    Initiative.unit_id,
)
_CONDITIONS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "kind": _one_of(Kind, Initiative.kind),
    "status": _one_of(State, Initiative.state),
    "unit": Initiative.unit_id.in_,
    "year": Initiative.year.in_,
    "field": lambda codes: Initiative.id.in_(
        select(InFieldOf.initiative_id).where(InFieldOf.field_code.in_(codes))
    ),
    "item": lambda ids: Initiative.id.in_(select(Answer.initiative_id).where(Answer.item_id.in_(ids))),
    "tag": lambda tags: Initiative.id.in_(
        select(Tag.initiative_id).where(Tag.folded.in_([fold(tag) for tag in tags])),
    ),
}
_OWN: Mapping[str, str] = {"kind": "kind", "status": "state", "unit": "unit_id", "year": "year"}
_BESIDE: Mapping[str, Any] = {"field": InFieldOf.field_code, "item": Answer.item_id}
_COUNTED = (*_OWN, *_BESIDE, "tag")
