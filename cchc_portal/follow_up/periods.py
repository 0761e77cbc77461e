"""Spans of time as they stand in addresses: "2023", "2023-Q1", "2023-03", "2023-03-15"."""

import re
from calendar import monthrange
from datetime import date

_SPAN = re.compile(
    r"(?P<year>[12]\d{3})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?", re.ASCII
)


def span(period: str) -> tuple[date, date] | None:
    """Return the first and the last day of a period; None for anything else.

    >>> span("2023-Q1")
    (datetime.date(2023, 1, 1), datetime.date(2023, 3, 31))
    """
    found = _SPAN.fullmatch(period)
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        last_month = 3 * int(found["quarter"])
        return date(year, last_month - 2, 1), _end_of(year, last_month)
    try:
        first = date(year, int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return None
    return first, first if found["day"] else _end_of(year, first.month if found["month"] else 12)


def month_of(day: date) -> str:
    """Return the month of a day as it stands in addresses."""
    return f"{day.year}-{day.month:02}"


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
