"""What people choose for themselves: mail, and the private address of their calendar."""

from secrets import token_urlsafe

from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import require
from cchc_portal.notifications.models import Notification
from cchc_portal.reminders.models import CalendarAddress, MailChoice
from cchc_portal.reminders.queries import calendar_hash

TOKEN_BYTES = 32


def choose_mail(user: User, *, by: User, wants_digest: bool, wants_each: bool) -> MailChoice:
    """Keep what a person wants by mail: the daily digest, and each notice at once.

    Notices from before the wish do not go out afterwards.
    """
    require(user.id == by.id)
    choice = db.session.get(MailChoice, user.id)
    if choice is None:
        choice = MailChoice(user_id=user.id, wants_each=False, each_after_id=0)
        db.session.add(choice)
    if wants_each and not choice.wants_each:
        choice.each_after_id = db.session.scalar(select(func.max(Notification.id))) or 0
    choice.wants_digest, choice.wants_each = wants_digest, wants_each
    audit.record("reminder.mail_chosen", on=user, by=by, digest=wants_digest, each=wants_each)
    return choice


def open_calendar(user: User, *, by: User) -> str:
    """Give a person's calendar a new private address; one it had before opens nothing any more.

    Returns:
        the token of the address; it is shown once, only its hash is kept.
    """
    require(user.id == by.id)
    token = token_urlsafe(TOKEN_BYTES)
    address = db.session.get(CalendarAddress, user.id)
    if address is None:
        address = CalendarAddress(user_id=user.id)
        db.session.add(address)
    address.token_hash, address.created_at = calendar_hash(token), now()
    audit.record("reminder.calendar_opened", on=user, by=by)
    return token


def close_calendar(user: User, *, by: User) -> User:
    """Take the address of a person's calendar away; without one nothing happens."""
    require(user.id == by.id)
    address = db.session.get(CalendarAddress, user.id)
    if address is not None:
        db.session.delete(address)
        audit.record("reminder.calendar_closed", on=user, by=by)
    return user
