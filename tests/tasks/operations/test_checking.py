"""Verified, given back, done, cancelled."""

import pytest

from cchc_portal import audit
from cchc_portal.core.calendar import Recurrence
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import Extension, ExtensionState, NoteKind, State
from cchc_portal.tasks.operations import checking
from tests.factories.tasks import make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")

ACTS = {
    "verify": lambda task, by: operations.verify(task, by=by, text="Đã đối chiếu."),
    "return": lambda task, by: operations.return_(task, by=by, reason="Thiếu phụ lục."),
    "complete": lambda task, by: operations.complete(task, by=by),
    "cancel": lambda task, by: operations.cancel(task, by=by, reason="Công văn bị thu hồi."),
}
BEGINS = {
    "verify": State.REPORTED,
    "return": State.REPORTED,
    "complete": State.VERIFIED,
    "cancel": State.REPORTED,
}
LEADS = {
    "verify": (State.VERIFIED, NoteKind.VERIFICATION, "task.verified"),
    "return": (State.IN_PROGRESS, NoteKind.RETURN, "task.returned"),
    "complete": (State.DONE, NoteKind.COMPLETION, "task.completed"),
    "cancel": (State.CANCELLED, NoteKind.CANCELLATION, "task.cancelled"),
}


@pytest.mark.parametrize("who", ["office", "leader"])
@pytest.mark.parametrize("act", ACTS)
def test_act_of_the_office_leads_on_and_is_kept(cast: Cast, act: str, who: str) -> None:
    task = make_task(unit=cast.unit, state=BEGINS[act])

    ACTS[act](task, getattr(cast, who))
    db.session.commit()

    note, event = task.notes[-1], audit.of(task)[-1]
    assert (task.state, note.kind, event.name) == LEADS[act]
    assert (note.author, event.data) == (
        getattr(cast, who),
        {"unit_id": cast.unit.id, "person_id": None},
    )


@pytest.mark.parametrize("who", ["member", "head", "stranger", "stranger_head", "admin"])
@pytest.mark.parametrize("act", ACTS)
def test_act_is_for_the_office_and_leaders(cast: Cast, act: str, who: str) -> None:
    task = make_task(unit=cast.unit, state=BEGINS[act])

    with pytest.raises(NotAllowed):
        ACTS[act](task, getattr(cast, who))

    assert (task.state, list(audit.of(task))) == (BEGINS[act], [])


@pytest.mark.parametrize(
    ("act", "states"),
    [
        ("verify", {State.REPORTED}),
        ("return", {State.REPORTED, State.VERIFIED}),
        ("complete", {State.VERIFIED}),
        ("cancel", {State.NOT_STARTED, State.IN_PROGRESS, State.REPORTED}),
    ],
)
def test_act_comes_too_late_in_any_other_state(cast: Cast, act: str, states: set[State]) -> None:
    for state in set(State) - states:
        task = make_task(unit=cast.unit, state=state)

        with pytest.raises(InvalidState):
            ACTS[act](task, cast.office)
        assert task.state is state


@pytest.mark.parametrize("act", ["verify", "complete"])
def test_nobody_checks_a_report_of_their_own(cast: Cast, act: str) -> None:
    task = make_task(unit=cast.office.unit, state=BEGINS[act], reported_by=cast.office)

    with pytest.raises(NotAllowed) as refused:
        ACTS[act](task, cast.office)

    assert refused.value.message == checking.OWN_REPORT
    ACTS[act](task, cast.leader)


def test_verification_says_who_and_when(cast: Cast) -> None:
    task = make_task(unit=cast.unit, state=State.REPORTED)

    operations.verify(task, by=cast.leader)

    assert (task.verified_by, task.verified_at is not None) == (cast.leader, True)


@pytest.mark.parametrize("state", [State.REPORTED, State.VERIFIED])
@pytest.mark.parametrize(("said", "percent"), [((), 0), ((20, None, 60, None), 60)])
def test_return_takes_back_what_the_report_claimed(
    cast: Cast, state: State, said: tuple[int | None, ...], percent: int
) -> None:
    task = make_task(unit=cast.unit)
    for number in said:
        operations.note_progress(task, by=cast.member, text="Đang làm.", percent=number)
    operations.report(task, by=cast.member, text="Xong.")
    if state is State.VERIFIED:
        operations.verify(task, by=cast.office)

    operations.return_(task, by=cast.office, reason="Thiếu phụ lục.")
    db.session.commit()

    assert (task.state, task.percent, task.verified_by, task.verified_at) == (
        State.IN_PROGRESS,
        percent,
        None,
        None,
    )
    assert task.notes[-1].text == "Thiếu phụ lục."


def test_task_goes_back_and_forth_until_it_is_done(cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    operations.report(task, by=cast.member, text="Xong.")
    operations.return_(task, by=cast.office, reason="Thiếu phụ lục.")
    operations.report(task, by=cast.head, text="Đã bổ sung.")
    operations.verify(task, by=cast.office)
    operations.complete(task, by=cast.leader)
    db.session.commit()

    assert (task.state, task.reported_by, task.closed_at is not None) == (State.DONE, cast.head, True)
    assert [event.name.partition(".")[2] for event in audit.of(task)] == [
        "reported",
        "returned",
        "reported",
        "verified",
        "completed",
    ]


@pytest.mark.parametrize("act", [operations.return_, operations.cancel])
def test_return_and_cancellation_need_a_reason(cast: Cast, act: object) -> None:
    task = make_task(unit=cast.unit, state=State.REPORTED)

    with pytest.raises(Invalid) as refused:
        act(task, by=cast.office, reason=" ")  # type: ignore[operator]

    assert list(refused.value.errors) == ["reason"]
    assert task.state is State.REPORTED


@pytest.mark.parametrize("act", ["complete", "cancel"])
def test_end_settles_a_request_for_more_time(cast: Cast, act: str) -> None:
    task = make_task(unit=cast.unit, state=BEGINS[act], days=1)
    asked = Extension(task=task, wanted_on=today(), reason="Chờ số liệu.", asked_by=cast.member)
    db.session.add(asked)
    db.session.commit()

    ACTS[act](task, cast.office)

    assert (asked.state, asked.decided_by, asked.answer) == (
        ExtensionState.REFUSED,
        cast.office,
        checking.OVER,
    )


@pytest.mark.parametrize("ends_series", [True, False])
def test_cancellation_may_end_a_duty_that_returns(cast: Cast, *, ends_series: bool) -> None:
    task = make_task(unit=cast.unit, recurrence=Recurrence.MONTHLY, period="2023-03")

    operations.cancel(task, by=cast.office, reason="Không cần.", ends_series=ends_series)

    assert (task.recurrence is None) == ends_series
