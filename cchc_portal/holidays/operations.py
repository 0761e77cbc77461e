"""Keeping the table of holidays; reminders and deadlines in working days follow it at once."""

from datetime import date, timedelta

from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.calendar import SATURDAY
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.holidays.models import Holiday, Kind
from cchc_portal.holidays.rules import can_keep

LONGEST_BREAK = 31  # days
YEARS = range(2000, 2101)
TAKEN = N_("Có ngày đã nằm trong bảng; hãy sửa hoặc xóa dòng đó trước.")
NO_NAME = N_("Vui lòng ghi tên ngày lễ hoặc lý do làm bù.")
BACKWARDS = N_("Ngày cuối không được trước ngày đầu.")
TOO_LONG = N_("Mỗi lần thêm không quá 31 ngày.")
OUT_OF_RANGE = N_("Năm phải từ 2000 đến 2100.")
NO_WEEKEND = N_("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.")


def add(
    first: date, *, by: User, last: date | None = None, kind: Kind, name: str, source: str = ""
) -> list[Holiday]:
    """Write down a break, day by day, or days worked instead.

    Args:
        first: the first day.
        by: the Office or a leader.
        last: the last day; none for one day alone.
        kind: whether the office rests or works.
        name: what it is called.
        source: the law or notice that says so.

    Raises:
        NotAllowed: the person does not keep the table.
        Invalid: no name, a wrong range, a day worked within the week, or a day that is there already.
    """
    require(can_keep(by))
    days = _days(first, last or first)
    _check(days, kind, name)
    rows = [
        {"day_on": day, "kind": kind, "name": name.strip(), "source": source.strip(), "is_checked": True}
        for day in days
    ]
    if len(insert_once(Holiday, *rows)) < len(days):
        raise Invalid({"first": TAKEN})
    added = db.session.scalars(select(Holiday).where(Holiday.day_on.in_(days)).order_by(Holiday.day_on)).all()
    for holiday in added:
        audit.record("holiday.added", on=holiday, by=by, day=holiday.day_on.isoformat(), kind=kind)
    return list(added)


def correct(holiday: Holiday, *, by: User, day: date, kind: Kind, name: str, source: str = "") -> Holiday:
    """Write a day anew; it counts as held against the notice from then on.

    Raises:
        NotAllowed: the person does not keep the table.
        Invalid: no name, a wrong day, or another row has it.
    """
    require(can_keep(by))
    _check([day], kind, name)
    if db.session.scalar(select(Holiday.id).where(Holiday.day_on == day, Holiday.id != holiday.id)):
        raise Invalid({"first": TAKEN})
    former = holiday.day_on
    holiday.day_on, holiday.kind, holiday.name, holiday.source = day, kind, name.strip(), source.strip()
    holiday.is_checked = True
    audit.record(
        "holiday.corrected", on=holiday, by=by, former=former.isoformat(), day=day.isoformat(), kind=kind
    )
    return holiday


def remove(holiday: Holiday, *, by: User) -> Holiday:
    """Take a day out of the table: it is an ordinary day of its week again."""
    require(can_keep(by))
    audit.record("holiday.removed", on=holiday, by=by, day=holiday.day_on.isoformat(), kind=holiday.kind)
    db.session.delete(holiday)
    return holiday


def _days(first: date, last: date) -> list[date]:
    if last < first:
        raise Invalid({"last": BACKWARDS})
    if (last - first).days >= LONGEST_BREAK:
        raise Invalid({"last": TOO_LONG})
    if first.year not in YEARS or last.year not in YEARS:
        raise Invalid({"first": OUT_OF_RANGE})
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _check(days: list[date], kind: Kind, name: str) -> None:
    if not name.strip():
        raise Invalid({"name": NO_NAME})
    if any(day.year not in YEARS for day in days):
        raise Invalid({"first": OUT_OF_RANGE})
    if kind is Kind.WORKED and any(day.weekday() < SATURDAY for day in days):
        raise Invalid({"first": NO_WEEKEND})
