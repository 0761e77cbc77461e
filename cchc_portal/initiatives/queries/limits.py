"""What the writer should look at again before submitting, time limits of the day included."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.content import Content, read, warnings
from cchc_portal.initiatives.models import REQUEST_RECOGNITION, Kind, TimeLimit

TOO_LATE = N_("Ngày áp dụng lần đầu đã quá thời hạn được yêu cầu công nhận sáng kiến.")


def warnings_about(raw: Mapping[str, Any]) -> list[str]:
    """Return what to look at again: personal data, state secrets, a time limit that has passed."""
    late = [TOO_LATE] if is_late(read(raw), on=today()) else []
    return [*warnings(raw), *late]


def is_late(content: Content, *, on: date) -> bool:
    """Say whether recognition can no longer be requested (Nghị định 13/2012/NĐ-CP, Điều 5 khoản 2)."""
    if content.kind is not Kind.INITIATIVE or content.first_applied_on is None:
        return False
    limit = months_allowed(REQUEST_RECOGNITION, on=on)
    return limit is not None and _later(content.first_applied_on, months=limit) < on


def months_allowed(name: str, *, on: date) -> int | None:
    """Return a time limit as it stands on a day; None if there is none."""
    query = select(TimeLimit.months).where(TimeLimit.name == name, TimeLimit.valid(on))
    return db.session.scalar(query.order_by(TimeLimit.valid_from.desc()).limit(1))


def _later(day: date, *, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
