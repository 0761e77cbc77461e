"""Periods: names, days, what follows what, over every day of two centuries."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.calendar import Recurrence
from cchc_portal.core.periods import due_in, next_period, period_of, periods_until, recurrence_of, span

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2149, 12, 31))
recurrences = st.sampled_from(Recurrence)
one_day = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "recurrence", "period", "first", "last"),
    [
        (date(2023, 3, 15), Recurrence.WEEKLY, "2023-W11", date(2023, 3, 13), date(2023, 3, 19)),
        (date(2023, 1, 1), Recurrence.WEEKLY, "2022-W52", date(2022, 12, 26), date(2023, 1, 1)),
        (date(2020, 12, 31), Recurrence.WEEKLY, "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        (date(2024, 2, 5), Recurrence.MONTHLY, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 3, 31), Recurrence.QUARTERLY, "2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        (date(2023, 10, 1), Recurrence.QUARTERLY, "2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        (date(2023, 6, 30), Recurrence.HALF_YEARLY, "2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), Recurrence.HALF_YEARLY, "2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        (date(2023, 7, 1), Recurrence.YEARLY, "2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_period_of_a_day(day: date, recurrence: Recurrence, period: str, first: date, last: date) -> None:
    assert (period_of(day, recurrence), span(period)) == (period, (first, last))


@pytest.mark.parametrize(
    ("period", "day", "due"),
    [
        ("2023-02", 31, date(2023, 2, 28)),
        ("2024-02", 31, date(2024, 2, 29)),
        ("2023-04", 31, date(2023, 4, 30)),
        ("2023-03", 20, date(2023, 3, 20)),
        ("2023-03", None, date(2023, 3, 31)),
        ("2023-Q1", 15, date(2023, 3, 15)),
        ("2023-H2", 31, date(2023, 12, 31)),
        ("2023", 10, date(2023, 12, 10)),
        ("2023-W11", 1, date(2023, 3, 13)),
        ("2023-W11", 5, date(2023, 3, 17)),
        ("2023-W11", 7, date(2023, 3, 19)),
        ("2023-W11", None, date(2023, 3, 19)),
        ("2023-W11", 9, date(2023, 3, 19)),
        ("2023-03", 0, date(2023, 3, 1)),
    ],
)
def test_day_on_which_a_duty_is_due(period: str, day: int | None, due: date) -> None:
    assert due_in(period, day) == due


@pytest.mark.parametrize(
    "word", ["", "2023-", "2023-W", "23-03", "2023-Q1x", "2023-X1", "2023-W60", "2023-13"]
)
def test_word_that_is_no_period_is_refused(word: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  from wherever it is met: our pattern, or the calendar
        span(word)


@given(days, recurrences)
def test_day_lies_in_its_period(day: date, recurrence: Recurrence) -> None:
    period = period_of(day, recurrence)

    first, last = span(period)
    assert first <= day <= last
    assert recurrence_of(period) is recurrence
    assert period_of(first, recurrence) == period_of(last, recurrence) == period
    assert len(period) <= 10


@given(days, recurrences)
def test_periods_follow_each_other_without_a_gap(day: date, recurrence: Recurrence) -> None:
    period = period_of(day, recurrence)

    following = next_period(period)

    assert span(following)[0] == span(period)[1] + one_day
    assert following > period  # as words too: lists are sorted by them


@given(days, recurrences, st.one_of(st.none(), st.integers(min_value=-5, max_value=40)))
def test_duty_is_due_within_its_period(day: date, recurrence: Recurrence, wanted: int | None) -> None:
    period = period_of(day, recurrence)

    due = due_in(period, wanted)

    assert span(period)[0] <= due <= span(period)[1]
    assert period_of(due, recurrence) == period


@given(days, st.integers(min_value=0, max_value=900), recurrences, st.integers(min_value=1, max_value=5))
def test_missed_periods_are_the_last_ones_in_order(
    day: date, later: int, recurrence: Recurrence, most: int
) -> None:
    known, today = period_of(day, recurrence), day + timedelta(days=later)

    missed = periods_until(known, today, most=most)

    everything, period = [], known
    while period < period_of(today, recurrence):
        period = next_period(period)
        everything.append(period)
    assert missed == everything[-most:]


def test_nothing_is_missed_in_the_same_period_or_before_it() -> None:
    assert periods_until("2023-03", date(2023, 3, 31), most=3) == []
    assert periods_until("2023-03", date(2022, 1, 1), most=3) == []
