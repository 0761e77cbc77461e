"""Who looks at the boards."""

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.follow_up import rules
from tests.factories.accounts import make_user


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_everybody_at_work_may_follow_up(app: Flask, role: Role) -> None:
    assert rules.can_follow_up(make_user(role))


def test_accounts_that_only_administer_may_not(app: Flask) -> None:
    assert not rules.can_follow_up(make_user(Role.ADMIN))
    assert rules.can_follow_up(make_user(Role.ADMIN, Role.STAFF))
