"""Periods in which duties return: "2023-W10", "2023-03", "2023-Q1", "2023-H1", "2023".

Pure arithmetic of dates. Weeks are those of ISO 8601, which Vietnamese calendars count alike: they
begin on Monday, and the first week of a year is the one with its first Thursday.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from cchc_portal.core.calendar import Recurrence

MONTHS = {  # how many a period has
    Recurrence.MONTHLY: 1,
    Recurrence.QUARTERLY: 3,
    Recurrence.HALF_YEARLY: 6,
    Recurrence.YEARLY: 12,
}
_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<kind>[WQH]?)(?P<number>\d{1,2}))?")
_KINDS = {
    "W": Recurrence.WEEKLY,
    "Q": Recurrence.QUARTERLY,
    "H": Recurrence.HALF_YEARLY,
    "": Recurrence.MONTHLY,
}


def period_of(day: date, recurrence: Recurrence) -> str:
    """Return the period that a day lies in."""
    if recurrence is Recurrence.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return f"{year:04}-W{week:02}"
    number = (day.month - 1) // MONTHS[recurrence] + 1
    return {
        Recurrence.MONTHLY: f"{day.year:04}-{number:02}",
        Recurrence.QUARTERLY: f"{day.year:04}-Q{number}",
        Recurrence.HALF_YEARLY: f"{day.year:04}-H{number}",
        Recurrence.YEARLY: f"{day.year:04}",
    }[recurrence]


def recurrence_of(period: str) -> Recurrence:
    """Return how often a duty returns that has such periods.

    Raises:
        ValueError: it is no period.
    """
    return _read(period)[0]


def span(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period.

    Raises:
        ValueError: it is no period.
    """
    recurrence, year, number = _read(period)
    if recurrence is Recurrence.WEEKLY:
        monday = date.fromisocalendar(year, number, 1)
        return monday, monday + timedelta(days=6)
    months = MONTHS[recurrence]
    last_month = number * months
    last = date(year, last_month, monthrange(year, last_month)[1])
    return date(year, last_month - months + 1, 1), last


def due_in(period: str, day: int | None) -> date:
    """Return the day of a period on which a duty is due.

    Args:
        period: which one.
        day: of the week (1 is Monday), or of the period's last month; the last one where the month
            has no such day, and where none is given.
    """
    _first, last = span(period)
    if day is None:
        return last
    if recurrence_of(period) is Recurrence.WEEKLY:
        return last - timedelta(days=7 - min(max(day, 1), 7))
    return last.replace(day=min(max(day, 1), last.day))


def next_period(period: str) -> str:
    """Return the period that follows."""
    return period_of(span(period)[1] + timedelta(days=1), recurrence_of(period))


def periods_until(period: str, day: date, *, most: int) -> list[str]:
    """Return the periods after one until the one a day lies in: the last `most` of them, in order."""
    recurrence = recurrence_of(period)
    found: list[str] = []
    current = day
    while len(found) < most and (name := period_of(current, recurrence)) > period:
        found.append(name)
        current = span(name)[0] - timedelta(days=1)
    return found[::-1]


def _read(period: str) -> tuple[Recurrence, int, int]:
    match = _FORM.fullmatch(period)
    if match is None:
        raise ValueError(f"no period: {period}")
    if match["number"] is None:
        return Recurrence.YEARLY, int(match["year"]), 1
    return _KINDS[match["kind"]], int(match["year"]), int(match["number"])
