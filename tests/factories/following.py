"""Followers."""

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.following.models import Follower
from cchc_portal.initiatives.models import Initiative
from tests.factories.accounts import make_user


def make_follower(initiative: Initiative, *, by: User | None = None) -> User:
    """Make a colleague who follows the initiative."""
    colleague = by or make_user()
    db.session.add(Follower(user=colleague, initiative=initiative))
    db.session.commit()
    return colleague
