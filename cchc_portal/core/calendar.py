"""Days as people type them; deadlines: the last day in time, the days left, the words, how they return."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_portal.core.clock import today
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled

EXCLUSIVE = frozenset({"trước"})
SATURDAY = 5  # as `date.weekday` counts
SOON = 7  # days from which a deadline is worth a colour
DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y")  # the last from phones without "/"


_NAMED = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b")


def typed_day(typed: str) -> date | None:
    """Return a day typed the Vietnamese way, or as browsers and machines write it; None if it is none.

    >>> typed_day(" 5/3/2023 ") == typed_day("2023-03-05") == typed_day("05032023") == date(2023, 3, 5)
    True
    """
    bare = "".join(typed.split())
    for pattern in DAY_FORMATS:
        try:
            return datetime.strptime(bare, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


class Recurrence(Labelled):
    """How often a duty returns: "định kỳ hằng tháng", say."""

    WEEKLY = "weekly", N_("Hằng tuần")
    MONTHLY = "monthly", N_("Hằng tháng")
    QUARTERLY = "quarterly", N_("Hằng quý")
    HALF_YEARLY = "half_yearly", N_("6 tháng một lần")
    YEARLY = "yearly", N_("Hằng năm")


def names_another_day(words: str, day: date | None) -> bool:
    """Say whether the words of a deadline name a day, and not this one: somebody has set another.

    >>> names_another_day("trước ngày 01/12/2023", date(2026, 12, 5)), names_another_day("trước 5/3", date(2023, 3, 5))
    (True, False)
    """
    named = {(int(d), int(m), int(y or day.year)) for d, m, y in _NAMED.findall(words)} if day else set()
    return bool(named) and day is not None and (day.day, day.month, day.year) not in named


def last_day(deadline: date, *, operator: str = "") -> date:
    """Return the last day that is in time: "trước 15/3" leaves until the 14th.

    Args:
        deadline: the day that is written.
        operator: the word before it, "trước" or "chậm nhất" say; "" includes the day.
    """
    return deadline - timedelta(days=1) if operator in EXCLUSIVE else deadline


def days_left(deadline: date, *, operator: str = "") -> int:
    """Return the days from today until the last one; 0 on it, negative once it is over."""
    return (last_day(deadline, operator=operator) - today()).days


def words_for(days: int) -> str:
    """Return the message for a number of days left; "%(days)s" in it stands for their count."""
    if days == 0:
        return N_("hôm nay")
    return N_("còn %(days)s ngày") if days > 0 else N_("quá hạn %(days)s ngày")


@dataclass(frozen=True)
class WorkCalendar:
    """Which days the office works: Monday to Friday, but for holidays and Saturdays worked instead.

    Args:
        days_off: days on which nobody works, whatever the day of the week.
        days_worked: Saturdays and Sundays that make up for a day off; they win over `days_off`.
    """

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Say whether the office works on a day."""
        if day in self.days_worked:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working(self, day: date) -> date:
        """Return the day itself if the office works on it, else the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def previous_working(self, day: date) -> date:
        """Return the day itself if the office works on it, else the last working day before it."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """Return the working day that comes so many working days after a day, before it if negative.

        The day itself is not counted: a letter that comes on Monday and gives two working days is
        due on Wednesday. With 0 it is `next_working`.
        """
        if number == 0:
            return self.next_working(day)
        step = timedelta(days=1 if number > 0 else -1)
        for _working_day in range(abs(number)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` until `end` and with it; negative if `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)
