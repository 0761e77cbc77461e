"""The follow-up register: lines in groups, numbers of the groups, keyset pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, null, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.text import sort_key
from cchc_portal.directives.models import Directive, Item
from cchc_portal.follow_up.queries.filters import Due, Filters, due_bucket, due_of, issued_by, narrowed
from cchc_portal.tasks.models import Task

NEVER = date.max  # tasks without a date come last
Mark = tuple[int, int, int]


class Grouping(Labelled):
    """What the lines are put together by."""

    DEADLINE = "deadline", N_("Thời hạn")
    UNIT = "unit", N_("Bộ phận")
    LEADER = "leader", N_("Người giao")


@dataclass(frozen=True)
class Choices:
    """Who can be chosen: units with their names, and whoever has issued letters, in the order of the alphabet."""

    units: dict[int, str]
    leaders: dict[int, str]

    def keys(self, by: Grouping) -> dict[Any, str]:
        """Return the groups in their order: key -> name."""
        if by is Grouping.DEADLINE:
            return {due.value: due.label for due in Due}
        return dict(self.units if by is Grouping.UNIT else self.leaders)


@dataclass(frozen=True)
class Group:
    """A group with its numbers.

    Args:
        key: value of `Due`, id of the unit or of the leader.
        name: what it is called; that of a deadline is still to be translated.
        number: how many lines it has on all pages.
        overdue: how many of them are overdue.
        filters: those that lead to this group alone.
    """

    key: Any
    name: str
    number: int
    overdue: int
    filters: Filters


def choices() -> Choices:
    """Return who can be chosen, in two statements."""
    issuers = select(Directive.issued_by_id).distinct()
    people = select(User.id, User.full_name, User.job_title).where(User.id.in_(issuers))
    rows = db.session.execute(people.order_by(User.name_order, User.id))
    return Choices(
        units=_unit_names(),
        leaders={
            row.id: ", ".join(filter(None, dict.fromkeys((row.full_name, row.job_title)))) for row in rows
        },
    )


def _unit_names() -> dict[int, str]:
    """Return all units in the order of the alphabet, closed ones too: their tasks stay theirs; id -> name."""
    units = sorted(db.session.execute(select(Unit.id, Unit.name)), key=lambda row: sort_key(row.name))
    return {row.id: row.name for row in units}


def groups(filters: Filters, *, to: User, by: Grouping, among: Choices) -> list[Group]:
    """Return the groups that have lines, in their order, with their numbers, in one statement."""
    overdue = func.sum(case((Task.is_overdue, 1), else_=0))
    key = _key(by, among).label("key")
    query = narrowed(filters, to=to).with_only_columns(key, func.count(), overdue)
    query = query.group_by("key")
    found = {row[0]: (row[1], row[2]) for row in db.session.execute(query)}
    return [
        Group(key, name, *found[key], replace(filters, **{_FILTER[by]: key}))
        for key, name in among.keys(by).items()
        if key in found
    ]


def numbers(filters: Filters, *, to: User) -> dict[Due, int]:
    """Return how many lines there are by deadline, 0 included."""
    return together(numbers_by_unit(filters, to=to).values())


def numbers_by_unit(filters: Filters, *, to: User) -> dict[tuple[int, str], dict[Due, int]]:
    """Return how many lines each unit has by deadline, in one statement: (id, name) -> deadline -> number."""
    columns = (Unit.id, Unit.name, due_bucket().label("due"), func.count())
    query = narrowed(filters, to=to).join(Task.unit).group_by(Unit.id, Unit.name, "due")
    found: dict[tuple[int, str], dict[Due, int]] = {}
    for unit_id, name, due, number in db.session.execute(query.with_only_columns(*columns)):
        found.setdefault((unit_id, name), {})[Due(due)] = number
    return found


def together(counts: Iterable[Mapping[Due, int]]) -> dict[Due, int]:
    """Return the sum of several counts by deadline, 0 included."""
    parts = list(counts)
    return {due: sum(part.get(due, 0) for part in parts) for due in Due}


def lines(
    filters: Filters,
    *,
    to: User,
    by: Grouping = Grouping.DEADLINE,
    among: Choices | None = None,
    after: Mark | None = None,
    size: int,
) -> Sequence[Task]:
    """Return up to `size + 1` tasks with letter, item, unit and person, group by group, the nearest day first.

    Args:
        filters: what to narrow down to.
        to: the person who asks.
        by: what to group by.
        among: the groups in their order; not needed for deadlines.
        after: sorting values of the last line of the page before; None for the first page.
        size: lines per page.
    """
    rank = _rank(by, among or Choices({}, {}))
    day = func.coalesce(Task.due_on, literal(NEVER, Task.due_on.type))
    query = narrowed(filters, to=to).with_only_columns(Task.id)
    if after is not None:
        end = literal(date.fromordinal(min(max(after[1], 1), NEVER.toordinal())), Task.due_on.type)
        query = query.where(tuple_(rank, day, Task.id) > tuple_(literal(after[0]), end, literal(after[2])))
    # First which, then what stands in them: thousands of lines are put in order, few are shown.
    shown = select(Task).where(Task.id.in_(query.order_by(rank, day, Task.id).limit(size + 1)))
    shown = shown.join(Task.item).join(Item.directive).options(*LINE)
    return db.session.scalars(shown.order_by(rank, day, Task.id)).all()


def sorting_values(task: Task, *, by: Grouping, among: Choices) -> Mark:
    """Return the values after which the next page begins."""
    order = list(among.keys(by))
    rank = order.index(key_of(task, by=by))
    return rank, (task.due_on or NEVER).toordinal(), task.id


def sections(rows: Sequence[Task], found: Sequence[Group], *, by: Grouping) -> list[tuple[Group, list[Task]]]:
    """Return the lines of a page below their groups."""
    known = {group.key: group for group in found}
    runs = ((key, list(run)) for key, run in groupby(rows, key=lambda task: key_of(task, by=by)))
    # A line may have come between the two statements; its group is shown all the same.
    return [(known.get(key) or Group(key, "", len(run), 0, Filters()), run) for key, run in runs]


def key_of(task: Task, *, by: Grouping) -> Any:
    """Return the key of the group a line belongs to."""
    if by is Grouping.DEADLINE:
        return due_of(task).value
    return task.unit_id if by is Grouping.UNIT else task.item.directive.issued_by_id


def _key(by: Grouping, among: Choices) -> ColumnElement[Any]:
    if by is Grouping.DEADLINE:
        return due_bucket()
    if by is Grouping.UNIT:
        return Task.unit_id  # type: ignore[return-value]
    return case(*((issued_by(leader), leader) for leader in among.leaders)) if among.leaders else null()


def _rank(by: Grouping, among: Choices) -> ColumnElement[int]:
    order = {key: rank for rank, key in enumerate(among.keys(by))}
    return case(order, value=_key(by, among), else_=len(order)) if order else literal(0)


_FILTER = {Grouping.DEADLINE: "due", Grouping.UNIT: "unit", Grouping.LEADER: "leader"}
# What a line of the register shows, without the texts of letters.
LINE = (
    contains_eager(Task.item)
    .load_only(Item.directive_id, Item.code, Item.text, Item.summary)
    .contains_eager(Item.directive)
    .load_only(
        Directive.arrival_number,
        Directive.kind,
        Directive.number,
        Directive.symbol,
        Directive.issuer,
        Directive.day,
        Directive.month,
        Directive.year,
        Directive.subject,
        Directive.issued_by_id,
        Directive.registered_on,
        Directive.issued_on,
    ),
    joinedload(Task.unit),
    joinedload(Task.function),
    joinedload(Task.person),
)
