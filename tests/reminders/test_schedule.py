"""When a deadline is worth a reminder."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.calendar import WorkCalendar
from cchc_portal.reminders.models import Audience, ReminderRule, Timing
from cchc_portal.reminders.schedule import Step, audiences, earliest_notice, step_of

TET = frozenset(date(2023, 1, day) for day in range(20, 27))
CALENDAR = WorkCalendar(TET)
EVE = date(2022, 12, 1)  # nothing was taken before


def rule(
    timing: Timing, days: int, every: int | None = None, audience: Audience = Audience.ASSIGNEE
) -> ReminderRule:
    return ReminderRule(timing=timing, days=days, every=every, audience=audience)


BEFORE = [rule(Timing.BEFORE, days) for days in (14, 7, 3, 1, 0)]
SHIPPED = [
    *BEFORE,
    rule(Timing.BEFORE, 1, audience=Audience.HEAD),
    rule(Timing.BEFORE, 0, audience=Audience.HEAD),
    rule(Timing.OVERDUE, 2, 2),
    rule(Timing.OVERDUE, 2, 2, Audience.HEAD),
    rule(Timing.OVERDUE, 6, 2, Audience.LEADER),
]


def taken(due_on: date, days: int = 60, calendar: WorkCalendar = CALENDAR) -> list[tuple[date, int]]:
    """Return the steps taken when somebody comes by on every working day."""
    first = due_on - timedelta(days=40)
    found, since = [], first
    for number in range(days):
        day = first + timedelta(days=number)
        if calendar.is_working(day):
            if step := step_of(due_on, SHIPPED, since=since, day=day, calendar=calendar):
                found.append((day, step.days))
            since = day
    return found


def test_steps_of_an_ordinary_deadline() -> None:
    assert taken(date(2023, 3, 14)) == [
        (date(2023, 2, 28), -14),
        (date(2023, 3, 7), -7),
        (date(2023, 3, 10), -3),  # the 11th is a Saturday
        (date(2023, 3, 13), -1),
        (date(2023, 3, 14), 0),
        (date(2023, 3, 16), 2),
        (date(2023, 3, 20), 4),
        (date(2023, 3, 22), 6),
        (date(2023, 3, 24), 8),
        (date(2023, 3, 28), 10),
        (date(2023, 3, 30), 12),
    ]


def test_a_deadline_within_tet_is_called_on_the_last_day_before_it() -> None:
    steps = taken(date(2023, 1, 25))

    assert [step for step in steps if step[0] < date(2023, 2, 3)] == [
        (date(2023, 1, 11), -14),
        (date(2023, 1, 18), -7),
        (date(2023, 1, 19), 0),  # stands for 3 and 1 days before, which are free days too
        (date(2023, 1, 30), 2),
        (date(2023, 2, 1), 4),
    ]


def test_overdue_steps_do_not_count_tet() -> None:
    steps = taken(date(2023, 1, 18))

    assert [day for day, days in steps if days in {2, 4}] == [date(2023, 1, 27), date(2023, 1, 31)]


def test_a_saturday_worked_counts() -> None:
    calendar = WorkCalendar(frozenset({date(2024, 4, 29)}), frozenset({date(2024, 5, 4)}))

    steps = taken(date(2024, 5, 4), calendar=calendar)

    assert (date(2024, 5, 4), 0) in steps


@pytest.mark.parametrize(
    ("day", "whom"),
    [
        (date(2023, 3, 7), {Audience.ASSIGNEE: -7}),
        (date(2023, 3, 13), {Audience.ASSIGNEE: -1, Audience.HEAD: -1}),
        (date(2023, 3, 14), {Audience.ASSIGNEE: 0, Audience.HEAD: 0}),
        (date(2023, 3, 15), {}),
        (date(2023, 3, 16), {Audience.ASSIGNEE: 2, Audience.HEAD: 2}),
        (date(2023, 3, 22), {Audience.ASSIGNEE: 6, Audience.HEAD: 6, Audience.LEADER: 6}),
    ],
)
def test_the_longer_it_takes_the_more_people_hear_of_it(day: date, whom: dict[Audience, int]) -> None:
    since = day - timedelta(days=1)

    found = audiences(date(2023, 3, 14), SHIPPED, since=since, day=day, calendar=CALENDAR)

    assert {audience: step.days for audience, step in found.items()} == whom


def test_after_days_of_standstill_the_last_step_stands_for_all() -> None:
    step = step_of(
        date(2023, 3, 14), SHIPPED, since=date(2023, 3, 6), day=date(2023, 3, 15), calendar=CALENDAR
    )

    assert step == Step(date(2023, 3, 14), 0)


def test_nothing_is_taken_twice() -> None:
    day = date(2023, 3, 14)

    assert step_of(day, SHIPPED, since=day, day=day, calendar=CALENDAR) is None


def test_without_rules_nobody_is_reminded() -> None:
    assert step_of(date(2023, 3, 14), [], since=EVE, day=date(2023, 3, 14), calendar=CALENDAR) is None
    assert audiences(date(2023, 3, 14), [], since=EVE, day=date(2023, 3, 14), calendar=CALENDAR) == {}


def test_earliest_notice_reaches_over_the_longest_break() -> None:
    assert earliest_notice(SHIPPED) == timedelta(days=45)
    assert earliest_notice([]) == timedelta(days=31)


DAYS = st.dates(date(2022, 6, 1), date(2024, 6, 1))
CALENDARS = st.builds(WorkCalendar, days_off=st.frozensets(DAYS, max_size=60))


@given(DAYS, CALENDARS)
def test_every_step_is_taken_once_on_a_working_day(due_on: date, calendar: WorkCalendar) -> None:
    steps = taken(due_on, days=80, calendar=calendar)

    assert [day for day, _ in steps if not calendar.is_working(day)] == []
    assert len({days for _, days in steps}) == len(steps)
    assert [days for _, days in steps] == sorted(days for _, days in steps)


@given(DAYS, CALENDARS)
def test_the_last_day_is_always_called_not_later_than_it_is(due_on: date, calendar: WorkCalendar) -> None:
    called = [day for day, days in taken(due_on, days=80, calendar=calendar) if days == 0]

    assert called == [calendar.previous_working(due_on)]


@given(DAYS, CALENDARS, st.integers(0, 60), st.integers(0, 30))
def test_standing_still_loses_no_deadline(
    due_on: date, calendar: WorkCalendar, offset: int, still: int
) -> None:
    back = calendar.next_working(due_on - timedelta(days=20) + timedelta(days=offset))
    since = back - timedelta(days=still + 1)
    daily = [
        step
        for number in range(1, still + 2)
        if (day := since + timedelta(days=number)) <= back
        and (step := step_of(due_on, SHIPPED, since=day - timedelta(days=1), day=day, calendar=calendar))
    ]

    step = step_of(due_on, SHIPPED, since=since, day=back, calendar=calendar)

    assert step == max(daily, default=None)
