"""A month of deadlines."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.queries import Filters
from cchc_portal.tasks.models import DeadlineSource, Task
from tests.factories.accounts import make_unit, make_user
from tests.factories.tasks import make_task

MARCH = date(2042, 3, 1)


@pytest.fixture
def reader(app: Flask) -> User:
    """Give a person who looks at boards."""
    return make_user()


def _due(day: date, **columns: object) -> Task:
    task = make_task(**columns)
    task.be_due(day, source=DeadlineSource.LETTER)
    db.session.commit()
    return task


def test_month_has_whole_weeks_from_monday_to_sunday(reader: User) -> None:
    weeks = queries.month(MARCH, Filters(), to=reader)

    days = [day.on for week in weeks for day in week]
    assert (days[0], days[-1]) == (date(2042, 2, 24), date(2042, 4, 6))
    assert [week[0].on.weekday() for week in weeks] == [0] * 6
    assert [day.on for week in weeks for day in week if day.is_in_month] == [
        date(2042, 3, no) for no in range(1, 32)
    ]


@pytest.mark.parametrize(("first", "weeks"), [(date(2027, 2, 1), 4), (date(2024, 2, 1), 5), (MARCH, 6)])
def test_month_has_as_many_weeks_as_it_needs(reader: User, first: date, weeks: int) -> None:
    assert len(queries.month(first, Filters(), to=reader)) == weeks


def test_tasks_stand_on_their_last_day(reader: User) -> None:
    first, second = _due(date(2042, 3, 14)), _due(date(2042, 3, 31))
    _due(date(2042, 4, 1))
    _due(date(2042, 2, 28))
    make_task()

    weeks = queries.month(MARCH, Filters(), to=reader)

    assert {day.on: day.tasks for week in weeks for day in week if day.tasks} == {
        date(2042, 3, 14): [first],
        date(2042, 3, 31): [second],
    }


def test_a_full_day_shows_some_and_counts_all(reader: User) -> None:
    tasks = [_due(date(2042, 3, 14)) for _ in range(6)]

    (day,) = [day for week in queries.month(MARCH, Filters(), to=reader) for day in week if day.number]

    assert (day.tasks, day.number, day.rest) == (tasks[:4], 6, 2)
    assert day.number == len(queries.lines(Filters(period="2042-03-14"), to=reader, size=50))


def test_month_is_narrowed_down_like_the_register(reader: User) -> None:
    unit = make_unit()
    mine = _due(date(2042, 3, 14), unit=unit)
    _due(date(2042, 3, 14))

    weeks = queries.month(MARCH, Filters(unit=unit.id), to=reader)

    assert [day.tasks for week in weeks for day in week if day.tasks] == [[mine]]


@pytest.mark.parametrize("number", [1, 3])
def test_month_takes_one_statement(
    reader: User, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    for _ in range(number):
        _due(date(2042, 3, 14))
    db.session.expire_all()
    reader.id, reader.grants  # noqa: B018  loads the person

    def read() -> None:
        for week in queries.month(MARCH, Filters(), to=reader):
            assert all(task.unit.name and task.item.text for day in week for task in day.tasks)

    assert count_queries(read) == 1
