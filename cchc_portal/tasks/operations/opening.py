"""Letters become work, and duties that return become work again."""

import structlog
from sqlalchemy.exc import IntegrityError

from cchc_portal.accounts.models import User
from cchc_portal.accounts.queries import units_taking_part
from cchc_portal.core.db import db
from cchc_portal.core.errors import require
from cchc_portal.directives.models import Directive
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.opening import following, move_with_letter, tasks_of, with_work
from cchc_portal.tasks.operations.holding import record

log = structlog.get_logger()


def open_from(directive: Directive, *, by: User | None) -> list[Task]:
    """Open the tasks that an issued letter gives, one per item and unit; those there already stay.

    Where the letter was amended since, the deadline of the letter follows in the tasks that wait for
    their units; an internal deadline stays in force.

    Args:
        directive: an issued letter, perhaps in a new version.
        by: the Office or a leader; None for the portal itself, as a consequence of the issue.

    Returns:
        The new tasks; none if the letter is over by the time the portal hears of it.
    """
    require(by is None or rules.can_assign(by))
    if not rules.is_in_force(directive):
        return []
    _follow_amendments(directive, by=by)
    units, known = units_taking_part(), queries.units_with_tasks(directive)
    opened = [
        task
        for item in with_work(queries.items_of(directive))
        for task in tasks_of(item, units)
        if (item.id, task.unit.id) not in known
    ]
    db.session.add_all(opened)
    db.session.flush()
    for task in opened:
        record("task.opened", on=task, by=by)
    return opened


def open_next(*, by: User | None) -> list[Task]:
    """Open the tasks that are due again, for every period until today's that is missing.

    Running it twice, or at once in two places, opens each task once.

    Args:
        by: the Office or a leader; None for the clock.

    Returns:
        The new tasks.
    """
    require(by is None or rules.can_assign(by))
    units, known = units_taking_part(), queries.units_in_series()
    wanted = [made for newest in queries.newest_of_series() for made in following(newest, units, known=known)]
    opened = [task for task in wanted if _add_once(task)]
    for task in opened:
        record("task.opened", on=task, by=by)
    return opened


def _follow_amendments(directive: Directive, *, by: User | None) -> None:
    for task in queries.open_tasks_of(directive):
        if move_with_letter(task):
            due_on = task.due_on.isoformat() if task.due_on else None
            record("task.deadline_set", on=task, by=by, due_on=due_on)


def _add_once(task: Task) -> bool:
    """Add a task unless its unit has one for the item and period; say whether it was added."""
    try:
        with db.session.begin_nested():
            db.session.add(task)
    except IntegrityError:  # another worker was faster, or two units have the same successor
        log.info("task_opened_already", item_id=task.item_id, period=task.period)
        return False
    return True
