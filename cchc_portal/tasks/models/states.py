"""States of tasks and what is said of them."""

from enum import StrEnum

from cchc_portal.core.i18n import N_


class State(StrEnum):
    """Where a task stands; overdue is a question of the date, not a state."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    VERIFIED = "verified"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return STATE_LABELS[self]


STATE_LABELS = {
    State.NOT_STARTED: N_("Chưa thực hiện"),
    State.IN_PROGRESS: N_("Đang thực hiện"),
    State.REPORTED: N_("Đã báo cáo"),
    State.VERIFIED: N_("Đã kiểm tra"),
    State.DONE: N_("Hoàn thành"),
    State.CANCELLED: N_("Đã hủy"),
}
TRANSITIONS: dict[State, frozenset[State]] = {
    State.NOT_STARTED: frozenset({State.IN_PROGRESS, State.REPORTED, State.CANCELLED}),
    State.IN_PROGRESS: frozenset({State.REPORTED, State.CANCELLED}),
    State.REPORTED: frozenset({State.IN_PROGRESS, State.VERIFIED, State.CANCELLED}),
    State.VERIFIED: frozenset({State.IN_PROGRESS, State.DONE}),
    State.DONE: frozenset(),
    State.CANCELLED: frozenset(),
}
OPEN = frozenset({State.NOT_STARTED, State.IN_PROGRESS})  # the unit's turn: these can be overdue


class DeadlineSource(StrEnum):
    """Who set a deadline; an internal one is never shown as the letter's."""

    LETTER = "letter"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return SOURCE_LABELS[self]


SOURCE_LABELS = {
    DeadlineSource.LETTER: N_("Theo công văn"),
    DeadlineSource.INTERNAL: N_("Hạn nội bộ"),
}


class NoteKind(StrEnum):
    """What a note says: a word on the way, or the step it went with."""

    PROGRESS = "progress"
    REPORT = "report"
    RETURN = "return"
    VERIFICATION = "verification"
    COMPLETION = "completion"
    CANCELLATION = "cancellation"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return NOTE_LABELS[self]


NOTE_LABELS = {
    NoteKind.PROGRESS: N_("Cập nhật tiến độ"),
    NoteKind.REPORT: N_("Báo cáo kết quả"),
    NoteKind.RETURN: N_("Yêu cầu làm tiếp"),
    NoteKind.VERIFICATION: N_("Kiểm tra kết quả"),
    NoteKind.COMPLETION: N_("Xác nhận hoàn thành"),
    NoteKind.CANCELLATION: N_("Hủy nhiệm vụ"),
}


class ExtensionState(StrEnum):
    """What became of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return EXTENSION_LABELS[self]


EXTENSION_LABELS = {
    ExtensionState.ASKED: N_("Chờ duyệt"),
    ExtensionState.GRANTED: N_("Được gia hạn"),
    ExtensionState.REFUSED: N_("Không gia hạn"),
}
