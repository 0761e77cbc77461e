"""Reading tasks."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import queries as directives
from cchc_portal.directives.models import Assignment, Directive, Item
from cchc_portal.tasks.models import Evidence, Extension, Task, TaskNote


def visible_to(user: User) -> Select[Task]:
    """Return a query for the tasks a person may see: those of every letter the person may read."""
    letters = directives.visible_to(user).with_only_columns(Directive.id)
    return select(Task).join(Task.item).where(Item.directive_id.in_(letters))


def get(task_id: int, *, to: User) -> Task:
    """Return a task with its item, letter, notes, files and extensions.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    task = db.session.scalars(visible_to(to).where(Task.id == task_id).options(*_WHOLE)).one_or_none()
    if task is None:
        raise NotFound
    return task


def units_with_tasks(directive: Directive) -> set[tuple[int, int]]:
    """Return (item id, unit id) of every task that a letter has opened."""
    query = select(Task.item_id, Task.unit_id).join(Task.item).where(Item.directive_id == directive.id)
    return {(item_id, unit_id) for item_id, unit_id in db.session.execute(query)}


def items_of(directive: Directive) -> Sequence[Item]:
    """Return the items of a letter with everybody they are assigned to, in the letter's order."""
    query = select(Item).where(Item.directive_id == directive.id).order_by(Item.position)
    whom = selectinload(Item.assignments)
    return db.session.scalars(
        query.options(whom.joinedload(Assignment.unit), whom.joinedload(Assignment.function))
    ).all()


# What a line of a list shows; the letter and the item come with the task.
LINE = (
    joinedload(Task.item).joinedload(Item.directive),
    joinedload(Task.unit),
    joinedload(Task.function),
    joinedload(Task.person),
)
_WHOLE = (
    *LINE,
    joinedload(Task.verified_by),
    selectinload(Task.notes).joinedload(TaskNote.author),
    selectinload(Task.notes).selectinload(TaskNote.files).joinedload(Evidence.file),
    selectinload(Task.extensions).joinedload(Extension.asked_by),
    selectinload(Task.extensions).joinedload(Extension.decided_by),
)
