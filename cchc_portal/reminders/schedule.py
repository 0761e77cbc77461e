"""When a deadline is worth a reminder: pure arithmetic over the Office's rules and working days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from cchc_portal.core.calendar import WorkCalendar
from cchc_portal.reminders.models import Audience, ReminderRule, Timing

OPENS, CLOSES = time(7), time(19)  # nobody is reminded at night


@dataclass(frozen=True, order=True)
class Step:
    """A step of a deadline: the day on which it is taken, and the distance from the last day in time.

    Args:
        on: a working day.
        days: calendar days, negative before it, 0 on it; working days once it is over.
    """

    on: date
    days: int


def step_of(
    due_on: date, rules: Iterable[ReminderRule], *, since: date, day: date, calendar: WorkCalendar
) -> Step | None:
    """Return the last step of a deadline that falls on a day after `since` until `day`.

    Steps before the deadline, and the last day itself, that fall on a free day are taken on the
    working day before: afterwards it would be too late to act. Steps of overdue tasks count working
    days, so that they fall on one by themselves. Of several on one day the nearest to the deadline
    stands for all.
    """
    steps = (step for rule in rules for step in _steps(rule, due_on, day, calendar))
    return max((step for step in steps if since < step.on <= day), default=None)


def audiences(
    due_on: date, rules: Sequence[ReminderRule], *, since: date, day: date, calendar: WorkCalendar
) -> dict[Audience, Step]:
    """Return whom a deadline reminds on a day, with the step of each."""
    found = {}
    for audience in Audience:
        own = [rule for rule in rules if rule.audience is audience]
        if step := step_of(due_on, own, since=since, day=day, calendar=calendar):
            found[audience] = step
    return found


def earliest_notice(rules: Iterable[ReminderRule]) -> timedelta:
    """Return how long before a deadline the first rule speaks at most, moved days included."""
    longest = max((rule.days for rule in rules if rule.timing is Timing.BEFORE), default=0)
    return timedelta(days=longest + 31)


def _steps(rule: ReminderRule, due_on: date, day: date, calendar: WorkCalendar) -> Iterator[Step]:
    if rule.timing is Timing.BEFORE:
        yield Step(calendar.previous_working(due_on - timedelta(days=rule.days)), -rule.days)
        return
    over = calendar.working_days_between(due_on, day)
    if over >= rule.days:
        days = over - (over - rule.days) % (rule.every or 1)
        yield Step(calendar.add_working_days(due_on, days), days)
