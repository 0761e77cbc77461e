"""Who sees what, and loading one task through the person who asks."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import queries as directives
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS
from cchc_portal.tasks.models import OPEN, Evidence, Extension, Task, TaskNote


def visible_to(user: User) -> Select[Task]:
    """Return a query for the tasks a person may see: those of every letter the person may read."""
    letters = directives.visible_to(user).with_only_columns(Directive.id)
    return select(Task).join(Task.item).where(Item.directive_id.in_(letters))


def in_force() -> ColumnElement[bool]:
    """Return the condition that an item's letter is in force; `rules.is_in_force` in SQL."""
    letters = select(Directive.id).where(
        Directive.state == LetterState.ISSUED, Directive.deleted_at.is_(None)
    )
    return Item.directive_id.in_(letters)


def running(*, to: User | None = None) -> Select[Task]:
    """Return a query for the tasks that wait for their units, of letters in force: what is to be reminded of.

    Args:
        to: the person who asks; None for the portal's own work.
    """
    query = select(Task).join(Task.item) if to is None else visible_to(to)
    return query.where(in_force(), Task.state.in_(OPEN))


def get(task_id: int, *, to: User) -> Task:
    """Return a task with its item, letter, notes, files and extensions.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    task = db.session.scalars(visible_to(to).where(Task.id == task_id).options(*_WHOLE)).one_or_none()
    if task is None:
        raise NotFound
    return task


def evidence(task: Task, evidence_id: int) -> Evidence:
    """Return a file of a task that was loaded by `get`.

    Raises:
        NotFound: the task has no such file.
    """
    files: dict[int, Evidence] = {file.id: file for note in task.notes for file in note.files}
    if (found := files.get(evidence_id)) is None:
        raise NotFound
    return found


def extension(task: Task) -> Extension:
    """Return the request for more time that waits for a decision, of a task that was loaded by `get`.

    Raises:
        NotFound: none waits.
    """
    if (found := task.open_extension) is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


# What a line of a list shows: the task with item, letter, unit, function and person. The letter's
# long columns stay behind: lists of hundreds of tasks would carry their letters' texts around.
LINE = (
    joinedload(Task.item).joinedload(Item.directive).options(*WITHOUT_TEXTS),
    joinedload(Task.unit),
    joinedload(Task.function),
    joinedload(Task.person),
)
_WHOLE = (
    *LINE,
    joinedload(Task.reported_by),
    joinedload(Task.verified_by),
    selectinload(Task.notes).joinedload(TaskNote.author),
    selectinload(Task.notes).selectinload(TaskNote.files).joinedload(Evidence.file),
    selectinload(Task.extensions).joinedload(Extension.asked_by),
    selectinload(Task.extensions).joinedload(Extension.decided_by),
)
