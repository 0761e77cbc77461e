"""The only source of time: UTC for storage, the office's zone for dates and the screen."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cchc_portal.core.errors import NotFound


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


def microseconds(moment: datetime) -> int:
    """Return a moment as a whole number, for the mark of a page."""
    return round(moment.timestamp() * 1e6)


def moment_of(number: int) -> datetime:
    """Return the moment of a whole number.

    Raises:
        NotFound: the number was made up; there is no such year.
    """
    try:
        return datetime.fromtimestamp(number / 1e6, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise NotFound from error
