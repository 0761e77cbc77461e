"""Reading holidays."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import extract, select

from cchc_portal.accounts.models import User
from cchc_portal.core.calendar import WorkCalendar
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.holidays.models import Holiday, Kind
from cchc_portal.holidays.rules import can_keep


def work_calendar() -> WorkCalendar:
    """Return the days on which the office works, as the Office has written them down; one query."""
    days: dict[Kind, set[date]] = {kind: set() for kind in Kind}
    for day, kind in db.session.execute(select(Holiday.day_on, Holiday.kind)):
        days[kind].add(day)
    return WorkCalendar(frozenset(days[Kind.OFF]), frozenset(days[Kind.WORKED]))


def of_year(year: int) -> Sequence[Holiday]:
    """Return the days of a year that differ from an ordinary week, in their order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = select(Holiday).where(Holiday.day_on.between(first, last))
    return db.session.scalars(query.order_by(Holiday.day_on)).all()


def years() -> list[int]:
    """Return the years that have days in the table, and this and the next one, in their order."""
    there = db.session.scalars(select(extract("year", Holiday.day_on)).distinct())
    return sorted({*map(int, there), today().year, today().year + 1})


def get(holiday_id: int, *, to: User) -> Holiday:
    """Return one day, for those who keep the table.

    Raises:
        NotFound: there is none, or the person does not keep the table.
    """
    holiday = db.session.get(Holiday, holiday_id)
    if holiday is None or not can_keep(to):
        raise NotFound
    return holiday
