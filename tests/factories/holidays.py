"""Days that differ from an ordinary week; far ones, so that those shipped stay as they are."""

from datetime import date, timedelta
from itertools import count

from cchc_portal.core.db import db
from cchc_portal.holidays.models import Holiday, Kind

_numbers = count()


def make_holiday(on: date | None = None, *, kind: Kind = Kind.OFF, **columns: object) -> Holiday:
    """Make a day off, in another place of the far future each time unless told."""
    day = on or date(2060, 1, 1) + timedelta(days=7 * next(_numbers))
    holiday = Holiday(day_on=day, kind=kind, **{"name": "Nghỉ bão", **columns})
    db.session.add(holiday)
    db.session.commit()
    return holiday
