"""Reading what one was told, and choosing what one wants to be told."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, update

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import count_up, db
from cchc_portal.core.errors import require
from cchc_portal.notifications.models import MutedKind, Notification
from cchc_portal.notifications.queries import kinds_for


def read(notification: Notification, *, by: User) -> Notification:
    """Mark a notification as read; the person's `unread_count` is exact afterwards."""
    require(notification.user_id == by.id)
    _read(by, Notification.id == notification.id)
    return notification


def read_all(user: User, *, by: User) -> User:
    """Mark everything a person was told as read."""
    require(user.id == by.id)
    _read(user)
    return user


def choose_kinds(user: User, *, by: User, wanted: Collection[str]) -> User:
    """Keep which kinds a person wants to be told; what came already stays.

    Args:
        user: whose choice.
        by: the same person.
        wanted: names of kinds; those of the person's kinds that are missing are switched off.
    """
    require(user.id == by.id)
    db.session.execute(delete(MutedKind).where(MutedKind.user_id == user.id))
    muted = [kind.name for kind in kinds_for(user) if kind.name not in wanted]
    db.session.add_all(MutedKind(user_id=user.id, kind=name) for name in muted)
    audit.record("notification.kinds_chosen", on=user, by=by, muted=muted)
    return user


def _read(user: User, *which: ColumnElement[bool]) -> None:
    unread = update(Notification).where(
        Notification.user_id == user.id, Notification.read_at.is_(None), *which
    )
    done = db.session.scalars(unread.values(read_at=now()).returning(Notification.id)).all()
    if done:
        count_up(user, "unread_count", -len(done))
