"""Working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.calendar import WorkCalendar

TET = frozenset(date(2023, 1, day) for day in range(20, 27))
OFFICE = WorkCalendar(TET | {date(2024, 4, 29)}, frozenset({date(2024, 5, 4)}))

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    days_off=st.frozensets(DAYS, max_size=40),
    days_worked=st.frozensets(DAYS, max_size=10),
)
NUMBERS = st.integers(-30, 30)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 1, 19), True),  # Thursday before Tết
        (date(2023, 1, 20), False),
        (date(2023, 1, 26), False),
        (date(2023, 1, 27), True),
        (date(2023, 1, 28), False),  # Saturday
        (date(2024, 4, 29), False),  # Monday exchanged
        (date(2024, 5, 4), True),  # for this Saturday
        (date(2024, 5, 5), False),
    ],
)
def test_is_working(day: date, works: bool) -> None:  # noqa: FBT001
    assert OFFICE.is_working(day) is works


def test_a_day_in_both_lists_is_worked() -> None:
    day = date(2024, 5, 4)

    assert WorkCalendar(frozenset({day}), frozenset({day})).is_working(day)


def test_next_and_previous_working_day_step_over_tet() -> None:
    middle = date(2023, 1, 22)

    assert OFFICE.next_working(middle) == date(2023, 1, 27)
    assert OFFICE.previous_working(middle) == date(2023, 1, 19)


@pytest.mark.parametrize(
    ("day", "number", "due"),
    [
        (date(2023, 3, 6), 2, date(2023, 3, 8)),  # Monday and two days
        (date(2023, 3, 10), 1, date(2023, 3, 13)),  # Friday
        (date(2023, 3, 11), 1, date(2023, 3, 13)),  # Saturday
        (date(2023, 1, 19), 1, date(2023, 1, 27)),
        (date(2023, 1, 27), -1, date(2023, 1, 19)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2023, 1, 22), 0, date(2023, 1, 27)),
        (date(2023, 1, 27), 0, date(2023, 1, 27)),
    ],
)
def test_add_working_days(day: date, number: int, due: date) -> None:
    assert OFFICE.add_working_days(day, number) == due


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2023, 3, 6), date(2023, 3, 6), 0),
        (date(2023, 3, 6), date(2023, 3, 8), 2),
        (date(2023, 3, 8), date(2023, 3, 6), -2),
        (date(2023, 3, 10), date(2023, 3, 12), 0),
        (date(2023, 1, 19), date(2023, 1, 30), 2),
    ],
)
def test_working_days_between(start: date, end: date, number: int) -> None:
    assert OFFICE.working_days_between(start, end) == number


@given(CALENDARS, DAYS)
def test_nearest_working_days_are_working_and_nothing_lies_between(calendar: WorkCalendar, day: date) -> None:
    after, before = calendar.next_working(day), calendar.previous_working(day)

    assert (calendar.is_working(after), calendar.is_working(before)) == (True, True)
    assert before <= day <= after
    between = (before + timedelta(days=number) for number in range(1, (after - before).days))
    assert [one for one in between if calendar.is_working(one)] == []


@given(CALENDARS, DAYS, NUMBERS)
def test_adding_days_lands_on_a_working_day_so_many_days_away(
    calendar: WorkCalendar, day: date, number: int
) -> None:
    due = calendar.add_working_days(day, number)

    assert calendar.is_working(due)
    if number > 0:
        assert calendar.working_days_between(day, due) == number
    elif number < 0:
        assert calendar.working_days_between(due - timedelta(days=1), day - timedelta(days=1)) == -number


@given(CALENDARS, DAYS, st.integers(1, 15), st.integers(1, 15))
def test_adding_days_in_two_steps_is_adding_them_at_once(
    calendar: WorkCalendar, day: date, first: int, second: int
) -> None:
    in_steps = calendar.add_working_days(calendar.add_working_days(day, first), second)

    assert in_steps == calendar.add_working_days(day, first + second)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_days_between_add_up(calendar: WorkCalendar, first: date, second: date, third: date) -> None:
    whole = calendar.working_days_between(first, third)

    assert whole == calendar.working_days_between(first, second) + calendar.working_days_between(
        second, third
    )


@given(CALENDARS, DAYS, st.integers(0, 400))
def test_more_days_never_land_earlier(calendar: WorkCalendar, day: date, number: int) -> None:
    later = day + timedelta(days=number)

    assert calendar.add_working_days(day, 5) <= calendar.add_working_days(later, 5)
