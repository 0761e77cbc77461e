"""Who may do what with a task, in every state: the whole table at once."""

from collections.abc import Callable

import pytest

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.tasks import rules
from cchc_portal.tasks.models import CLOSED, OPEN, Extension, ExtensionState, State, Task
from tests.factories.tasks import make_task
from tests.tasks.conftest import Cast

UNIT = {"member", "named", "head"}
OFFICE = {"office", "reporter", "leader"}
PEOPLE = ("member", "named", "head", "stranger", "stranger_head", "office", "reporter", "leader", "admin")

# rule -> who may, in which states; "reporter" has reported the task
TABLE: dict[Callable[[User, Task], bool], tuple[set[str], frozenset[State]]] = {
    rules.can_name: ({"head", *OFFICE}, OPEN),
    rules.can_set_deadline: (OFFICE, OPEN),
    rules.can_start: (UNIT | OFFICE, frozenset({State.NOT_STARTED})),
    rules.can_note: (UNIT | OFFICE, OPEN),
    rules.can_report: (UNIT | OFFICE, OPEN),
    rules.can_ask_extension: (UNIT | OFFICE, OPEN),
    rules.can_return: (OFFICE, frozenset({State.REPORTED, State.VERIFIED})),
    rules.can_verify: ({"office", "leader"}, frozenset({State.REPORTED})),
    rules.can_complete: ({"office", "leader"}, frozenset({State.VERIFIED})),
    rules.can_cancel: (OFFICE, OPEN | {State.REPORTED}),
    rules.can_mark: (UNIT | OFFICE, frozenset(State) - CLOSED),
    rules.can_answer: (UNIT | OFFICE, frozenset(State) - {State.CANCELLED}),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.__name__)
def test_rule_lets_the_right_people_act_in_the_right_states(
    cast: Cast, rule: Callable[[User, Task], bool], state: State
) -> None:
    whom, states = TABLE[rule]
    task = make_task(unit=cast.unit, person=cast.named, days=3, state=state)
    if task.reported_at:
        task.reported_by = cast.reporter
        db.session.flush()

    allowed = {name for name in PEOPLE if rule(getattr(cast, name), task)}

    assert allowed == (whom if state in states else set())


def test_every_rule_about_a_task_stands_in_the_table() -> None:
    of_a_task = {name for name in vars(rules) if name.startswith("can_")}

    assert of_a_task - {rule.__name__ for rule in TABLE} == {
        "can_assign",
        "can_decide_extension",
        "can_remark",
    }


@pytest.mark.parametrize("rule", [rules.can_assign, rules.can_remark])
def test_office_and_leaders_assign_and_remark(cast: Cast, rule: Callable[[User], bool]) -> None:
    assert {name for name in PEOPLE if rule(getattr(cast, name))} == OFFICE


def test_office_works_on_tasks_of_its_own_unit(cast: Cast) -> None:
    task = make_task(unit=cast.office.unit)

    assert rules.works_on(cast.office, task)
    assert not rules.works_on(cast.leader, task)


def test_extension_is_decided_by_the_office_and_leaders_but_not_by_who_asked(cast: Cast) -> None:
    extension = Extension(state=ExtensionState.ASKED, asked_by_id=cast.reporter.id)

    allowed = {name for name in PEOPLE if rules.can_decide_extension(getattr(cast, name), extension)}

    assert allowed == {"office", "leader"}


@pytest.mark.parametrize("state", [ExtensionState.GRANTED, ExtensionState.REFUSED])
def test_extension_is_decided_once(cast: Cast, state: ExtensionState) -> None:
    extension = Extension(state=state, asked_by_id=cast.member.id)

    assert not rules.can_decide_extension(cast.leader, extension)


def test_extension_is_asked_for_once_at_a_time_and_only_with_a_deadline(cast: Cast) -> None:
    dated, undated = make_task(unit=cast.unit, days=1), make_task(unit=cast.unit)
    db.session.add(Extension(task=dated, wanted_on=today(), reason="Chờ.", asked_by=cast.member))
    db.session.flush()

    assert not rules.can_ask_extension(cast.member, dated)
    assert not rules.can_ask_extension(cast.member, undated)
