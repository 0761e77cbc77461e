"""Asking for more time, and what becomes of it."""

from collections.abc import Callable
from datetime import date

import pytest

from cchc_portal import audit
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import OPEN, DeadlineSource, Extension, ExtensionState, State, Task
from cchc_portal.tasks.operations import extending
from tests.factories.replication import in_days
from tests.factories.tasks import make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")


def asked(task: Task, cast: Cast, *, days: int = 9) -> Extension:
    extension = operations.ask_extension(task, by=cast.member, until=in_days(days), reason="Chờ số liệu.")
    db.session.commit()
    return extension


@pytest.mark.parametrize("who", ["member", "named", "head", "office"])
def test_ask_keeps_both_days_and_the_reason(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, person=cast.named, days=2)

    extension = operations.ask_extension(
        task, by=getattr(cast, who), until=in_days(5), reason=" Chờ số liệu của thị xã. "
    )

    event = audit.of(task)[-1]
    assert (extension.former_on, extension.wanted_on) == (in_days(2), in_days(5))
    assert (extension.reason, extension.state) == ("Chờ số liệu của thị xã.", ExtensionState.ASKED)
    assert (task.due_on, task.open_extension) == (in_days(2), extension)
    assert (event.name, event.data["until"]) == ("task.extension_asked", in_days(5).isoformat())


@pytest.mark.parametrize("who", ["stranger", "stranger_head", "admin"])
def test_ask_is_for_who_works_on_it(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, days=2)

    with pytest.raises(NotAllowed):
        operations.ask_extension(task, by=getattr(cast, who), until=in_days(5), reason="Chờ.")


@pytest.mark.parametrize(
    ("due", "until", "reason", "errors"),
    [
        (5, 5, "Chờ.", {"until": extending.NOT_LATER}),
        (5, 4, "Chờ.", {"until": extending.NOT_LATER}),
        (-9, -1, "Chờ.", {"until": extending.PAST}),
        (5, 6, " ", {"reason": extending.NO_REASON}),
        (5, 6, "x" * 2001, {"reason": extending.TOO_LONG}),
        (5, 5, "", {"until": extending.NOT_LATER, "reason": extending.NO_REASON}),
    ],
)
def test_ask_refuses_what_cannot_be(
    cast: Cast, due: int, until: int, reason: str, errors: dict[str, str]
) -> None:
    task = make_task(unit=cast.unit, days=due)

    with pytest.raises(Invalid) as refused:
        operations.ask_extension(task, by=cast.member, until=in_days(until), reason=reason)

    assert refused.value.errors == errors
    assert task.extensions == []


def test_overdue_task_may_be_extended_until_today(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=-9)

    operations.decide_extension(asked(task, cast, days=0), by=cast.leader, is_granted=True)

    assert (task.due_on, task.is_overdue) == (today(), False)


def test_ask_needs_a_deadline(cast: Cast) -> None:
    with pytest.raises(InvalidState) as refused:
        operations.ask_extension(make_task(unit=cast.unit), by=cast.member, until=in_days(5), reason="Chờ.")

    assert refused.value.message == extending.NO_DEADLINE


def test_ask_comes_one_at_a_time(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=2)
    first = asked(task, cast)

    with pytest.raises(InvalidState) as refused:
        asked(task, cast, days=20)

    assert refused.value.message == extending.ASKED
    operations.decide_extension(first, by=cast.office, is_granted=True)
    assert asked(task, cast, days=20).former_on == in_days(9)


@pytest.mark.parametrize("state", [state for state in State if state not in OPEN])
def test_ask_comes_too_late_once_it_is_reported(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, days=2, state=state)

    with pytest.raises(InvalidState):
        asked(task, cast)


@pytest.mark.parametrize("who", ["office", "leader"])
def test_granted_day_is_an_internal_deadline_and_the_letters_stays_on_record(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit)
    task.be_due(in_days(3), operator="trước", words="trước ngày đó", source=DeadlineSource.LETTER)
    task.letter_due_on = task.due_on

    extension = operations.decide_extension(
        asked(task, cast), by=getattr(cast, who), is_granted=True, answer="Đồng ý."
    )

    event = audit.of(task)[-1]
    assert (task.due_on, task.deadline_source, task.deadline_words) == (
        in_days(9),
        DeadlineSource.INTERNAL,
        "",
    )
    assert (task.letter_due_on, task.is_extended) == (in_days(2), True)
    assert (extension.state, extension.decided_by, extension.answer) == (
        ExtensionState.GRANTED,
        getattr(cast, who),
        "Đồng ý.",
    )
    assert (event.name, event.data["asked_by_id"]) == ("task.extension_granted", cast.member.id)


def test_refused_request_leaves_the_deadline(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=2)

    extension = operations.decide_extension(
        asked(task, cast), by=cast.leader, is_granted=False, answer="Cần đúng hạn."
    )

    assert (task.due_on, task.is_extended, extension.state) == (in_days(2), False, ExtensionState.REFUSED)
    assert audit.of(task)[-1].name == "task.extension_refused"


def test_refusal_needs_a_reason(cast: Cast) -> None:
    extension = asked(make_task(unit=cast.unit, days=2), cast)

    with pytest.raises(Invalid) as refused:
        operations.decide_extension(extension, by=cast.leader, is_granted=False, answer=" ")

    assert refused.value.errors == {"answer": extending.NO_ANSWER}


@pytest.mark.parametrize("who", ["member", "head", "stranger", "stranger_head", "admin"])
def test_decision_is_for_the_office_and_leaders(cast: Cast, who: str) -> None:
    extension = asked(make_task(unit=cast.unit, days=2), cast)

    with pytest.raises(NotAllowed):
        operations.decide_extension(extension, by=getattr(cast, who), is_granted=True)


def test_who_asks_does_not_decide(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=2)
    extension = operations.ask_extension(task, by=cast.office, until=in_days(5), reason="Chờ.")

    with pytest.raises(NotAllowed) as refused:
        operations.decide_extension(extension, by=cast.office, is_granted=True)

    assert refused.value.message == extending.OWN_REQUEST


def test_decision_is_made_once(cast: Cast) -> None:
    extension = asked(make_task(unit=cast.unit, days=2), cast)
    operations.decide_extension(extension, by=cast.leader, is_granted=True)

    with pytest.raises(InvalidState) as refused:
        operations.decide_extension(extension, by=cast.office, is_granted=False, answer="Không.")

    assert refused.value.message == extending.DECIDED


def test_decision_may_come_after_the_report_but_not_after_the_end(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=2)
    extension = asked(task, cast)
    operations.report(task, by=cast.member, text="Xong.")

    operations.decide_extension(extension, by=cast.leader, is_granted=True)

    assert task.due_on == in_days(9)


@pytest.mark.parametrize("end", [operations.cancel])
def test_decision_after_the_end_comes_too_late(cast: Cast, end: Callable[..., object]) -> None:
    task = make_task(unit=cast.unit, days=2)
    extension = asked(task, cast)
    end(task, by=cast.office, reason="Không cần.")

    with pytest.raises(InvalidState):
        operations.decide_extension(extension, by=cast.leader, is_granted=True)


def test_days_are_kept_as_days(cast: Cast) -> None:
    extension = asked(make_task(unit=cast.unit, days=2), cast)
    db.session.expire_all()

    assert isinstance(extension.wanted_on, date)
