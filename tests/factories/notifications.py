"""Notifications, with the stored count of unread ones."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative
from cchc_portal.notifications.models import Notification
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative


def make_notification(
    user: User,
    *,
    kind: str = "published",
    about: Initiative | None = None,
    is_read: bool = False,
    actor: User | None = None,
    **columns: object,
) -> Notification:
    """Make a notification about something a colleague did."""
    initiative = about or make_initiative()
    event = audit.record("initiative.started", on=initiative, by=actor or make_user())
    db.session.flush()
    notification = Notification(
        user=user,
        event_id=event.id,
        kind=kind,
        initiative=initiative,
        read_at=now() if is_read else None,
        **columns,
    )
    user.unread_count += not is_read
    db.session.add(notification)
    db.session.commit()
    return notification
