"""Reading who was reminded of what, and what they said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.calendar import SOON
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.reminders.models import Channel, Delivery, Reminder, State, Urging
from cchc_portal.reminders.rules import can_oversee, can_read_history
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task

MOST_OWN = 100
MOST_OF_TASK = 100
SOON_ENOUGH = timedelta(days=SOON)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the log; None means all."""

    unit_id: int | None = None
    state: State | None = None
    channel: Channel | None = None
    is_answered: bool | None = None


def log(*, to: User, wanted: Wanted, before: int | None = None, limit: int) -> Sequence[Reminder]:
    """Return reminders, the newest first, for those who oversee the work.

    Raises:
        NotFound: the person does not.
    """
    if not can_oversee(to):
        raise NotFound
    query = select(Reminder).join(Reminder.delivery).join(Reminder.task).options(*_LINE)
    if wanted.unit_id is not None:
        query = query.where(Task.unit_id == wanted.unit_id)
    if wanted.state is not None:
        query = query.where(Delivery.state == wanted.state)
    if wanted.channel is not None:
        query = query.where(Reminder.channel == wanted.channel)
    if wanted.is_answered is not None:
        is_answered = Reminder.answered_at.is_not(None)
        query = query.where(is_answered if wanted.is_answered else ~is_answered)
    if before is not None:
        query = query.where(Reminder.id < before)
    return db.session.scalars(query.order_by(Reminder.id.desc()).limit(limit)).unique().all()


def own(*, to: User) -> Sequence[Reminder]:
    """Return the last reminder of each open task that a person was reminded of, the nearest deadline first."""
    waiting = tasks.running(to=to).with_only_columns(Task.id)
    last = (
        select(func.max(Reminder.id))
        .where(Reminder.user_id == to.id, Reminder.task_id.in_(waiting))
        .group_by(Reminder.task_id)
    )
    query = select(Reminder).join(Reminder.delivery).join(Reminder.task).where(Reminder.id.in_(last))
    query = query.options(*_LINE).order_by(Task.due_on, Task.id).limit(MOST_OWN)
    return db.session.scalars(query).unique().all()


def of_task(task: Task, *, to: User) -> Sequence[Reminder]:
    """Return who was reminded of a task, the newest first.

    Raises:
        NotFound: the person neither works on it nor oversees the work.
    """
    if not can_read_history(to, task):
        raise NotFound
    query = select(Reminder).join(Reminder.delivery).where(Reminder.task_id == task.id)
    query = query.options(
        contains_eager(Reminder.delivery),
        joinedload(Reminder.user),
        joinedload(Reminder.urging).joinedload(Urging.by),
    )
    return db.session.scalars(query.order_by(Reminder.id.desc()).limit(MOST_OF_TASK)).all()


def get(reminder_id: int, *, to: User) -> Reminder:
    """Return a reminder of the person's own.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    reminder = db.session.get(Reminder, reminder_id)
    if reminder is None or reminder.user_id != to.id:
        raise NotFound
    return reminder


def to_urge(unit: Unit, *, to: User) -> Sequence[Task]:
    """Return the tasks for which a unit may be urged: overdue, or due within a week.

    Raises:
        NotFound: the person does not oversee the work.
    """
    if not can_oversee(to):
        raise NotFound
    within = tasks.running(to=to).where(Task.unit_id == unit.id, Task.due_on <= today() + SOON_ENOUGH)
    return db.session.scalars(within.options(*tasks.LINE).order_by(Task.due_on, Task.id)).all()


def last_urgings(unit_ids: Collection[int]) -> dict[int, Urging]:
    """Return the last urging of each unit that ever was urged, in one query; for boards."""
    last = select(func.max(Urging.id)).where(Urging.unit_id.in_(unit_ids)).group_by(Urging.unit_id)
    query = select(Urging).where(Urging.id.in_(last)).options(joinedload(Urging.by))
    return {urging.unit_id: urging for urging in db.session.scalars(query)}


def is_urged_again(unit: Unit) -> bool:
    """Say whether a unit was urged a second time today."""
    again = exists().where(Urging.unit_id == unit.id, Urging.day_on == today(), Urging.is_again)
    return bool(db.session.scalar(select(again)))


_LINE = (
    contains_eager(Reminder.delivery),
    contains_eager(Reminder.task).options(*tasks.LINE),
    joinedload(Reminder.user),
    joinedload(Reminder.urging).joinedload(Urging.by),
)
