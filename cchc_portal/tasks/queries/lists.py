"""Lists of tasks. What returns a `Select` can be narrowed down, counted and paged by whoever asked."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Role, RoleGrant, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.storage.models import StoredFile
from cchc_portal.tasks.models import OPEN, Evidence, Extension, ExtensionState, State, Task, TaskNote
from cchc_portal.tasks.queries.access import LINE, in_force, visible_to
from cchc_portal.tasks.rules import works_here

NEVER = date(9999, 12, 31)  # where tasks without a date stand in the order


def lines(
    *,
    to: User,
    unit_id: int | None = None,
    person_id: int | None = None,
    state: State | Collection[State] | None = None,
    overdue: bool | None = None,
    due_between: tuple[date | None, date | None] | None = None,
    directive_id: int | None = None,
    item_id: int | None = None,
    backlog: bool | None = None,
) -> Select[Task]:
    """Return a query for tasks with what a line shows (`LINE`); what is not given does not narrow.

    Args:
        to: the person who asks.
        unit_id: only of this unit.
        person_id: only those a person is named for.
        state: only in this state, or one of several.
        overdue: only overdue ones, or only the others.
        due_between: only with a last day from the first to the second; None leaves an end open.
        directive_id: only of this letter.
        item_id: only of this item.
        backlog: only what is left over from before, or only the rest.
    """
    query = visible_to(to).options(*LINE)
    exact = {
        Task.unit_id: unit_id,
        Task.person_id: person_id,
        Task.item_id: item_id,
        Item.directive_id: directive_id,
        Task.is_backlog: backlog,
    }
    query = query.where(*(column == value for column, value in exact.items() if value is not None))
    if state is not None:
        query = query.where(Task.state.in_([state] if isinstance(state, State) else state))
    if overdue is not None:
        query = query.where(Task.is_overdue if overdue else ~Task.is_overdue)
    return query.where(*_between(due_between))


def mine(user: User) -> Select[Task]:
    """Return a query for the tasks of a person: named for it, its unit's, those of units it heads."""
    return lines(to=user).where(is_mine(user))


def is_mine(user: User, *, with_colleagues: bool = True) -> ColumnElement[bool]:
    """Return the condition that a task is a person's own to work on; `rules.works_on` in SQL.

    Args:
        user: the person.
        with_colleagues: whether the unit's tasks count for which a colleague is named.
    """
    if not works_here(user):
        return false()
    headed = select(RoleGrant.unit_id).where(
        RoleGrant.user_id == user.id, RoleGrant.role == Role.DEPT_HEAD, RoleGrant.valid(today())
    )
    ours = Task.unit_id == user.unit_id
    if not with_colleagues:
        ours &= Task.person_id.is_(None)
    return or_(Task.person_id == user.id, ours, Task.unit_id.in_(headed))


def of_item(item: Item, *, to: User) -> Sequence[Task]:
    """Return the tasks an item has given, units that lead first; the newest period of a duty that returns."""
    query = lines(to=to, item_id=item.id).order_by(Task.part, Task.unit_id, Task.period.desc())
    return db.session.scalars(query).all()


def waiting_for_verification(*, to: User, unit_id: int | None = None) -> Select[Task]:
    """Return a query for reported tasks that the person has not reported, the longest waiting first.

    What was reported for a letter that is closed need not be verified any more.
    """
    query = lines(to=to, unit_id=unit_id, state=State.REPORTED).where(
        Task.reported_by_id != to.id, in_force()
    )
    return query.order_by(Task.reported_at, Task.id)


def waiting_for_time(*, to: User) -> Select[Extension]:
    """Return a query for the requests for more time that a person may answer, with their tasks, the oldest first."""
    query = (
        select(Extension).join(Extension.task).where(Task.id.in_(visible_to(to).with_only_columns(Task.id)))
    )
    query = query.join(Task.item).where(in_force())
    query = query.where(Extension.state == ExtensionState.ASKED, Extension.asked_by_id != to.id)
    return query.options(contains_eager(Extension.task).options(*LINE)).order_by(
        Extension.asked_at, Extension.id
    )


def in_order(query: Select[Task]) -> Select[Task]:
    """Return a query in the order of work: the unit's turn first, by last day, those without one last."""
    return query.order_by(*_ORDER)


def page_of(query: Select[Task], *, after: tuple[int, int, int] | None, size: int) -> Sequence[Task]:
    """Return up to `size + 1` tasks of a query in the order of work.

    Args:
        query: which tasks.
        after: `sorting_values` of the last task already shown.
        size: rows per page.
    """
    if after is not None:
        rank, day, task_id = after
        query = query.where(tuple_(*_ORDER) > tuple_(rank, date.fromordinal(_day(day)), task_id))
    return db.session.scalars(in_order(query).limit(size + 1)).all()


def sorting_values(task: Task) -> tuple[int, int, int]:
    """Return the values after which the next page begins: turn, last day, id."""
    return int(not task.is_open), (task.due_on or NEVER).toordinal(), task.id


def people_of(task: Task) -> Sequence[User]:
    """Return who can be named for a task: the active people of its unit, sorted by given name."""
    return accounts.members(task.unit)


def evidence_kept(task: Task) -> tuple[int, int]:
    """Return the number of a task's files and their bytes together."""
    query = select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).select_from(Evidence)
    query = query.join(Evidence.note).join(Evidence.file).where(TaskNote.task_id == task.id)
    row = db.session.execute(query).one()
    return row[0], row[1]


def _between(days: tuple[date | None, date | None] | None) -> list[ColumnElement[bool]]:
    first, last = days or (None, None)
    conditions = [Task.due_on >= first if first else None, Task.due_on <= last if last else None]
    return [condition for condition in conditions if condition is not None]


def _day(ordinal: int) -> int:
    """Return a made-up day as one that exists."""
    return max(1, min(ordinal, NEVER.toordinal()))


_ORDER: tuple[Any, ...] = (
    case((Task.state.in_(OPEN), 0), else_=1),
    func.coalesce(Task.due_on, NEVER),
    Task.id,
)
