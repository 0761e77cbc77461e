"""Who decides about replication."""

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.initiatives.models import State
from cchc_portal.replication import rules
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.replication import make_candidate, make_leader


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_nobody_but_leaders_decides(app: Flask, role: Role) -> None:
    assert not rules.can_decide(make_user(role), make_candidate())


def test_a_leader_decides_on_a_candidate(app: Flask) -> None:
    assert rules.can_decide(make_leader(), make_candidate())


def test_a_leader_does_not_decide_on_an_own_initiative(app: Flask) -> None:
    leader = make_leader()

    assert not rules.can_decide(leader, make_candidate(by=leader))


@pytest.mark.parametrize(
    "state", [state for state in State if state not in {State.PUBLISHED, State.RECOGNISED}]
)
def test_only_candidates_are_decided_on(app: Flask, state: State) -> None:
    assert not rules.can_decide(make_leader(), make_initiative(state=state))


def test_a_recognised_initiative_is_a_candidate(app: Flask) -> None:
    assert rules.can_decide(make_leader(), make_initiative(state=State.RECOGNISED))


def test_an_unconfirmed_nomination_is_no_candidate(app: Flask) -> None:
    assert not rules.can_decide(make_leader(), make_candidate(awaits_confirmation=True))
