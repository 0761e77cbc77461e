"""One act at a time: of two people who act on the same task the second meets what the first has left."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import hold_row
from cchc_portal.core.errors import InvalidState
from cchc_portal.core.i18n import N_
from cchc_portal.tasks.models import Task

GONE_ON = N_("Nhiệm vụ vừa được người khác chuyển sang bước khác. Hãy tải lại trang để xem trạng thái mới.")


def hold(task: Task) -> Task:
    """Keep others from changing a task until the commit; return it as it stands now."""
    return hold_row(task, *_CHANGING)


def require_state(is_met: bool) -> None:  # noqa: FBT001  reads as a sentence, as `require` does
    """Go on if the task is still where the act begins.

    Raises:
        InvalidState: somebody else was faster, or the page is an old one.
    """
    if not is_met:
        raise InvalidState(GONE_ON)


def record(name: str, *, on: Task, by: User | None, **data: object) -> None:
    """Add what happened to a task to the trail, with the unit and the person it concerns."""
    audit.record(name, on=on, by=by, unit_id=on.unit_id, person_id=on.person_id, **data)


_CHANGING = [
    "state",
    "unit_id",
    "person_id",
    "percent",
    "due_on",
    "deadline_on",
    "deadline_source",
    "deadline_words",
    "deadline_operator",
    "letter_due_on",
    "is_extended",
    "reported_at",
    "reported_by_id",
    "verified_at",
    "verified_by_id",
    "extensions",
]
