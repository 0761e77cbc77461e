"""Kinds, ways in, states and the steps between them."""

from enum import StrEnum

from cchc_portal.core.i18n import N_


class Kind(StrEnum):
    """What it is; only an initiative goes through legal recognition (Nghị định 13/2012/NĐ-CP)."""

    INITIATIVE = "initiative"
    EXPERIENCE = "experience"
    MODEL = "model"
    GOOD_PRACTICE = "good_practice"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return KIND_LABELS[self]


class EntryMode(StrEnum):
    """How it came: one's own proposal, known from elsewhere, or a colleague's practice."""

    PROPOSE = "propose"
    INTRODUCE = "introduce"
    NOMINATE = "nominate"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return ENTRY_LABELS[self]


class State(StrEnum):
    """Where an initiative stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    ACCEPTED = "accepted"
    UNDER_REVIEW = "under_review"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    SELECTED = "selected"
    REPLICATING = "replicating"
    EVALUATED = "evaluated"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return STATE_LABELS[self]


KIND_LABELS = {
    Kind.INITIATIVE: N_("Sáng kiến"),
    Kind.EXPERIENCE: N_("Kinh nghiệm"),
    Kind.MODEL: N_("Mô hình"),
    Kind.GOOD_PRACTICE: N_("Cách làm hay"),
}
ENTRY_LABELS = {
    EntryMode.PROPOSE: N_("Đề xuất"),
    EntryMode.INTRODUCE: N_("Giới thiệu"),
    EntryMode.NOMINATE: N_("Phát hiện"),
}
STATE_LABELS = {
    State.DRAFT: N_("Bản nháp"),
    State.SUBMITTED: N_("Đã gửi"),
    State.RETURNED: N_("Chờ hoàn thiện"),
    State.WITHDRAWN: N_("Đã rút"),
    State.PUBLISHED: N_("Đã công bố"),
    State.ACCEPTED: N_("Đã tiếp nhận"),
    State.UNDER_REVIEW: N_("Đang xét duyệt"),
    State.RECOGNISED: N_("Được công nhận"),
    State.NOT_RECOGNISED: N_("Không công nhận"),
    State.SELECTED: N_("Được chọn nhân rộng"),
    State.REPLICATING: N_("Đang nhân rộng"),
    State.EVALUATED: N_("Đã đánh giá"),
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.PUBLISHED, State.ACCEPTED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
    State.PUBLISHED: frozenset({State.SELECTED}),
    State.ACCEPTED: frozenset({State.UNDER_REVIEW, State.WITHDRAWN}),
    State.UNDER_REVIEW: frozenset({State.RECOGNISED, State.NOT_RECOGNISED, State.WITHDRAWN}),
    State.RECOGNISED: frozenset({State.SELECTED}),
    State.NOT_RECOGNISED: frozenset(),
    State.SELECTED: frozenset({State.REPLICATING}),
    State.REPLICATING: frozenset({State.EVALUATED}),
    State.EVALUATED: frozenset(),
}

WRITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the authors change the text."""

OPEN = frozenset(State) - {State.DRAFT, State.WITHDRAWN}
"""States in which every signed-in colleague may read, vote and comment."""

CANDIDATES = frozenset({State.PUBLISHED, State.RECOGNISED})
"""States from which a leader may select for replication."""

OF_PRACTICES_ONLY = frozenset({State.PUBLISHED})
OF_INITIATIVES_ONLY = frozenset({State.ACCEPTED, State.UNDER_REVIEW, State.RECOGNISED, State.NOT_RECOGNISED})


def leads_to(kind: Kind, state: State) -> frozenset[State]:
    """Return the states that follow for a kind: only initiatives are recognised, practices published."""
    closed = OF_PRACTICES_ONLY if kind is Kind.INITIATIVE else OF_INITIATIVES_ONLY
    return TRANSITIONS[state] - closed
