"""Where letters stand, which way they go, and what one is to another."""

from enum import StrEnum

from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled


class State(Labelled):
    """Where a letter stands."""

    DRAFT = "draft", N_("Đang rà soát")
    ISSUED = "issued", N_("Đã ban hành")
    CLOSED = "closed", N_("Đã kết thúc")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ISSUED}),
    State.ISSUED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


class Direction(Labelled):
    """Whether a letter comes to the office or goes out of it."""

    INCOMING = "incoming", N_("Công văn đến")
    OUTGOING = "outgoing", N_("Công văn đi")


class Part(StrEnum):
    """How a unit takes part in an item."""

    LEAD = "lead"
    SUPPORT = "support"


class Relation(Labelled):
    """What a cited letter is to the one that cites it, in the words letters use."""

    BASIS = "căn cứ", N_("Căn cứ")
    CARRIES_OUT = "thực hiện", N_("Thực hiện")
    ATTACHED = "kèm theo", N_("Kèm theo")
    REPLACES = "thay thế", N_("Thay thế")
    ANSWERS = "trả lời", N_("Trả lời")

    @property
    def label_below(self) -> str:
        """What the citing letter does to the cited one."""
        return BELOW[self]


BELOW = {
    Relation.BASIS: N_("Làm căn cứ cho"),
    Relation.CARRIES_OUT: N_("Được thực hiện bằng"),
    Relation.ATTACHED: N_("Được gửi kèm theo"),
    Relation.REPLACES: N_("Đã được thay thế bằng"),
    Relation.ANSWERS: N_("Đã được trả lời bằng"),
}
LEADING_ON = frozenset({Relation.BASIS, Relation.CARRIES_OUT})  # the chain goes on behind these
URGENCIES = {0: N_("Thường"), 1: N_("Khẩn"), 2: N_("Thượng khẩn"), 3: N_("Hỏa tốc")}
