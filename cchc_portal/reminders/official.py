"""The official letter that urges a unit (D1): its tasks in the words of the letter."""

from collections.abc import Sequence

from cchc_portal.core.clock import today
from cchc_portal.holidays.queries import work_calendar
from cchc_portal.reports.docx import Document
from cchc_portal.reports.producing import letter_to_urge
from cchc_portal.reports.urging import UrgedTask
from cchc_portal.tasks.models import Task

DAYS_TO_ANSWER = 3  # working days


def letter_for(unit: str, tasks: Sequence[Task]) -> Document:
    """Return the letter that urges a unit to do its tasks, to be answered within three working days.

    Raises:
        Invalid: there is nothing to urge.
    """
    answer_by = work_calendar().add_working_days(today(), DAYS_TO_ANSWER)
    return letter_to_urge(unit, [_urged(task) for task in tasks], on=today(), answer_by=answer_by)


def _urged(task: Task) -> UrgedTask:
    letter = task.item.directive
    number = f"{letter.kind or 'Văn bản'} số {letter.code}" if letter.code else letter.title
    named = " ".join(words for words in (number, letter.date_words) if words)
    operator = task.deadline_operator or "đến hết"
    deadline = f"{operator} {task.deadline_on:%d/%m/%Y}" if task.deadline_on else task.deadline_words
    return UrgedTask(
        words=task.item.title,
        letter=f"{named}, mục {task.item.code}",
        deadline=deadline,
        days_late=-(task.days_left or 0),
        state=task.state.label,
    )
