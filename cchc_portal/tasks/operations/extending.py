"""More time: a unit asks, the Office or a leader decides."""

from datetime import date

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.tasks import rules
from cchc_portal.tasks.models import DeadlineSource, Extension, ExtensionState, Task
from cchc_portal.tasks.operations.holding import hold, record, require_state

LONGEST = 2000
ASKED = N_("Nhiệm vụ này đang có một đề nghị gia hạn chờ duyệt.")
NO_DEADLINE = N_("Nhiệm vụ này chưa có hạn nên không cần gia hạn.")
DECIDED = N_("Đề nghị gia hạn này đã được quyết định.")
OWN_REQUEST = N_("Bạn là người đề nghị gia hạn nên người khác quyết định.")
NOT_LATER = N_("Hạn mới phải sau hạn hiện tại.")
PAST = N_("Hạn mới không được ở quá khứ.")
NO_REASON = N_("Hãy ghi lý do xin gia hạn.")
NO_ANSWER = N_("Hãy ghi lý do không gia hạn.")
TOO_LONG = N_("Lý do không quá 2.000 ký tự.")


def ask_extension(task: Task, *, by: User, until: date, reason: str) -> Extension:
    """Ask for a later deadline; one request at a time.

    Args:
        task: with a deadline, of which it is the unit's turn.
        by: whoever works on it, or the Office for the unit.
        until: the last day that is asked for.
        reason: why.

    Raises:
        NotAllowed: the person does not work on it.
        InvalidState: a request waits already, there is no deadline, or it is not the unit's turn.
        Invalid: a day that is over or not later, or no reason.
    """
    require(rules.answers_for(by, hold(task)))
    require_state(rules.can_note(by, task))
    if task.due_on is None:
        raise InvalidState(NO_DEADLINE)
    if task.open_extension is not None:
        raise InvalidState(ASKED)
    _check(task.due_on, until, reason)
    extension = Extension(
        task=task, former_on=task.due_on, wanted_on=until, reason=reason.strip(), asked_by=by
    )
    db.session.add(extension)
    record("task.extension_asked", on=task, by=by, until=until.isoformat())
    return extension


def decide_extension(extension: Extension, *, by: User, is_granted: bool, answer: str = "") -> Extension:
    """Grant or refuse more time. What is granted is an internal deadline; the letter's own stays on record.

    Args:
        extension: one that waits.
        by: the Office or a leader who did not ask for it.
        is_granted: whether the day that was asked for becomes the deadline.
        answer: a word to the unit; a refusal needs one.

    Raises:
        NotAllowed: neither Office nor leader, or who asked.
        InvalidState: it was decided in the meantime, or the task is over.
        Invalid: a refusal without a reason.
    """
    require(rules.can_assign(by))
    require(extension.asked_by_id != by.id, OWN_REQUEST)
    task = hold(extension.task)
    db.session.refresh(extension, with_for_update={"of": Extension})
    require_state(not task.is_closed)
    if not extension.is_open:
        raise InvalidState(DECIDED)
    if not is_granted and not answer.strip():
        raise Invalid({"answer": NO_ANSWER})
    if is_granted:
        task.be_due(extension.wanted_on, source=DeadlineSource.INTERNAL)
        task.is_extended = True
    extension.decide(
        ExtensionState.GRANTED if is_granted else ExtensionState.REFUSED, by=by, answer=answer.strip()
    )
    name = "task.extension_granted" if is_granted else "task.extension_refused"
    record(name, on=task, by=by, until=extension.wanted_on.isoformat(), asked_by_id=extension.asked_by_id)
    return extension


def _check(due_on: date, until: date, reason: str) -> None:
    errors = {}
    if until <= due_on:
        errors["until"] = NOT_LATER
    elif until < today():
        errors["until"] = PAST
    if not reason.strip():
        errors["reason"] = NO_REASON
    elif len(reason) > LONGEST:
        errors["reason"] = TOO_LONG
    if errors:
        raise Invalid(errors)
