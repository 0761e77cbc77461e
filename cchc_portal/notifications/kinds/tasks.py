"""What people are told about the work of units."""

from functools import partial
from typing import Any

from cchc_portal.core.i18n import N_
from cchc_portal.notifications import audience, words
from cchc_portal.notifications.kinds.kind import Kind
from cchc_portal.notifications.subjects import TASK, UNIT
from cchc_portal.tasks.models import NoteKind, Task
from cchc_portal.tasks.rules import can_assign, works_here


def _at_task(task: Task) -> dict[str, int]:
    return {"task_id": task.id}


def _at_letter(task: Task) -> dict[str, int]:
    return {"directive_id": task.item.directive_id}


def _nowhere(_thing: Any) -> dict[str, int]:
    return {}


# Of a task: about the task itself, its page opens.
_task_kind = partial(Kind, about=TASK, place=_at_task, opens="tasks.show", is_for=works_here)

TASK_KINDS = (
    Kind(
        "task_opened",
        ("task.opened",),
        N_("Bộ phận của bạn được giao nhiệm vụ theo công văn “%(title)s”"),
        N_("Bộ phận của tôi được giao nhiệm vụ theo công văn mới"),
        "building",
        audience.unit_of_task,
        about=TASK,
        place=_at_letter,
        opens="directives.directive",
        is_for=works_here,
        groups=True,
    ),
    _task_kind(
        "task_named",
        ("task.named",),
        N_("%(actor)s phân công bạn thực hiện “%(title)s”"),
        N_("Tôi được phân công thực hiện một nhiệm vụ"),
        "person",
        audience.person_of_task,
    ),
    _task_kind(
        "task_returned",
        ("task.returned",),
        N_("“%(title)s” được trả lại để làm tiếp"),
        N_("Nhiệm vụ của tôi được trả lại để làm tiếp"),
        "arrow-counterclockwise",
        audience.answering_for_task,
        words=words.note_of(NoteKind.RETURN),
    ),
    _task_kind(
        "task_reported",
        ("task.reported",),
        N_("%(actor)s báo cáo kết quả “%(title)s”"),
        N_("Có nhiệm vụ được báo cáo kết quả"),
        "check-circle",
        audience.office,
        is_for=can_assign,
    ),
    _task_kind(
        "task_verified",
        ("task.verified",),
        N_("Kết quả “%(title)s” đã được kiểm tra"),
        N_("Kết quả nhiệm vụ của tôi đã được kiểm tra"),
        "check-circle",
        audience.answering_for_task,
        words=words.note_of(NoteKind.VERIFICATION),
    ),
    _task_kind(
        "task_completed",
        ("task.completed",),
        N_("“%(title)s” được xác nhận hoàn thành"),
        N_("Nhiệm vụ của tôi được xác nhận hoàn thành"),
        "award",
        audience.answering_for_task,
        words=words.note_of(NoteKind.COMPLETION),
    ),
    _task_kind(
        "task_cancelled",
        ("task.cancelled",),
        N_("Nhiệm vụ “%(title)s” đã được hủy"),
        N_("Nhiệm vụ của tôi bị hủy"),
        "x-circle",
        audience.answering_for_task,
        words=words.note_of(NoteKind.CANCELLATION),
    ),
    _task_kind(
        "extension_asked",
        ("task.extension_asked",),
        N_("%(actor)s đề nghị gia hạn “%(title)s”"),
        N_("Có đề nghị gia hạn nhiệm vụ"),
        "hourglass-split",
        audience.office,
        words=words.extension_reason,
        is_for=can_assign,
    ),
    _task_kind(
        "extension_granted",
        ("task.extension_granted",),
        N_("Đề nghị gia hạn “%(title)s” được đồng ý"),
        N_("Đề nghị gia hạn của bộ phận tôi được đồng ý"),
        "check-circle",
        audience.answering_for_task,
        words=words.extension_answer,
    ),
    _task_kind(
        "extension_refused",
        ("task.extension_refused",),
        N_("Đề nghị gia hạn “%(title)s” không được đồng ý"),
        N_("Đề nghị gia hạn của bộ phận tôi không được đồng ý"),
        "x-circle",
        audience.answering_for_task,
        words=words.extension_answer,
    ),
    Kind(
        "urged",
        ("unit.urged",),
        N_("%(actor)s đôn đốc bộ phận của bạn: %(title)s"),
        N_("Bộ phận của tôi được đôn đốc"),
        "exclamation-triangle",
        audience.unit_urged,
        words=words.said,
        about=UNIT,
        place=_nowhere,
        title=words.named,
        opens="reminders.mine",
        is_for=works_here,
    ),
    Kind(
        "reminder",
        ("reminder.digested",),
        N_("Việc sắp đến hạn, đến hạn và quá hạn của bạn: %(title)s"),
        N_("Có việc của tôi sắp đến hạn hoặc quá hạn (mỗi ngày làm việc một lần)"),
        "clock",
        audience.addressee,
        about=None,
        place=_nowhere,
        title=words.named,
        opens="reminders.mine",
        is_for=works_here,
    ),
)
