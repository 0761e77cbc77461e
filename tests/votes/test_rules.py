import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.initiatives.models import OPEN, State
from cchc_portal.votes.rules import can_vote
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.OFFICE, Role.REVIEWER, Role.LEADER])
def test_every_role_at_work_may_vote(app: Flask, role: Role) -> None:
    assert can_vote(make_user(role), make_initiative()) is True


def test_an_administrator_who_also_works_may_vote(app: Flask) -> None:
    assert can_vote(make_user(Role.ADMIN, Role.STAFF), make_initiative()) is True


def test_an_administrator_alone_may_not(app: Flask) -> None:
    assert can_vote(make_user(Role.ADMIN), make_initiative()) is False


@pytest.mark.parametrize("state", list(State))
def test_open_states_alone_take_votes(app: Flask, state: State) -> None:
    assert can_vote(make_user(), make_initiative(state=state)) is (state in OPEN)


def test_authors_may_not(app: Flask) -> None:
    author = make_user()

    assert can_vote(author, make_initiative(by=author)) is False
