from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.core.clock import today
from cchc_portal.core.errors import NotFound
from cchc_portal.holidays import queries
from cchc_portal.holidays.models import Kind
from tests.factories.accounts import make_user
from tests.factories.holidays import make_holiday


@pytest.mark.parametrize(
    ("first", "last", "working"),
    [
        # the working days between two days, both counted, as the notices of those years gave them
        (date(2023, 1, 16), date(2023, 1, 31), [16, 17, 18, 19, 27, 30, 31]),
        (date(2023, 4, 24), date(2023, 5, 5), [24, 25, 26, 27, 28, 4, 5]),
        (date(2023, 8, 31), date(2023, 9, 5), [31, 5]),
        (date(2024, 2, 5), date(2024, 2, 16), [5, 6, 7, 15, 16]),
        (date(2024, 4, 25), date(2024, 5, 6), [25, 26, 2, 3, 4, 6]),
        (date(2025, 1, 23), date(2025, 2, 4), [23, 24, 3, 4]),
        (date(2025, 4, 24), date(2025, 5, 5), [24, 25, 26, 28, 29, 5]),
        (date(2026, 2, 12), date(2026, 2, 24), [12, 13, 23, 24]),
        (date(2026, 8, 20), date(2026, 9, 4), [20, 21, 22, 24, 25, 26, 27, 28, 3, 4]),
    ],
)
def test_work_calendar_knows_what_is_shipped(app: Flask, first: date, last: date, working: list[int]) -> None:
    calendar = queries.work_calendar()

    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    assert [day.day for day in days if calendar.is_working(day)] == working


def test_what_is_shipped_names_its_source(app: Flask) -> None:
    shipped = [holiday for year in range(2023, 2027) for holiday in queries.of_year(year)]

    assert [holiday.day_on for holiday in shipped if not holiday.source] == []
    assert sorted({holiday.day_on.year for holiday in shipped if not holiday.is_checked}) == [2025, 2026]


@pytest.mark.parametrize("number", [1, 3])
def test_work_calendar_needs_one_query(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    for _ in range(number):
        make_holiday()

    assert count_queries(queries.work_calendar) == 1


def test_work_calendar_follows_the_table(app: Flask) -> None:
    monday, saturday = date(2040, 1, 2), date(2040, 1, 7)
    make_holiday(monday)
    make_holiday(saturday, kind=Kind.WORKED)

    calendar = queries.work_calendar()

    assert (calendar.is_working(monday), calendar.is_working(saturday)) == (False, True)


def test_of_year_is_in_the_order_of_days(app: Flask) -> None:
    second, first = make_holiday(date(2041, 12, 31)), make_holiday(date(2041, 1, 1))
    make_holiday(date(2042, 1, 1))

    assert queries.of_year(2041) == [first, second]


def test_years_are_those_of_the_table_and_the_next_ones(app: Flask) -> None:
    make_holiday(date(2041, 12, 31))

    assert queries.years() == sorted({2023, 2024, 2025, 2026, today().year, today().year + 1, 2041})


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_get_is_for_those_who_keep_the_table(app: Flask, role: Role) -> None:
    with pytest.raises(NotFound):
        queries.get(make_holiday().id, to=make_user(role))


def test_get_of_nothing_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.get(10**9, to=make_user(Role.OFFICE))
