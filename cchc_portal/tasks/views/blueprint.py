"""The blueprint of tasks, and what all its views do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, url_for

from cchc_portal.accounts.session import person
from cchc_portal.core.i18n import N_
from cchc_portal.directives import queries as directives
from cchc_portal.directives.models import Direction, Directive
from cchc_portal.tasks import queries
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.operations.holding import require_state
from cchc_portal.web.forms import Form
from cchc_portal.web.htmx import done, show

blueprint = Blueprint("tasks", __name__)

ONE = "/tasks/<int:task_id>"


@dataclass(frozen=True)
class Act:
    """Something that is asked for on a page of its own.

    Args:
        endpoint: where the form is sent.
        title: what the page is called.
        hint: what follows from it.
        go: what the button says.
        is_grave: whether it takes something away.
    """

    endpoint: str
    title: str
    hint: str
    go: str
    is_grave: bool = False


NOTE = Act(
    "tasks.note",
    N_("Cập nhật tiến độ"),
    N_("Ghi việc đã làm, điều đang vướng; kèm tệp nếu có. Văn phòng và lãnh đạo đọc được ngay."),
    N_("Lưu tiến độ"),
)
REPORT = Act(
    "tasks.report",
    N_("Báo cáo kết quả"),
    N_("Sau khi gửi, Văn phòng hoặc lãnh đạo kiểm tra; nếu cần làm tiếp, nhiệm vụ được trả lại kèm lý do."),
    N_("Gửi báo cáo"),
)
VERIFY = Act(
    "tasks.verify",
    N_("Kiểm tra kết quả"),
    N_("Xác nhận kết quả báo cáo đúng và đủ. Người báo cáo không tự kiểm tra."),
    N_("Xác nhận đúng, đủ"),
)
COMPLETE = Act(
    "tasks.complete",
    N_("Xác nhận hoàn thành"),
    N_("Nhiệm vụ kết thúc và không mở lại được."),
    N_("Hoàn thành"),
)
RETURN = Act(
    "tasks.return_",
    N_("Yêu cầu làm tiếp"),
    N_("Bộ phận nhận được nội dung này và tiếp tục thực hiện."),
    N_("Yêu cầu làm tiếp"),
    is_grave=True,
)
CANCEL = Act(
    "tasks.cancel",
    N_("Hủy nhiệm vụ"),
    N_("Bộ phận không phải làm nữa và nhận được lý do. Việc hủy được lưu vết."),
    N_("Hủy nhiệm vụ"),
    is_grave=True,
)
EXTEND = Act(
    "tasks.ask_extension",
    N_("Đề nghị gia hạn"),
    N_("Văn phòng hoặc lãnh đạo quyết định. Hạn của công văn vẫn được ghi lại."),
    N_("Gửi đề nghị"),
)
SET_DEADLINE = Act(
    "tasks.set_deadline",
    N_("Đặt hạn nội bộ"),
    N_("Hạn nội bộ không thay hạn của công văn. Để trống thì trở về hạn của công văn."),
    N_("Lưu hạn"),
)
NAME = Act(
    "tasks.name_person",
    N_("Giao người thực hiện"),
    N_("Người được giao nhận thông báo; mọi người trong bộ phận vẫn cùng cập nhật được."),
    N_("Lưu"),
)
DETAILS = Act(
    "tasks.keep_details",
    N_("Sổ theo dõi"),
    N_("Số công văn trả lời và ghi chú hiện trong sổ theo dõi giải quyết văn bản đến."),
    N_("Lưu"),
)


def load(task_id: int) -> Task:
    """Return a task the person may see."""
    return queries.get(task_id, to=person())


def ask(task: Task, form: Form, act: Act, *, permitted: bool = True, status: int = 200) -> Response:
    """Show the form of an act.

    Raises:
        InvalidState: the act is not possible any more; who may never do it was refused before.
    """
    require_state(permitted)
    return show(
        "tasks/act.html",
        "tasks/_act.html",
        task=task,
        form=form,
        act=act,
        letters=_letters(form),
        status=status,
    )


def _letters(form: Form) -> Sequence[Directive]:
    """Return the letters to choose the answer from, if a form asks for one."""
    return directives.newest(to=person(), direction=Direction.OUTGOING) if "answer_code" in form else ()


def back(message: str, task_id: int) -> Response:
    """Answer a finished act: go to the task and say there what was done."""
    return done(message, to=url_for("tasks.show", task_id=task_id))
