"""Reading what people chose, the schedule and private calendars."""

from collections.abc import Sequence
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.reminders.models import CalendarAddress, MailChoice, ReminderRule
from cchc_portal.reminders.rules import can_oversee
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task

PURPOSE = "calendar"  # a token of another purpose hashes to something else
MOST_EVENTS = 500


def mail_choice(user: User) -> MailChoice:
    """Return what a person wants by mail: the daily digest unless they chose otherwise."""
    found = db.session.get(MailChoice, user.id)
    return found or MailChoice(user_id=user.id, wants_digest=True, wants_each=False, each_after_id=0)


def calendar_address(user: User) -> CalendarAddress | None:
    """Return when a person's calendar got its address; None if it has none."""
    return db.session.get(CalendarAddress, user.id)


def calendar_hash(token: str) -> str:
    """Return what is kept of the token in a calendar's address."""
    return sha256(f"{PURPOSE}:{token}".encode()).hexdigest()


def reader_of(token: str) -> User:
    """Return whose calendar an address opens.

    What is compared are hashes, so neither the index nor the time it takes tells anything of a token.

    Raises:
        NotFound: no such address, or the account is disabled.
    """
    wanted = calendar_hash(token)
    query = select(CalendarAddress).where(CalendarAddress.token_hash == wanted)
    person = joinedload(CalendarAddress.user)
    query = query.options(person.selectinload(User.grants), person.joinedload(User.unit))
    found = db.session.scalar(query)
    if found is None or not compare_digest(found.token_hash, wanted) or not found.user.is_active:
        raise NotFound
    return found.user


def calendar_tasks(user: User) -> Sequence[Task]:
    """Return the tasks with a deadline that wait and are a person's: named, of the unit, or headed by them."""
    own = tasks.is_mine(user, with_colleagues=False)
    query = tasks.running(to=user).where(own, Task.due_on.is_not(None))
    query = query.options(*tasks.LINE).order_by(Task.due_on, Task.id).limit(MOST_EVENTS)
    return db.session.scalars(query).all()


def get_rule(rule_id: int, *, to: User) -> ReminderRule:
    """Return a line of the schedule, for those who keep it.

    Raises:
        NotFound: there is none, or the person does not.
    """
    rule = db.session.get(ReminderRule, rule_id)
    if rule is None or not can_oversee(to):
        raise NotFound
    return rule
