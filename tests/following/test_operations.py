import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotAllowed
from cchc_portal.following import operations, queries
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_user
from tests.factories.following import make_follower
from tests.factories.initiatives import make_initiative


def test_follow_twice_follows_once(app: Flask) -> None:
    initiative, colleague = make_initiative(), make_user()

    for _ in range(2):
        operations.follow(initiative, by=colleague)
    db.session.commit()

    assert queries.follower_ids(initiative) == {colleague.id}
    assert [event.name for event in audit.of(initiative)] == ["following.started"]


def test_unfollow_twice_leaves_once(app: Flask) -> None:
    initiative = make_initiative()
    colleague, other = make_follower(initiative), make_follower(initiative)

    for _ in range(2):
        operations.unfollow(initiative, by=colleague)
    db.session.commit()

    assert queries.follower_ids(initiative) == {other.id}
    assert queries.is_following(colleague, initiative) is False
    assert [event.name for event in audit.of(initiative)] == ["following.stopped"]


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_nobody_follows_what_is_not_open(app: Flask, state: State) -> None:
    with pytest.raises(NotAllowed):
        operations.follow(make_initiative(state=state), by=make_user())


def test_an_author_may_stop_following_a_withdrawn_initiative(app: Flask) -> None:
    author = make_user()
    initiative = make_initiative(state=State.WITHDRAWN, by=author)
    make_follower(initiative, by=author)

    operations.unfollow(initiative, by=author)

    assert queries.is_following(author, initiative) is False
