"""What a person narrows the boards down to, and the conditions that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.text import fold
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive, Item
from cchc_portal.follow_up.periods import span
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import OPEN, State, Task

SOON, WEEK = 3, 7  # days
ANY, TURN = "any", "open"  # states: done and cancelled tasks too; those it is the unit's turn with


class Due(Labelled):
    """How near the last day is while it is the unit's turn."""

    OVERDUE = "overdue", N_("Quá hạn")
    SOON = "3", N_("Còn không quá 3 ngày")
    WEEK = "7", N_("Còn 4 đến 7 ngày")
    LATER = "later", N_("Còn trên 7 ngày")
    NONE = "none", N_("Không có thời hạn")
    ANSWERED = "answered", N_("Đã báo cáo")


@dataclass(frozen=True)
class Filters:
    """What the boards are narrowed down to; what does not exist finds nothing.

    Args:
        q: words of the letter or the item, with or without diacritics.
        unit: id of the unit that has to answer.
        state: a state of tasks; "" for all that are still followed: neither done nor cancelled, of letters in
            force; "open" for those of them that are not reported; "any" for all there are.
        due: a value of `Due`.
        leader: id of the person who issued the letter.
        letter: id of the letter.
        period: when they are due, as `periods.span` reads it.
        backlog: only what was left over.
        citizens: only what serves citizens and businesses.
    """

    q: str = ""
    unit: int | None = None
    state: str = ""
    due: str = ""
    leader: int | None = None
    letter: int | None = None
    period: str = ""
    backlog: bool = False
    citizens: bool = False

    @property
    def chosen(self) -> dict[str, str | int]:
        """What is chosen, name -> value, as an address says it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: 1 if value is True else value for name, value in values.items() if value}


def due_of(task: Task) -> Due:
    """Return how near the last day of a task is; `due_bucket` in Python."""
    if not task.is_open:
        return Due.ANSWERED
    if task.due_on is None:
        return Due.NONE
    return next((due for due, end in _ends() if task.due_on <= end), Due.LATER)


def due_bucket() -> ColumnElement[str]:
    """Return how near the last day of a task is, as a value of `Due`; `due_of` in SQL."""
    near = [(Task.due_on <= end, due.value) for due, end in _ends()]
    return case(
        (Task.state.not_in(OPEN), Due.ANSWERED.value),
        (Task.due_on.is_(None), Due.NONE.value),
        *near,
        else_=Due.LATER.value,
    )


def narrowed(filters: Filters, *, to: User) -> Select[Any]:
    """Return a query for the tasks a person may see, narrowed down; it joins the item.

    Letters are asked for apart: their rows are long, and thousands of tasks lead to a few hundred of them.
    """
    return tasks.visible_to(to).where(*_conditions(filters, to))


def issued_by(leader: int) -> ColumnElement[bool]:
    """Return the condition that an item's letter was issued by a person."""
    return Item.directive_id.in_(select(Directive.id).where(Directive.issued_by_id == leader))


def _conditions(filters: Filters, user: User) -> Iterator[ColumnElement[bool]]:
    yield from _where_they_stand(filters.state)
    exact = {Task.unit_id: filters.unit, Item.directive_id: filters.letter}
    yield from (column == value for column, value in exact.items() if value is not None)
    if filters.leader is not None:
        yield issued_by(filters.leader)
    if filters.due:
        yield due_bucket() == filters.due
    if found := span(filters.period):
        yield Task.due_on.between(*found)
    if filters.backlog:
        yield Task.is_backlog.is_(True)
    if filters.citizens:
        yield Task.serves_citizens.is_(True)
    if words := fold(filters.q).split():
        yield Task.item_id.in_(_items_named(words, user))


def _where_they_stand(state: str) -> Iterator[ColumnElement[bool]]:
    if state in {"", TURN}:
        yield Task.state.in_(OPEN if state else _FOLLOWED)
        yield tasks.in_force()
    elif state != ANY:
        yield Task.state == State(state)


def _items_named(words: list[str], user: User) -> list[int]:
    """Return the items in whose letter or text all the words stand; databases do not fold Vietnamese."""
    visible = letters.visible_to(user).with_only_columns(Directive.id)
    query = select(Item.id, Directive.kind, Directive.number, Directive.symbol, Directive.issuer)
    query = query.add_columns(Directive.subject, Item.text).join(Item.directive)
    rows = db.session.execute(query.where(Directive.id.in_(visible)))
    return [row[0] for row in rows if all(word in _folded(*row[1:]) for word in words)]


@lru_cache(maxsize=2000)
def _folded(kind: str, number: str, symbol: str, issuer: str, subject: str, text: str) -> str:
    return fold(f"{kind} {number}/{symbol} {issuer} {subject} {text}")


def _ends() -> list[tuple[Due, date]]:
    start = today()
    return [
        (Due.OVERDUE, start - timedelta(days=1)),
        (Due.SOON, start + timedelta(days=SOON)),
        (Due.WEEK, start + timedelta(days=WEEK)),
    ]


_FOLLOWED = frozenset(State) - {State.DONE, State.CANCELLED}
