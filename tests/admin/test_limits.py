"""What an administrator cannot do: vote, select, decline, receive, return or publish anything."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import State
from cchc_portal.votes.models import Vote
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative

ACTS = [
    ("PUT", "vote", {}),
    ("DELETE", "vote", {}),
    ("POST", "selection", {"deadline": "2099-01-01", "units": "1"}),
    ("POST", "non-selection", {"reason": "Vì tôi là quản trị."}),
    ("POST", "publication", {}),
    ("POST", "acceptance", {}),
    ("POST", "return", {"reason": "Vì tôi là quản trị."}),
]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED])
@pytest.mark.parametrize(("method", "act", "data"), ACTS)
def test_administrator_cannot(
    client_of: Callable[[User], FlaskClient], method: str, act: str, data: dict[str, str], state: State
) -> None:
    initiative, admin = make_initiative(state=state), make_user(Role.ADMIN)
    make_unit()

    answer = client_of(admin).open(f"/initiatives/{initiative.id}/{act}", method=method, data=data)

    assert answer.status_code == 403
    assert initiative.state is state
    assert db.session.query(Vote).count() == 0
    assert [event.name for event in audit.timeline() if event.actor_id == admin.id] == []
