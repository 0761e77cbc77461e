"""Reading who follows."""

from sqlalchemy import exists, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.following.models import Follower
from cchc_portal.initiatives.models import Initiative


def is_following(user: User, initiative: Initiative) -> bool:
    """Say whether the person follows the initiative."""
    follows = exists().where(Follower.user_id == user.id, Follower.initiative_id == initiative.id)
    return bool(db.session.scalar(select(follows)))


def follower_ids(initiative: Initiative) -> set[int]:
    """Return the ids of the people who follow it."""
    query = select(Follower.user_id).where(Follower.initiative_id == initiative.id)
    return set(db.session.scalars(query))
