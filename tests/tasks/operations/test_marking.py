"""What kind of work it is, the letter that answers, the remark."""

import pytest

from cchc_portal import audit
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import CLOSED, State
from cchc_portal.tasks.operations import marking
from tests.factories.tasks import make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("who", ["member", "named", "head", "office", "leader"])
def test_backlog_is_marked_by_who_answers_for_it(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, person=cast.named)

    operations.mark_backlog(task, by=getattr(cast, who), is_backlog=True, serves_citizens=True)

    [event] = audit.of(task)
    assert (task.is_backlog, task.serves_citizens, event.name) == (True, True, "task.marked")
    assert (event.data["backlog"], event.data["citizens"]) == (True, True)


def test_marking_what_is_marked_is_no_event(cast: Cast) -> None:
    task = make_task(unit=cast.unit, is_backlog=True, answer_code="1/BC", remark="Đã nhắc.")

    operations.mark_backlog(task, by=cast.office, is_backlog=True, serves_citizens=False)
    operations.answer(task, by=cast.office, code="1/BC")
    operations.remark(task, by=cast.office, text=" Đã nhắc. ")

    assert list(audit.of(task)) == []


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_closed_work_is_not_marked_any_more(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, state=state)

    with pytest.raises(InvalidState):
        operations.mark_backlog(task, by=cast.office, is_backlog=True, serves_citizens=False)


@pytest.mark.parametrize("who", ["stranger", "stranger_head", "admin"])
def test_strangers_mark_and_answer_nothing(cast: Cast, who: str) -> None:
    task, person = make_task(unit=cast.unit), getattr(cast, who)

    with pytest.raises(NotAllowed):
        operations.mark_backlog(task, by=person, is_backlog=True, serves_citizens=False)
    with pytest.raises(NotAllowed):
        operations.answer(task, by=person, code="1/BC")
    with pytest.raises(NotAllowed):
        operations.remark(task, by=person, text="x")


@pytest.mark.parametrize("state", [state for state in State if state is not State.CANCELLED])
def test_answering_letter_is_noted_also_after_the_end(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, state=state)

    operations.answer(task, by=cast.member, code=" 45/BC-UBND ")

    assert (task.answer_code, audit.of(task)[-1].data["code"]) == ("45/BC-UBND", "45/BC-UBND")


def test_answering_letter_of_a_cancelled_task_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidState):
        operations.answer(make_task(unit=cast.unit, state=State.CANCELLED), by=cast.office, code="1/BC")


def test_answer_and_remark_have_the_length_of_their_columns(cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    with pytest.raises(Invalid) as code:
        operations.answer(task, by=cast.member, code="x" * 61)
    with pytest.raises(Invalid) as text:
        operations.remark(task, by=cast.office, text="x" * 501)

    assert (code.value.errors, text.value.errors) == (
        {"answer_code": marking.LONG_CODE},
        {"remark": marking.LONG_REMARK},
    )


@pytest.mark.parametrize("who", ["member", "head", "named"])
def test_remark_is_the_offices(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, person=cast.named)

    with pytest.raises(NotAllowed):
        operations.remark(task, by=getattr(cast, who), text="Đã nhắc.")


def test_remark_and_answer_can_be_taken_away(cast: Cast) -> None:
    task = make_task(unit=cast.unit, answer_code="1/BC", remark="Đã nhắc.")

    operations.answer(task, by=cast.member, code="")
    operations.remark(task, by=cast.leader, text="")

    assert (task.answer_code, task.remark) == ("", "")
    assert [event.name for event in audit.of(task)] == ["task.answered", "task.remarked"]
