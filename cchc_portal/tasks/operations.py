"""Everything people do with tasks; one verb, one function."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.accounts.queries import units_taking_part
from cchc_portal.core.db import db
from cchc_portal.core.errors import require
from cchc_portal.directives.models import Directive
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.opening import tasks_of


def open_from(directive: Directive, *, by: User | None) -> list[Task]:
    """Open the tasks that an issued letter gives, one per item and unit; those there already stay.

    Args:
        directive: an issued letter.
        by: the Office or a leader; None for the portal itself, as a consequence of the issue.

    Returns:
        The new tasks.
    """
    require(by is None or rules.can_assign(by))
    units, known = units_taking_part(), queries.units_with_tasks(directive)
    opened = [
        task
        for item in queries.items_of(directive)
        for task in tasks_of(item, units)
        if (item.id, task.unit.id) not in known
    ]
    for task in opened:
        db.session.add(task)
        audit.record("task.opened", on=task, by=by)
    return opened
