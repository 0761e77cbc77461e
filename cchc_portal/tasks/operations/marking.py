"""What is kept beside a task: what kind of work it is, the letter that answers, a remark."""

from cchc_portal.accounts.models import User
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.tasks import rules
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.operations.holding import hold, record, require_state

LONGEST_CODE, LONGEST_REMARK = 60, 500
LONG_CODE = N_("Số công văn không quá 60 ký tự.")
LONG_REMARK = N_("Ghi chú không quá 500 ký tự.")


def mark_backlog(task: Task, *, by: User, is_backlog: bool, serves_citizens: bool) -> Task:
    """Say whether work is left over from before, and whether citizens or businesses wait for it.

    Item 5 of the letter of 2023 asks for such work to be cleared first.

    Raises:
        NotAllowed: the person does not answer for it.
        InvalidState: it is done or cancelled.
    """
    require(rules.answers_for(by, hold(task)))
    require_state(rules.can_mark(by, task))
    if (task.is_backlog, task.serves_citizens) != (is_backlog, serves_citizens):
        task.is_backlog, task.serves_citizens = is_backlog, serves_citizens
        record("task.marked", on=task, by=by, backlog=is_backlog, citizens=serves_citizens)
    return task


def answer(task: Task, *, by: User, code: str) -> Task:
    """Note the number of the letter that answers, "45/BC-UBND" say; empty takes it away.

    Raises:
        NotAllowed: the person does not answer for it.
        InvalidState: it is cancelled.
        Invalid: too long for a number.
    """
    require(rules.answers_for(by, hold(task)))
    require_state(rules.can_answer(by, task))
    code = code.strip()
    if len(code) > LONGEST_CODE:
        raise Invalid({"answer_code": LONG_CODE})
    if task.answer_code != code:
        task.answer_code = code
        record("task.answered", on=task, by=by, code=code)
    return task


def remark(task: Task, *, by: User, text: str) -> Task:
    """Keep a remark for the last column of the register; empty takes it away.

    Raises:
        NotAllowed: neither Office nor leader.
        Invalid: too long for the column.
    """
    require(rules.can_remark(by))
    text = text.strip()
    if len(text) > LONGEST_REMARK:
        raise Invalid({"remark": LONG_REMARK})
    if task.remark != text:
        task.remark = text
        record("task.remarked", on=task, by=by)
    return task
