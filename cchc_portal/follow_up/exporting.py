"""The register as people hand it on: the lines of the board in the words of Nghị định 30/2020, Phụ lục IV."""

from collections.abc import Sequence
from datetime import date

from cchc_portal.accounts.models import User
from cchc_portal.core.calendar import names_another_day
from cchc_portal.core.clock import today
from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import Part
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.periods import span
from cchc_portal.follow_up.queries import Choices, Filters, Grouping
from cchc_portal.reports.register import RegisterRow
from cchc_portal.tasks.models import DeadlineSource, Task

MOST_LINES = 2_000
TOO_LONG = N_("Có hơn 2.000 dòng; hãy lọc bớt rồi tải lại.")


def tasks_of(filters: Filters, *, to: User, by: Grouping, among: Choices) -> Sequence[Task]:
    """Return the lines of the board on all its pages, in its order.

    Raises:
        Invalid: there are more than a document can show.
    """
    tasks = queries.lines(filters, to=to, by=by, among=among, size=MOST_LINES)
    if len(tasks) > MOST_LINES:
        raise Invalid({"": TOO_LONG})
    return tasks


def period_of(filters: Filters, tasks: Sequence[Task]) -> tuple[date, date]:
    """Return the first and the last day of the register: those asked for, else since the first letter came in."""
    came = (task.item.directive.registered_on for task in tasks)
    return span(filters.period) or (min(came, default=today()), today())


def row_of(task: Task) -> RegisterRow:
    """Return a line of the register in the office's words, which are Vietnamese whoever downloads it."""
    letter = task.item.directive
    document = (
        " ".join(filter(None, (letter.kind, letter.code))),
        letter.date_words,
        letter.issuer,
        f"mục {task.item.code}: {task.item.title[:200]}",
    )
    return RegisterRow(
        arrival_number=str(letter.arrival_number or ""),
        document=", ".join(filter(None, document)),
        receiver=_receiver(task),
        deadline=_deadline(task),
        progress=_progress(task),
        answer=task.answer_code,
        note=_note(task),
    )


def _receiver(task: Task) -> str:
    unit = f"{task.unit.name} ({task.function.name})" if task.function else task.unit.name
    help_ = "phối hợp" if task.part is Part.SUPPORT else ""
    return ", ".join(filter(None, (unit, task.person.full_name if task.person else "", help_)))


def _deadline(task: Task) -> str:
    words = task.deadline_words
    if task.deadline_on and (not words or names_another_day(words, task.deadline_on)):
        words = f"{task.deadline_operator or 'đến hết'} {task.deadline_on:%d/%m/%Y}"
    return f"{words} (hạn nội bộ)" if words and task.deadline_source is DeadlineSource.INTERNAL else words


def _progress(task: Task) -> str:
    share = f"{task.percent} %" if task.is_open and task.percent else ""
    late = f"quá hạn {-(task.days_left or 0)} ngày" if task.is_overdue else ""
    return ", ".join(filter(None, (task.state.label, share, late)))


def _note(task: Task) -> str:
    marks = (
        "tồn đọng" if task.is_backlog else "",
        "phục vụ người dân, doanh nghiệp" if task.serves_citizens else "",
    )
    return "; ".join(filter(None, (task.remark, *marks)))
