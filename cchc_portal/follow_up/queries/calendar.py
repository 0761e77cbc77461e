"""A month of deadlines."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.follow_up.queries.filters import Filters, narrowed
from cchc_portal.follow_up.queries.register import LINE
from cchc_portal.tasks.models import Task

SHOWN = 4  # tasks of a day; the rest stands behind a link


@dataclass(frozen=True)
class Day:
    """A day of the calendar: the first of its tasks, how many there are, and whether nobody works.

    Args:
        on: the date.
        is_in_month: whether it belongs to the month and not to the weeks around it.
        tasks: the first tasks that are due.
        number: how many tasks are due.
        holiday: what is celebrated; "" on other days.
    """

    on: date
    is_in_month: bool
    tasks: Sequence[Task] = field(default_factory=list)
    number: int = 0
    holiday: str = ""

    @property
    def rest(self) -> int:
        """How many tasks are not shown."""
        return self.number - len(self.tasks)


def month(first: date, filters: Filters, *, to: User) -> list[list[Day]]:
    """Return the weeks of a month from Monday to Sunday with the tasks due, in one statement.

    Args:
        first: the first day of the month.
        filters: what to narrow down to.
        to: the person who asks.
    """
    due: defaultdict[date, list[Task]] = defaultdict(list)
    numbers: dict[date, int] = {}
    for on, task, number in _due(first, _next(first) - timedelta(days=1), filters, to):
        due[on].append(task)
        numbers[on] = number
    return [
        [Day(on, on.month == first.month, due.get(on, []), numbers.get(on, 0)) for on in week]
        for week in _weeks(first)
    ]


def _due(start: date, end: date, filters: Filters, user: User) -> Iterator[tuple[date, Task, int]]:
    place = func.row_number().over(partition_by=Task.due_on, order_by=Task.id).label("place")
    number = func.count().over(partition_by=Task.due_on).label("number")
    ranked = narrowed(filters, to=user).where(Task.due_on.between(start, end))
    days = ranked.with_only_columns(Task.id.label("id"), place, number).subquery()
    query = (
        select(Task.due_on, Task, days.c.number).join(days, days.c.id == Task.id).where(days.c.place <= SHOWN)
    )
    query = query.join(Task.item).join(Item.directive).options(*LINE).order_by(Task.due_on, Task.id)
    yield from ((row[0], row[1], row[2]) for row in db.session.execute(query))


def _weeks(first: date) -> Iterator[list[date]]:
    monday = first - timedelta(days=first.weekday())
    while monday < _next(first):
        yield [monday + timedelta(days=n) for n in range(7)]
        monday += timedelta(days=7)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
