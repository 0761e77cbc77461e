"""Kinds, ways in, states and the steps between them."""

from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled


class Kind(Labelled):
    """What it is; only an initiative goes through legal recognition (Nghị định 13/2012/NĐ-CP)."""

    INITIATIVE = "initiative", N_("Sáng kiến")
    EXPERIENCE = "experience", N_("Kinh nghiệm")
    MODEL = "model", N_("Mô hình")
    GOOD_PRACTICE = "good_practice", N_("Cách làm hay")


class EntryMode(Labelled):
    """How it came: one's own proposal, known from elsewhere, or a colleague's practice."""

    PROPOSE = "propose", N_("Đề xuất")
    INTRODUCE = "introduce", N_("Giới thiệu")
    NOMINATE = "nominate", N_("Phát hiện")


class State(Labelled):
    """Where an initiative stands."""

    DRAFT = "draft", N_("Bản nháp")
    SUBMITTED = "submitted", N_("Đã gửi")
    RETURNED = "returned", N_("Chờ hoàn thiện")
    WITHDRAWN = "withdrawn", N_("Đã rút")
    PUBLISHED = "published", N_("Đã công bố")
    ACCEPTED = "accepted", N_("Đã tiếp nhận")
    UNDER_REVIEW = "under_review", N_("Đang xét duyệt")
    RECOGNISED = "recognised", N_("Được công nhận")
    NOT_RECOGNISED = "not_recognised", N_("Không công nhận")
    SELECTED = "selected", N_("Được chọn nhân rộng")
    REPLICATING = "replicating", N_("Đang nhân rộng")
    EVALUATED = "evaluated", N_("Đã đánh giá")


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
