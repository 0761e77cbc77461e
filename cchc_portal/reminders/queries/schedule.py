"""Reading what a day's reminders are made of."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from cchc_portal.core.clock import local, now
from cchc_portal.core.db import db
from cchc_portal.holidays.queries import work_calendar
from cchc_portal.reminders.models import ReminderRule, ReminderRun
from cchc_portal.reminders.schedule import CLOSES, OPENS, earliest_notice
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task


def rules_on(day: date) -> Sequence[ReminderRule]:
    """Return the schedule that holds on a day, in the order of its steps."""
    query = select(ReminderRule).where(ReminderRule.valid(day))
    order = (ReminderRule.timing, ReminderRule.days.desc(), ReminderRule.audience, ReminderRule.id)
    return db.session.scalars(query.order_by(*order)).all()


def last_run(before: date) -> date | None:
    """Return the last day before another whose reminders were written."""
    return db.session.scalar(select(func.max(ReminderRun.day_on)).where(ReminderRun.day_on < before))


def due_tasks(day: date, rules: Sequence[ReminderRule]) -> Sequence[Task]:
    """Return the tasks that wait for their units and whose deadline is near enough for the first rule."""
    query = tasks.running().where(Task.due_on <= day + earliest_notice(rules))
    return db.session.scalars(query.options(*tasks.LINE).order_by(Task.due_on, Task.id)).all()


def is_time_to_remind() -> bool:
    """Say whether today's reminders may be written and are not: a working day, from 07:00 to 19:00."""
    here = local(now())
    if not OPENS <= here.time() < CLOSES:
        return False
    if db.session.get(ReminderRun, here.date()) is not None:
        return False
    return work_calendar().is_working(here.date())
