"""Spans of time in addresses."""

from datetime import date

import pytest

from cchc_portal.follow_up.periods import month_of, span


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023-03", date(2023, 3, 1), date(2023, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-03-15", date(2023, 3, 15), date(2023, 3, 15)),
    ],
)
def test_span_gives_the_first_and_the_last_day(period: str, first: date, last: date) -> None:
    assert span(period) == (first, last)


@pytest.mark.parametrize(
    "period",
    [
        "",
        "23",
        "0000",
        "2023-13",
        "2023-00",
        "2023-Q5",
        "2023-Q0",
        "2023-02-30",
        "2023-3",
        "tháng 3",
        "2023-٠٣",
        " 2023",
        "2023-03-15-01",
    ],
)
def test_span_of_anything_else_is_none(period: str) -> None:
    assert span(period) is None


def test_month_of_a_day_is_written_with_two_digits() -> None:
    assert month_of(date(2023, 3, 15)) == "2023-03"
