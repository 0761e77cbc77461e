"""What leaders decide."""

import threading
from datetime import date

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import DomainError, Invalid, InvalidState, NotAllowed
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.replication import operations
from cchc_portal.replication.models import Outcome, Selection
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative
from tests.factories.replication import in_days, make_candidate, make_leader, make_selection


def test_select_decides_and_moves_the_initiative_on(app: Flask) -> None:
    leader, initiative, unit = make_leader(), make_candidate(), make_unit()

    selection = operations.select(
        initiative, by=leader, targets=[unit], deadline=in_days(30), note=" Làm điểm trước. "
    )

    assert initiative.state is State.SELECTED
    assert selection.outcome is Outcome.SELECTED
    assert selection.decided_by == leader
    assert selection.decided_on == today()
    assert selection.deadline == in_days(30)
    assert selection.note == "Làm điểm trước."
    assert [target.unit for target in selection.targets] == [unit]


def test_select_records_the_decision_and_the_units(app: Flask) -> None:
    leader, initiative, unit = make_leader(), make_candidate(), make_unit()

    selection = operations.select(initiative, by=leader, targets=[unit, unit], deadline=today())

    event = audit.of(initiative, names=["initiative.selected"])[0]
    assert event.actor_id == leader.id
    assert event.data == {"selection": selection.id, "units": [unit.id]}


@pytest.mark.parametrize(
    ("job_title", "office"), [("Phó Chủ tịch UBND phường", "Phó Chủ tịch UBND phường"), ("", "Lãnh đạo UBND")]
)
def test_decisions_carry_the_office_of_the_day(app: Flask, job_title: str, office: str) -> None:
    leader = make_leader(job_title=job_title)

    decision = operations.decline(make_candidate(), by=leader, reason="Chưa đủ số liệu.")
    leader.job_title = "Nghỉ hưu"

    assert decision.decided_as == office


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_select_by_others_is_refused(app: Flask, role: Role) -> None:
    initiative = make_candidate()

    with pytest.raises(NotAllowed):
        operations.select(initiative, by=make_user(role), targets=[make_unit()], deadline=in_days(1))

    assert initiative.state is State.PUBLISHED


def test_select_of_an_own_initiative_is_refused(app: Flask) -> None:
    leader = make_leader()

    with pytest.raises(NotAllowed):
        operations.select(make_candidate(by=leader), by=leader, targets=[make_unit()], deadline=in_days(1))


def test_select_of_no_candidate_is_refused(app: Flask) -> None:
    with pytest.raises(InvalidState):
        operations.select(
            make_initiative(state=State.SUBMITTED),
            by=make_leader(),
            targets=[make_unit()],
            deadline=in_days(1),
        )


def test_select_twice_is_refused(app: Flask) -> None:
    first = make_selection()

    with pytest.raises(InvalidState):
        operations.select(first.initiative, by=make_leader(), targets=[make_unit()], deadline=in_days(1))


def test_select_without_targets_is_refused(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        operations.select(make_candidate(), by=make_leader(), targets=[], deadline=in_days(1))

    assert refused.value.errors == {"targets": operations.NO_TARGETS}


@pytest.mark.parametrize("columns", [{"takes_part": False}, {"valid_to": date(2021, 1, 1)}])
def test_select_for_a_unit_that_cannot_adopt_is_refused(app: Flask, columns: dict[str, object]) -> None:
    unit = make_unit(**columns)

    with pytest.raises(Invalid) as refused:
        operations.select(
            make_candidate(), by=make_leader(), targets=[make_unit(), unit], deadline=in_days(1)
        )

    assert refused.value.errors == {"targets": operations.WRONG_TARGET}


def test_select_until_yesterday_is_refused(app: Flask) -> None:
    initiative = make_candidate()

    with pytest.raises(Invalid) as refused:
        operations.select(initiative, by=make_leader(), targets=[make_unit()], deadline=in_days(-1))

    assert refused.value.errors == {"deadline": operations.PAST}
    assert initiative.state is State.PUBLISHED


def test_select_until_today_is_in_time(app: Flask) -> None:
    selection = operations.select(make_candidate(), by=make_leader(), targets=[make_unit()], deadline=today())

    assert selection.days_left == 0


def test_decline_keeps_the_candidate(app: Flask) -> None:
    leader, initiative = make_leader(), make_candidate()

    decision = operations.decline(initiative, by=leader, reason="Chưa đủ số liệu.")

    assert initiative.is_candidate
    assert (decision.outcome, decision.note, decision.deadline) == (
        Outcome.DECLINED,
        "Chưa đủ số liệu.",
        None,
    )
    assert audit.of(initiative, names=["initiative.declined"])[0].data == {"selection": decision.id}


def test_decline_without_a_reason_is_refused(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        operations.decline(make_candidate(), by=make_leader(), reason="  ")

    assert refused.value.errors == {"reason": operations.NO_REASON}


def test_decline_by_others_is_refused(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.decline(make_candidate(), by=make_user(Role.OFFICE), reason="Chưa.")


def test_decline_after_selection_is_refused(app: Flask) -> None:
    selection = make_selection()

    with pytest.raises(InvalidState):
        operations.decline(selection.initiative, by=make_leader(), reason="Chưa.")


def test_selection_after_declining_is_possible(app: Flask) -> None:
    leader, initiative = make_leader(), make_candidate()
    operations.decline(initiative, by=leader, reason="Chưa đủ số liệu.")

    selection = make_selection(initiative=initiative, by=leader)

    assert selection.is_selected


def test_of_leaders_racing_to_select_one_wins(app: Flask) -> None:
    initiative, unit = make_candidate(), make_unit()
    leaders = [make_leader().id for _ in range(4)]
    start = threading.Barrier(len(leaders))
    fates: list[str] = []

    def decide(leader_id: int) -> None:
        with app.app_context():
            start.wait()
            fates.append(_select(initiative_id, leader_id, unit_id))
            db.session.remove()

    initiative_id, unit_id = initiative.id, unit.id
    db.session.rollback()
    threads = [threading.Thread(target=decide, args=(leader,)) for leader in leaders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(fates) == ["InvalidState", "InvalidState", "InvalidState", "selected"]
    assert db.session.query(Selection).count() == 1


def _select(initiative_id: int, leader_id: int, unit_id: int) -> str:
    try:
        with unit_of_work():
            operations.select(
                db.session.get_one(Initiative, initiative_id),
                by=db.session.get_one(User, leader_id),
                targets=[db.session.get_one(Unit, unit_id)],
                deadline=in_days(5),
            )
    except DomainError as refused:
        return type(refused).__name__
    return "selected"
