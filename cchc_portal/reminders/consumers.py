"""What follows for reminders from what happens elsewhere."""

from collections.abc import Sequence

from sqlalchemy import delete

from cchc_portal.audit import Event
from cchc_portal.core.db import db
from cchc_portal.reminders.models import CalendarAddress


def close_calendars(events: Sequence[Event]) -> None:
    """Take the address of a person's calendar away when the password changes, unless it was made since.

    Who had learnt the password may have made the address, and it would outlive the password.
    """
    for event in events:
        db.session.execute(
            delete(CalendarAddress).where(
                CalendarAddress.user_id == event.subject_id, CalendarAddress.created_at < event.at
            )
        )
