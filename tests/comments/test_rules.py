from datetime import timedelta

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.comments import rules
from cchc_portal.core.clock import now
from cchc_portal.initiatives.models import OPEN, State
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment
from tests.factories.initiatives import make_initiative


@pytest.mark.parametrize("state", list(State))
def test_open_states_alone_take_comments(app: Flask, state: State) -> None:
    initiative = make_initiative(state=state)

    assert rules.can_comment(initiative.created_by, initiative) is (state in OPEN)


@pytest.mark.parametrize(("age", "allowed"), [(0, True), (14, True), (16, False)])
def test_can_edit_within_the_minutes(app: Flask, age: int, allowed: bool) -> None:  # noqa: FBT001
    comment = make_comment(created_at=now() - timedelta(minutes=age))

    assert rules.can_edit(comment.author, comment, minutes=15) is allowed


@pytest.mark.parametrize("role", list(Role))
def test_nobody_edits_or_deletes_what_others_wrote(app: Flask, role: Role) -> None:
    comment, other = make_comment(), make_user(role)

    assert rules.can_edit(other, comment, minutes=15) is False
    assert rules.can_delete(other, comment) is False


def test_what_is_deleted_stays_as_it_is(app: Flask) -> None:
    comment = make_comment(deleted_at=now())

    assert rules.can_edit(comment.author, comment, minutes=15) is False
    assert rules.can_delete(comment.author, comment) is False
    assert rules.can_report(make_user(), comment) is False


def test_can_report_what_others_wrote(app: Flask) -> None:
    comment = make_comment()

    assert rules.can_report(make_user(), comment) is True
    assert rules.can_report(comment.author, comment) is False


@pytest.mark.parametrize("role", list(Role))
def test_the_office_alone_settles(app: Flask, role: Role) -> None:
    assert rules.can_settle(make_user(role)) is (role is Role.OFFICE)
