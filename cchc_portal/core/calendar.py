"""Deadlines: the last day that is in time, how many days are left, the words for it, and how they return."""

from datetime import date, timedelta

from cchc_portal.core.clock import today
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled

EXCLUSIVE = frozenset({"trước"})
SOON = 7  # days from which a deadline is worth a colour


class Recurrence(Labelled):
    """How often a duty returns: "định kỳ hằng tháng", say."""

    WEEKLY = "weekly", N_("Hằng tuần")
    MONTHLY = "monthly", N_("Hằng tháng")
    QUARTERLY = "quarterly", N_("Hằng quý")
    HALF_YEARLY = "half_yearly", N_("6 tháng một lần")
    YEARLY = "yearly", N_("Hằng năm")


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
