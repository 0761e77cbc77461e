"""What opening needs to know of letters and of the tasks they have given already."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import Unit
from cchc_portal.core.db import db
from cchc_portal.directives.models import Assignment, Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks.models import OPEN, Task


def units_with_tasks(directive: Directive) -> set[tuple[int, int]]:
    """Return (item id, unit id) of every task that a letter has opened."""
    query = select(Task.item_id, Task.unit_id).join(Task.item).where(Item.directive_id == directive.id)
    return {(item_id, unit_id) for item_id, unit_id in db.session.execute(query)}


def is_given(item: Item, unit: Unit, *, period: str) -> bool:
    """Say whether a unit has a task for an item, in this period if the duty returns."""
    found = select(Task.id).where(Task.item_id == item.id, Task.unit_id == unit.id, Task.period == period)
    return db.session.scalar(found) is not None


def items_of(directive: Directive) -> Sequence[Item]:
    """Return the items of a letter with everybody they are assigned to, in the letter's order."""
    query = select(Item).where(Item.directive_id == directive.id).order_by(Item.position)
    whom = selectinload(Item.assignments)
    return db.session.scalars(
        query.options(whom.joinedload(Assignment.unit), whom.joinedload(Assignment.function))
    ).all()


def open_tasks_of(directive: Directive) -> Sequence[Task]:
    """Return the tasks of a letter that wait for their units, with item and unit."""
    query = select(Task).join(Task.item).where(Item.directive_id == directive.id, Task.state.in_(OPEN))
    whole = joinedload(Task.unit), joinedload(Task.item).joinedload(Item.directive)
    return db.session.scalars(query.options(*whole).order_by(Task.id)).all()


def series_of(task: Task) -> Sequence[Task]:
    """Return the tasks that an item has given a unit period by period, one itself among them."""
    query = select(Task).where(Task.item_id == task.item_id, Task.unit_id == task.unit_id, Task.period != "")
    return db.session.scalars(query.order_by(Task.id)).all()


def units_in_series() -> set[tuple[int, int]]:
    """Return (item id, unit id) of every duty that returns or has returned once."""
    query = select(Task.item_id, Task.unit_id).where(Task.period != "").distinct()
    return {(item_id, unit_id) for item_id, unit_id in db.session.execute(query)}


def newest_of_series() -> Sequence[Task]:
    """Return the last task of every item and unit whose duty returns, of letters that are in force."""
    newest = select(func.max(Task.id)).where(Task.period != "").group_by(Task.item_id, Task.unit_id)
    query = select(Task).join(Task.item).join(Item.directive).where(Task.id.in_(newest))
    query = query.where(
        Task.recurrence.is_not(None),
        Directive.deleted_at.is_(None),
        Directive.state == LetterState.ISSUED,
    )
    whole = joinedload(Task.unit), joinedload(Task.person), joinedload(Task.item).joinedload(Item.directive)
    return db.session.scalars(query.options(*whole).order_by(Task.id)).all()
