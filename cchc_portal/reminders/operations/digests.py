"""The day's reminders: written once, in one transaction, one digest per person and channel."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update

from cchc_portal import audit
from cchc_portal.core.clock import local, now
from cchc_portal.core.db import db, insert_once
from cchc_portal.holidays.queries import work_calendar
from cchc_portal.notifications.models import Notification
from cchc_portal.notifications.subjects import titles_of
from cchc_portal.reminders import queries
from cchc_portal.reminders.models import Audience, Channel, Delivery, Reminder, ReminderRun, State
from cchc_portal.reminders.outbox import deliver_to, reachable
from cchc_portal.reminders.schedule import CLOSES, OPENS, audiences
from cchc_portal.tasks.models import Task

MOST_NAMED = 10  # tasks in the line on the portal, which is cut anyway


@dataclass(frozen=True)
class Due:
    """A person is to be reminded of a task at a step of its deadline."""

    user_id: int
    task: Task
    step: int


def remind(*, by_mail: bool) -> list[Delivery]:
    """Write today's reminders, unless it is no working day, not yet 07:00, past 19:00, or done already.

    Steps of days on which nobody came by, because the portal stood still say, are taken along; of a
    task's steps only the last. What waits from former days to go out by mail becomes part of today's
    digest. All of it is one transaction with the row that says the day is done, so whoever comes
    second, in whatever process, finds it done and a crash leaves nothing half.

    Args:
        by_mail: whether the portal can send mail.

    Returns:
        The new deliveries: those on the portal are done, those by mail wait to be sent.
    """
    here = local(now())
    day, calendar = here.date(), work_calendar()
    if not (OPENS <= here.time() < CLOSES and calendar.is_working(day)):
        return []
    if not insert_once(ReminderRun, {"day_on": day}):
        return []
    since = queries.last_run(day) or day - timedelta(days=1)
    due = list(_due(day, since))
    deliveries = [*_digests(due, day, Channel.APP)]
    if by_mail:
        _take_along(day)
        willing = reachable()
        new = set(db.session.scalars(queries.new_matches().with_only_columns(Notification.user_id)))
        to_mail = [one for one in due if one.user_id in willing]
        deliveries += _digests(to_mail, day, Channel.MAIL, besides=new & willing)
    return deliveries


def _due(day: date, since: date) -> Iterator[Due]:
    rules, calendar = queries.rules_on(day), work_calendar()
    addressees = queries.Addressees()
    steps: dict[date, Mapping[Audience, int]] = {}
    for task in queries.due_tasks(day, rules):
        due_on = task.due_on
        if due_on is None:
            continue
        if due_on not in steps:
            found = audiences(due_on, rules, since=since, day=day, calendar=calendar)
            steps[due_on] = {audience: step.days for audience, step in found.items()}
        people: dict[int, int] = {}
        for audience, step in steps[due_on].items():
            for user_id in addressees.by_audience(task, audience):
                people[user_id] = max(step, people.get(user_id, step))
        yield from (Due(user_id, task, step) for user_id, step in sorted(people.items()))


def _digests(
    due: Sequence[Due], day: date, channel: Channel, *, besides: Collection[int] = ()
) -> list[Delivery]:
    """Write one delivery per person and the reminders in it; one also for people with other news."""
    deliveries = deliver_to({*besides, *(one.user_id for one in due)}, channel, day_on=day)
    rows = [
        {
            "task_id": one.task.id,
            "due_on": one.task.due_on,
            "step": one.step,
            "user_id": one.user_id,
            "channel": channel,
            "delivery_id": deliveries[one.user_id].id,
        }
        for one in due
    ]
    insert_once(Reminder, *rows)
    if channel is Channel.APP:
        tasks: dict[int, list[Task]] = {user_id: [] for user_id in deliveries}
        for one in due:
            tasks[one.user_id].append(one.task)
        for user_id, delivery in deliveries.items():
            _announce(delivery, tasks[user_id])
    return list(deliveries.values())


def _announce(delivery: Delivery, tasks: Sequence[Task]) -> None:
    """Let the notifier put the digest into the person's list."""
    audit.record(
        "reminder.digested",
        on=delivery,
        by=None,
        to=delivery.user_id,
        titles=titles_of(tasks[:MOST_NAMED])[:300],
    )


def _take_along(day: date) -> None:
    """Make what could not be sent on former days today's digest: one mail per person, nothing lost.

    So is what a process held when it was killed, once its lease is over.
    """
    is_held = (Delivery.state == State.SENDING) & (Delivery.next_try_at <= now())
    waiting = select(Delivery).where(
        Delivery.channel == Channel.MAIL,
        Delivery.day_on < day,
        is_held | (Delivery.state == State.PENDING),
    )
    for delivery in db.session.scalars(waiting.order_by(Delivery.id)).all():
        delivery.state = State.PENDING
        key = f"digest/{day}/{delivery.user_id}/{Channel.MAIL}"
        there = db.session.scalar(select(Delivery.id).where(Delivery.key == key))
        if there is None:
            delivery.key, delivery.day_on = key, day
            delivery.created_at, delivery.attempts = (
                now(),
                0,
            )  # today's mail is not given up for yesterday's age
        else:
            moved = update(Reminder).where(Reminder.delivery_id == delivery.id).values(delivery_id=there)
            db.session.execute(moved)
            delivery.state = State.DROPPED
        db.session.flush()
