"""What people are told: one line per kind.

A person hears of one event once: by the first kind in this order that concerns them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cchc_portal.accounts.models import User
from cchc_portal.audit import Event
from cchc_portal.comments.rules import can_settle
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.models import Initiative
from cchc_portal.notifications import audience, words


@dataclass(frozen=True)
class Kind:
    """A kind of notification.

    Args:
        name: what is stored.
        events: names of the events it tells about.
        text: Vietnamese sentence with %(title)s and, where a colleague acted, %(actor)s.
        label: what its switch says.
        icon: name in static/icons.svg.
        whom: ids of the people an event concerns.
        words: what stands below the sentence, a reason say.
        are_words_ours: whether they are the portal's and may be translated, not somebody's.
        opens: endpoint to which it leads.
        is_for: who gets it at all.
    """

    name: str
    events: tuple[str, ...]
    text: str
    label: str
    icon: str
    whom: Callable[[Event, Initiative], Iterable[int]]
    words: Callable[[Event, Initiative], str] = words.none
    are_words_ours: bool = False
    opens: str = "initiatives.show"
    is_for: Callable[[User], bool] = lambda _user: True


KINDS = (
    Kind(
        "nomination",
        ("initiative.submitted",),
        N_("%(actor)s phát hiện cách làm hay của bạn “%(title)s” và chờ bạn đồng ý công bố"),
        N_("Đồng nghiệp phát hiện cách làm hay của tôi, cần tôi xác nhận"),
        "person",
        audience.nominated,
    ),
    Kind(
        "agreed",
        ("initiative.confirmed",),
        N_("%(actor)s đồng ý công bố “%(title)s”"),
        N_("Tác giả đồng ý công bố cách làm tôi phát hiện"),
        "check-circle",
        audience.nominator,
    ),
    Kind(
        "refused",
        ("initiative.refused",),
        N_("%(actor)s không đồng ý công bố “%(title)s”"),
        N_("Tác giả không đồng ý công bố cách làm tôi phát hiện"),
        "x-circle",
        audience.nominator,
        words=words.state_reason,
    ),
    Kind(
        "returned",
        ("initiative.returned",),
        N_("“%(title)s” của bạn được trả lại để hoàn thiện"),
        N_("Đề xuất của tôi được trả lại để hoàn thiện"),
        "arrow-counterclockwise",
        audience.authors,
        words=words.state_reason,
    ),
    Kind(
        "accepted",
        ("initiative.accepted",),
        N_("“%(title)s” của bạn đã được tiếp nhận để xét công nhận"),
        N_("Sáng kiến của tôi được tiếp nhận"),
        "check-circle",
        audience.authors,
    ),
    Kind(
        "published",
        ("initiative.published",),
        N_("“%(title)s” của bạn đã được công bố"),
        N_("Đề xuất của tôi được công bố"),
        "check-circle",
        audience.authors,
    ),
    Kind(
        "selected",
        ("initiative.selected",),
        N_("“%(title)s” của bạn được chọn nhân rộng"),
        N_("Đề xuất của tôi được chọn nhân rộng"),
        "award",
        audience.authors,
        words=words.decision,
    ),
    Kind(
        "declined",
        ("initiative.declined",),
        N_("“%(title)s” của bạn chưa được chọn nhân rộng"),
        N_("Đề xuất của tôi chưa được chọn nhân rộng"),
        "dash-circle",
        audience.authors,
        words=words.decision,
    ),
    Kind(
        "unit_named",
        ("initiative.selected",),
        N_("Bộ phận của bạn được giao áp dụng “%(title)s”"),
        N_("Bộ phận của tôi được giao áp dụng một mô hình"),
        "building",
        audience.target_units,
        words=words.decision,
    ),
    Kind(
        "followed_step",
        ("initiative.accepted", "initiative.published", "initiative.selected", "initiative.declined"),
        N_("“%(title)s” mà bạn theo dõi có bước tiến mới"),
        N_("Sáng kiến tôi theo dõi có bước tiến mới"),
        "bell",
        audience.followers,
        words=words.step,
        are_words_ours=True,
    ),
    Kind(
        "mention",
        ("comment.written", "comment.edited"),
        N_("%(actor)s nhắc đến bạn trong bình luận về “%(title)s”"),
        N_("Có người nhắc đến tôi trong bình luận"),
        "chat-left-text",
        audience.mentioned,
        opens="comments.one",
    ),
    Kind(
        "answer",
        ("comment.written",),
        N_("%(actor)s trả lời bình luận của bạn về “%(title)s”"),
        N_("Có người trả lời bình luận của tôi"),
        "chat-left-text",
        audience.answered,
        opens="comments.one",
    ),
    Kind(
        "comment_on_mine",
        ("comment.written",),
        N_("%(actor)s bình luận về “%(title)s” của bạn"),
        N_("Có bình luận về sáng kiến của tôi"),
        "chat-left-text",
        audience.authors,
        opens="comments.one",
    ),
    Kind(
        "comment_on_followed",
        ("comment.written",),
        N_("%(actor)s bình luận về “%(title)s” mà bạn theo dõi"),
        N_("Có bình luận về sáng kiến tôi theo dõi"),
        "chat-left-text",
        audience.followers,
        opens="comments.one",
    ),
    Kind(
        "comment_hidden",
        ("comment.hidden",),
        N_("Văn phòng - Thống kê đã ẩn bình luận của bạn về “%(title)s”"),
        N_("Bình luận của tôi bị ẩn"),
        "x-circle",
        audience.writer,
        opens="comments.one",
    ),
    Kind(
        "comment_reported",
        ("comment.reported",),
        N_("%(actor)s đề nghị xem lại một bình luận về “%(title)s”"),
        N_("Có bình luận được báo cho Văn phòng - Thống kê"),
        "exclamation-triangle",
        audience.office,
        opens="comments.reports",
        is_for=can_settle,
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def telling_of(event_name: str) -> list[Kind]:
    """Return the kinds that tell about an event, the most important first."""
    return [kind for kind in KINDS if event_name in kind.events]
