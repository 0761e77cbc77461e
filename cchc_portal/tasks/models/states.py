"""States of tasks and what is said of them."""

from enum import StrEnum

from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled


class State(Labelled):
    """Where a task stands; overdue is a question of the date, not a state."""

    NOT_STARTED = "not_started", N_("Chưa thực hiện")
    IN_PROGRESS = "in_progress", N_("Đang thực hiện")
    REPORTED = "reported", N_("Đã báo cáo")
    VERIFIED = "verified", N_("Đã kiểm tra")
    DONE = "done", N_("Hoàn thành")
    CANCELLED = "cancelled", N_("Đã hủy")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.NOT_STARTED: frozenset({State.IN_PROGRESS, State.REPORTED, State.CANCELLED}),
    State.IN_PROGRESS: frozenset({State.REPORTED, State.CANCELLED}),
    State.REPORTED: frozenset({State.IN_PROGRESS, State.VERIFIED, State.CANCELLED}),
    State.VERIFIED: frozenset({State.IN_PROGRESS, State.DONE}),
    State.DONE: frozenset(),
    State.CANCELLED: frozenset(),
}
OPEN = frozenset({State.NOT_STARTED, State.IN_PROGRESS})  # the unit's turn: these can be overdue
TO_CHECK = frozenset({State.REPORTED, State.VERIFIED})  # the Office's and the leaders' turn
CLOSED = frozenset({State.DONE, State.CANCELLED})


class DeadlineSource(Labelled):
    """Who set a deadline; an internal one is never shown as the letter's."""

    LETTER = "letter", N_("Theo công văn")
    INTERNAL = "internal", N_("Hạn nội bộ")


class NoteKind(Labelled):
    """What a note says: a word on the way, or the step it went with."""

    PROGRESS = "progress", N_("Cập nhật tiến độ")
    REPORT = "report", N_("Báo cáo kết quả")
    RETURN = "return", N_("Yêu cầu làm tiếp")
    VERIFICATION = "verification", N_("Kiểm tra kết quả")
    COMPLETION = "completion", N_("Xác nhận hoàn thành")
    CANCELLATION = "cancellation", N_("Hủy nhiệm vụ")


class ExtensionState(StrEnum):
    """What became of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
