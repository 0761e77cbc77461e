"""The only source of time: UTC for storage, the office's zone for dates and the screen."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class _Office:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")


def use_zone(name: str) -> None:
    """Let the office's wall clock show the time of a zone, "Asia/Ho_Chi_Minh" unless told otherwise.

    Raises:
        ZoneInfoNotFoundError: there is no such zone.
    """
    _Office.zone = ZoneInfo(name)


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date it is in the office."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return a moment as the clock on the office's wall shows it."""
    return moment.astimezone(_Office.zone)
