"""Which letters of the register the numbers mean that units have noted as their answers."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import local
from cchc_portal.directives import queries as directives
from cchc_portal.directives.models import Directive
from cchc_portal.tasks.models import Task

NEAR = timedelta(days=366)  # numbers begin anew each year


def answers(tasks: Collection[Task], *, to: User) -> dict[int, Directive]:
    """Return the letters that answer tasks, by the task's id, in one statement; none if no number is noted.

    It is a letter that went out with that number, not before the letter that gave the work, within a
    year of the report; of several the nearest. One that is entered later is found from then on.

    Args:
        tasks: with item and letter.
        to: the person who asks.
    """
    said = [task for task in tasks if task.answer_code]
    known = directives.outgoing_with({task.answer_code for task in said}, to=to)
    found = {task.id: _nearest(task, known.get(task.answer_code, ())) for task in said}
    return {task_id: letter for task_id, letter in found.items() if letter is not None}


def _nearest(task: Task, letters: Sequence[Directive]) -> Directive | None:
    said_on = local(task.reported_at or task.state_changed_at).date()
    asked_on = task.item.directive.issued_on
    fitting = [
        (abs(on - said_on), -letter.id, letter)
        for letter in letters
        if (on := letter.issued_on or letter.registered_on) and _fits(on, said_on, asked_on)
    ]
    return min(fitting, key=lambda one: one[:2])[2] if fitting else None


def _fits(on: date, said_on: date, asked_on: date | None) -> bool:
    return abs(on - said_on) <= NEAR and (asked_on is None or on >= asked_on)
