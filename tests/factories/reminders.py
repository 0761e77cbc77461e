"""Moved clocks, and reminders."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

import time_machine

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.reminders.models import Audience, Channel, Delivery, Reminder, ReminderRule, State, Timing
from cchc_portal.reminders.operations import open_calendar
from cchc_portal.tasks.models import Task
from tests.factories.tasks import make_task

_numbers = count()

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: date | str, clock: str = "07:00") -> datetime:
    """Return a moment by the office's clock."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=OFFICE_ZONE)


@contextmanager
def clock_at(day: date | str, clock: str = "07:00") -> Iterator[time_machine.Traveller]:
    """Let the clock on the wall show a time, and go on from there only when told."""
    with time_machine.travel(at(day, clock), tick=False) as traveller:
        yield traveller


def make_reminder(
    user: User,
    *,
    task: Task | None = None,
    step: int | None = 0,
    channel: Channel = Channel.APP,
    state: State = State.SENT,
    **columns: object,
) -> Reminder:
    """Make a reminder of a task of the person's unit that is due today, in a delivery of its own."""
    reminded = task or make_task(unit=user.unit, days=0)
    delivery = Delivery(
        key=f"test/{next(_numbers)}",
        user=user,
        channel=channel,
        day_on=today(),
        state=state,
        sent_at=now() if state is State.SENT else None,
        message_id=str(uuid4()),
    )
    reminder = Reminder(
        task=reminded,
        user=user,
        channel=channel,
        due_on=reminded.due_on,
        step=step,
        delivery=delivery,
        **columns,
    )
    db.session.add(reminder)
    db.session.commit()
    return reminder


def make_rule(**columns: object) -> ReminderRule:
    """Make a line of the schedule that nothing shipped is like."""
    rule = ReminderRule(
        **{
            "timing": Timing.BEFORE,
            "days": 30,
            "audience": Audience.LEADER,
            "valid_from": date(2020, 1, 1),
            **columns,
        }
    )
    db.session.add(rule)
    db.session.commit()
    return rule


def make_calendar(user: User) -> str:
    """Give a person's calendar an address; return its token."""
    token = open_calendar(user, by=user)
    db.session.commit()
    return token
