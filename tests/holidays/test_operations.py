from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.audit import Event
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, NotAllowed
from cchc_portal.holidays import operations, queries
from cchc_portal.holidays.models import Holiday, Kind
from tests.factories.accounts import make_user
from tests.factories.holidays import make_holiday

FIRST, LAST = date(2040, 1, 30), date(2040, 2, 2)
SATURDAY = date(2040, 1, 7)


def office() -> User:
    return make_user(Role.OFFICE)


def test_add_writes_every_day_of_a_break(app: Flask) -> None:
    by = office()

    operations.add(FIRST, last=LAST, by=by, kind=Kind.OFF, name=" Tết ", source=" TB 1 ")
    db.session.commit()

    found = queries.of_year(2040)
    assert [holiday.day_on for holiday in found] == [
        date(2040, 1, 30),
        date(2040, 1, 31),
        date(2040, 2, 1),
        date(2040, 2, 2),
    ]
    assert {(one.kind, one.name, one.source, one.is_checked) for one in found} == {
        (Kind.OFF, "Tết", "TB 1", True)
    }
    assert [event.data["day"] for event in _events("holiday.added")] == [
        "2040-01-30",
        "2040-01-31",
        "2040-02-01",
        "2040-02-02",
    ]


def test_add_of_one_day_needs_no_last(app: Flask) -> None:
    operations.add(SATURDAY, by=office(), kind=Kind.WORKED, name="Làm bù")

    assert [holiday.day_on for holiday in queries.of_year(2040)] == [SATURDAY]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"last": date(2040, 1, 29)}, "last"),
        ({"last": date(2040, 3, 1)}, "last"),
        ({"kind": Kind.WORKED}, "first"),  # a Monday
    ],
)
def test_add_refuses_what_cannot_be(app: Flask, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.add(FIRST, **{"by": office(), "kind": Kind.OFF, "name": "Tết", **changes})  # type: ignore[arg-type]

    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("year", [1999, 2101, 1, 9999])
def test_add_refuses_years_nobody_plans(app: Flask, year: int) -> None:
    with pytest.raises(Invalid) as refused:
        operations.add(date(year, 6, 1), by=office(), kind=Kind.OFF, name="Tết")

    assert list(refused.value.errors) == ["first"]


def test_add_of_a_day_that_is_there_refuses_the_whole_break(app: Flask) -> None:
    by, there = office(), make_holiday(date(2040, 1, 31))

    with pytest.raises(Invalid), unit_of_work():
        operations.add(FIRST, last=LAST, by=by, kind=Kind.OFF, name="Tết")

    assert queries.of_year(2040) == [there]


def test_racing_additions_of_a_day_leave_one(app: Flask) -> None:
    office_id = office().id
    db.session.remove()

    def act(_number: int) -> str:
        with app.app_context():
            try:
                with unit_of_work():
                    by = db.session.get_one(User, office_id)
                    operations.add(SATURDAY, by=by, kind=Kind.WORKED, name="Làm bù")
            except Invalid:
                return "there"
            return "added"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(act, range(4)))

    assert outcomes == ["added", "there", "there", "there"]
    assert len(queries.of_year(2040)) == 1


def test_correct_writes_the_day_anew_and_marks_it_checked(app: Flask) -> None:
    holiday = make_holiday(FIRST, is_checked=False)

    operations.correct(holiday, by=office(), day=LAST, kind=Kind.OFF, name="Nghỉ Tết", source="TB 2")
    db.session.commit()

    assert (holiday.day_on, holiday.name, holiday.source, holiday.is_checked) == (
        LAST,
        "Nghỉ Tết",
        "TB 2",
        True,
    )
    assert [event.data["former"] for event in audit.of(holiday)] == ["2040-01-30"]


def test_correct_to_its_own_day_is_fine(app: Flask) -> None:
    holiday = make_holiday(FIRST)

    operations.correct(holiday, by=office(), day=FIRST, kind=Kind.OFF, name="Nghỉ Tết")

    assert holiday.name == "Nghỉ Tết"


def test_correct_to_a_day_of_another_row_is_refused(app: Flask) -> None:
    make_holiday(FIRST)

    with pytest.raises(Invalid):
        operations.correct(make_holiday(), by=office(), day=FIRST, kind=Kind.OFF, name="Nghỉ Tết")


def test_remove_makes_it_an_ordinary_day(app: Flask) -> None:
    operations.remove(make_holiday(FIRST), by=office())
    db.session.commit()

    assert queries.work_calendar().is_working(FIRST)
    assert [event.data["day"] for event in _events("holiday.removed")] == ["2040-01-30"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
@pytest.mark.parametrize(
    "act",
    [
        lambda user, _holiday: operations.add(FIRST, by=user, kind=Kind.OFF, name="Tết"),
        lambda user, holiday: operations.correct(holiday, by=user, day=LAST, kind=Kind.OFF, name="Tết"),
        lambda user, holiday: operations.remove(holiday, by=user),
    ],
    ids=["add", "correct", "remove"],
)
def test_others_may_only_look(app: Flask, act: Callable[[User, Holiday], object], role: Role) -> None:
    holiday = make_holiday()

    with pytest.raises(NotAllowed):
        act(make_user(role), holiday)


def _events(name: str) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.name == name).order_by(Event.id)))
