"""Who may do what with tasks.

A task is worked on by its unit; what becomes of it the Office and the leaders say. The Office may
also write for a unit, but nobody checks a report of their own.
"""

from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.rules import is_office
from cchc_portal.directives.models import Directive
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks.models import CLOSED, OPEN, TO_CHECK, Extension, State, Task


def works_here(user: User) -> bool:
    """Everybody who works in the office; an account that only administers does not."""
    return bool(user.roles - {Role.ADMIN})


def can_assign(user: User) -> bool:
    """The Office and leaders give work to units."""
    return is_office(user)


def is_in_force(letter: Directive) -> bool:
    """Letters give work while they are issued: not as drafts, not once they are closed."""
    return letter.state is LetterState.ISSUED and letter.deleted_at is None


def works_on(user: User, task: Task) -> bool:
    """The person named for it, the people of its unit, and whoever heads that."""
    is_ours = task.person_id == user.id or task.unit_id == user.unit_id or user.heads(task.unit_id)
    return is_ours and works_here(user)


def answers_for(user: User, task: Task) -> bool:
    """Whoever works on it, and the Office on their behalf."""
    return works_on(user, task) or is_office(user)


def can_name(user: User, task: Task) -> bool:
    """The Office, and the head of the unit for own people, while there is something to do."""
    return (is_office(user) or user.heads(task.unit_id)) and task.is_open


def can_set_deadline(user: User, task: Task) -> bool:
    """The Office and leaders, while there is something to do."""
    return is_office(user) and task.is_open


def can_start(user: User, task: Task) -> bool:
    """Whoever answers for it, once."""
    return answers_for(user, task) and task.state is State.NOT_STARTED


def can_note(user: User, task: Task) -> bool:
    """Whoever answers for it, while it is the unit's turn."""
    return answers_for(user, task) and task.state in OPEN


def can_report(user: User, task: Task) -> bool:
    """Whoever answers for it, while it is the unit's turn."""
    return can_note(user, task)


def can_return(user: User, task: Task) -> bool:
    """The Office and leaders, until it is done."""
    return is_office(user) and task.state in TO_CHECK


def may_verify(user: User, task: Task) -> bool:
    """The Office and leaders, but never who reported it."""
    return is_office(user) and task.reported_by_id != user.id


def can_verify(user: User, task: Task) -> bool:
    """Whoever may, once it is reported."""
    return may_verify(user, task) and task.state is State.REPORTED


def can_complete(user: User, task: Task) -> bool:
    """Whoever may verify it, once that is done."""
    return may_verify(user, task) and task.state is State.VERIFIED


def can_cancel(user: User, task: Task) -> bool:
    """The Office and leaders, until the result is verified."""
    return is_office(user) and task.state in OPEN | {State.REPORTED}


def can_ask_extension(user: User, task: Task) -> bool:
    """Whoever answers for a task with a deadline, while no request waits."""
    return can_note(user, task) and task.due_on is not None and task.open_extension is None


def can_decide_extension(user: User, extension: Extension) -> bool:
    """The Office and leaders, but never who asked."""
    return is_office(user) and extension.is_open and extension.asked_by_id != user.id


def can_mark(user: User, task: Task) -> bool:
    """Whoever answers for it says what kind of work it is, until it is closed."""
    return answers_for(user, task) and task.state not in CLOSED


def can_answer(user: User, task: Task) -> bool:
    """Whoever answers for it notes the letter that answers, also after it is done."""
    return answers_for(user, task) and task.state is not State.CANCELLED


def can_remark(user: User) -> bool:
    """The Office and leaders keep the last column of the register."""
    return is_office(user)
