"""Following and leaving again; both may be repeated without harm."""

from sqlalchemy import delete

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.errors import require
from cchc_portal.following.models import Follower
from cchc_portal.following.rules import can_follow
from cchc_portal.initiatives.models import Initiative


def follow(initiative: Initiative, *, by: User) -> Initiative:
    """Let the person hear what happens to the initiative."""
    require(can_follow(by, initiative))
    if insert_once(Follower, {"user_id": by.id, "initiative_id": initiative.id}):
        audit.record("following.started", on=initiative, by=by)
    return initiative


def unfollow(initiative: Initiative, *, by: User) -> Initiative:
    """Tell the person no more about the initiative, unless it is their own."""
    require(can_follow(by, initiative))
    left = delete(Follower).where(Follower.user_id == by.id, Follower.initiative_id == initiative.id)
    if db.session.scalars(left.returning(Follower.id)).all():
        audit.record("following.stopped", on=initiative, by=by)
    return initiative
