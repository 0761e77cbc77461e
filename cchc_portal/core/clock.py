"""The only source of time: UTC for storage, the office's zone for dates and the screen."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date it is in the office."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return a moment as the clock on the office's wall shows it."""
    return moment.astimezone(OFFICE_ZONE)
