"""What the units did with the letter: begun, reported, verified, done, asked for more time."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import exists, select

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import Task, TaskNote

INTERNAL = {"1": 20, "2": 5, "3": 2, "4": 30}  # item → days from today


def load() -> int:
    """Open the tasks of the letter and move some on, unless somebody did; return how many there are new."""
    letter = db.session.scalar(select(Directive).order_by(Directive.id).limit(1))
    if letter is None:
        return 0
    opened = operations.open_from(letter, by=None)
    if db.session.scalar(select(exists().where(TaskNote.id > 0))):
        return len(opened)
    tasks = _tasks(letter)
    for (code, _unit), task in tasks.items():
        if code in INTERNAL:
            operations.set_deadline(task, by=_account("vptk"), on=_in(INTERNAL[code]))
    for place, move in MOVES.items():
        if place in tasks:
            move(tasks[place])
    return len(opened)


def _ask_for_time(task: Task) -> None:
    operations.name_person(task, by=_account("truong.vptk"), person=_account("canbo.vptk"))
    operations.note_progress(
        task,
        by=_account("canbo.vptk"),
        text="Đã tổng hợp ý kiến của 5/7 bộ phận. Còn chờ Tài chính - Kế toán và Công an phường.",
        percent=60,
    )
    operations.ask_extension(
        task,
        by=_account("truong.vptk"),
        until=_in(10),
        reason="Hai bộ phận chưa gửi giải pháp khắc phục nên chưa đủ nội dung để xây dựng kế hoạch.",
    )


def _report(task: Task) -> None:
    operations.report(
        task,
        by=_account("truong.tckt"),
        text="Đã đề xuất 3 giải pháp đối với các nội dung bị trừ điểm về tài chính công.",
        answer_code="15/BC-TCKT",
    )


def _finish(task: Task) -> None:
    operations.note_progress(
        task, by=_account("canbo.tpht"), text="Đã rà soát 24 thủ tục hộ tịch.", percent=70
    )
    operations.report(
        task, by=_account("truong.tpht"), text="Đã gửi giải pháp rút ngắn thời gian giải quyết hộ tịch."
    )
    operations.verify(task, by=_account("vptk"), text="Nội dung đầy đủ, đúng yêu cầu.")
    operations.complete(task, by=_account("chutich"))


def _work(task: Task) -> None:
    operations.start(task, by=_account("truong.dcxd"))
    operations.note_progress(
        task,
        by=_account("canbo.dcxd"),
        text="Đang đối chiếu kết quả chấm điểm về hồ sơ đất đai trễ hẹn.",
        percent=50,
    )


def _return(task: Task) -> None:
    operations.report(task, by=_account("canbo.vhxh"), text="Gửi danh sách nội dung bị trừ điểm.")
    operations.return_(
        task,
        by=_account("vptk"),
        reason="Mới nêu nội dung bị trừ điểm, chưa có giải pháp và thời hạn khắc phục.",
    )


def _extend(task: Task) -> None:
    extension = operations.ask_extension(
        task, by=_account("truong.cap"), until=_in(12), reason="Cán bộ phụ trách đi tập huấn đến cuối tuần."
    )
    operations.decide_extension(extension, by=_account("phochutich"), is_granted=True, answer="Đồng ý.")


def _begin(task: Task) -> None:
    operations.name_person(task, by=_account("truong.vhxh"), person=_account("canbo.vhxh"))
    operations.note_progress(
        task, by=_account("canbo.vhxh"), text="Đang khảo sát nhu cầu sử dụng dịch vụ công.", percent=30
    )


def _verify(task: Task) -> None:
    operations.report(
        task, by=_account("truong.tpht"), text="Đã giới thiệu 2 cách làm hay trong tiếp nhận hồ sơ hộ tịch."
    )
    operations.verify(task, by=_account("phochutich"))


def _mark(task: Task) -> None:
    operations.mark_backlog(task, by=_account("vptk"), is_backlog=True, serves_citizens=True)


MOVES: dict[tuple[str, str], Callable[[Task], None]] = {  # (item, unit) → what happened
    ("2", "TCKT"): _report,
    ("2", "TPHT"): _finish,
    ("2", "DCXD"): _work,
    ("2", "VHXH"): _return,
    ("2", "CAP"): _extend,
    ("2.a", "VPTK"): _ask_for_time,
    ("3", "VHXH"): _begin,
    ("4", "TPHT"): _verify,
    ("5", "DCXD"): _mark,
    ("5", "CAP"): _mark,
}


def _tasks(letter: Directive) -> dict[tuple[str, str], Task]:
    item_ids = [item.id for item in letter.items]
    found = db.session.scalars(select(Task).where(Task.item_id.in_(item_ids)).order_by(Task.id))
    return {(task.item.code, task.unit.code): task for task in found}


def _in(days: int) -> date:
    return today() + timedelta(days=days)


def _account(username: str) -> User:
    user = accounts.by_username(username)
    if user is None:
        raise LookupError(username)
    return user
