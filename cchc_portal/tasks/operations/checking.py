"""What the Office and the leaders say of a task: verified, to be done again, done, cancelled."""

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.models import ExtensionState, NoteKind, State, Task
from cchc_portal.tasks.operations.holding import hold, record, require_state
from cchc_portal.tasks.operations.working import write

NO_REASON = N_("Hãy ghi rõ lý do.")
NO_RETURN = N_("Hãy ghi rõ nội dung bộ phận cần làm tiếp.")
OWN_REPORT = N_("Bạn là người báo cáo nhiệm vụ này nên người khác kiểm tra.")
OVER = N_("Nhiệm vụ đã kết thúc.")


def verify(task: Task, *, by: User, text: str = "") -> Task:
    """Say that the reported result is there and as it should be.

    Args:
        task: a reported one.
        by: the Office or a leader who did not report it.
        text: what was looked at.

    Raises:
        NotAllowed: neither Office nor leader, or the reporter.
        InvalidState: not reported any more.
    """
    _require_checker(task, by)
    require_state(rules.can_verify(by, task))
    write(task, NoteKind.VERIFICATION, by=by, text=text)
    task.move_to(State.VERIFIED)
    task.verified_at, task.verified_by = now(), by
    record("task.verified", on=task, by=by)
    return task


def return_(task: Task, *, by: User, reason: str) -> Task:
    """Give a reported or verified task back to its unit.

    Raises:
        NotAllowed: neither Office nor leader.
        InvalidState: neither reported nor verified any more.
        Invalid: no reason is given.
    """
    require(rules.can_assign(by))
    require_state(rules.can_return(by, hold(task)))
    if not reason.strip():
        raise Invalid({"reason": NO_RETURN})
    write(task, NoteKind.RETURN, by=by, text=reason)
    task.move_to(State.IN_PROGRESS)
    task.verified_at = task.verified_by = None
    task.percent = _percent_before_report(task)
    record("task.returned", on=task, by=by)
    return task


def complete(task: Task, *, by: User, text: str = "") -> Task:
    """Close a verified task as done.

    Raises:
        NotAllowed: neither Office nor leader, or the reporter.
        InvalidState: not verified any more.
    """
    _require_checker(task, by)
    require_state(rules.can_complete(by, task))
    write(task, NoteKind.COMPLETION, by=by, text=text)
    _close(task, State.DONE, by=by)
    record("task.completed", on=task, by=by)
    return task


def cancel(task: Task, *, by: User, reason: str, ends_series: bool = False) -> Task:
    """Cancel a task that need not be done any more.

    Args:
        task: not verified yet.
        by: the Office or a leader.
        reason: for the unit to read.
        ends_series: whether a duty that returns makes no further tasks for this unit.

    Raises:
        NotAllowed: neither Office nor leader.
        InvalidState: verified, done or cancelled in the meantime.
        Invalid: no reason is given.
    """
    require(rules.can_assign(by))
    require_state(rules.can_cancel(by, hold(task)))
    if not reason.strip():
        raise Invalid({"reason": NO_REASON})
    write(task, NoteKind.CANCELLATION, by=by, text=reason)
    _close(task, State.CANCELLED, by=by)
    if ends_series:
        for one in queries.series_of(task):  # whichever of them is looked at next, the duty returns no more
            one.recurrence = None
    record("task.cancelled", on=task, by=by)
    return task


def _require_checker(task: Task, by: User) -> None:
    require(rules.can_assign(by))
    require(rules.may_verify(by, hold(task)), OWN_REPORT)


def _close(task: Task, state: State, *, by: User) -> None:
    task.move_to(state)
    task.closed_at = now()
    if (asked := task.open_extension) is not None:
        asked.decide(ExtensionState.REFUSED, by=by, answer=OVER)


def _percent_before_report(task: Task) -> int:
    said = [
        note.percent for note in task.notes if note.kind is NoteKind.PROGRESS and note.percent is not None
    ]
    return said[-1] if said else 0
