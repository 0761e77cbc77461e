"""Duties that return, and deadlines that are counted: over a year, with the clock moved."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.calendar import Recurrence
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.directives.models import Assignment, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks import operations
from cchc_portal.tasks.consumers import open_recurring_tasks
from cchc_portal.tasks.models import DeadlineSource, State, Task
from tests import databases
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive

pytestmark = pytest.mark.usefixtures("app")


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    """Be in the office on a day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7)
    with time_machine.travel(midnight + timedelta(hours=hour), tick=False):
        yield


def issued(day: date = date(2023, 1, 10), *, units: int = 1, **columns: object) -> Item:
    """Issue a letter of a day whose item asks units for something that returns."""
    with on(day):
        directive = make_directive(year=day.year, month=day.month, day=day.day)
        item = directive.items[0]
        for name, value in columns.items():
            setattr(item, name, value)
        directive.issued_by.unit.takes_part = False
        item.assignments = [Assignment(words="Bộ phận", unit=make_unit()) for _ in range(units)]
        db.session.commit()
        with unit_of_work():
            operations.open_from(directive, by=None)
    return item


def tick(day: date, hour: int = 9) -> list[str]:
    """Let the clock come by; return the periods it opened."""
    before = set(db.session.scalars(select(Task.id)))
    with on(day, hour):
        open_recurring_tasks()
    db.session.expire_all()
    return [task.period for task in tasks() if task.id not in before]


def tasks() -> list[Task]:
    return list(db.session.scalars(select(Task).order_by(Task.id)))


def make_user_of_office() -> User:
    return make_user(Role.OFFICE)


# What opens, and when


@pytest.mark.parametrize(
    ("recurrence", "number", "last"),
    [
        (Recurrence.WEEKLY, 51, "2023-W52"),
        (Recurrence.MONTHLY, 12, "2023-12"),
        (Recurrence.QUARTERLY, 4, "2023-Q4"),
        (Recurrence.HALF_YEARLY, 2, "2023-H2"),
        (Recurrence.YEARLY, 1, "2023"),
    ],
)
def test_duty_returns_through_a_year_once_in_each_period(
    recurrence: Recurrence, number: int, last: str
) -> None:
    issued(recurrence=recurrence)

    for day in range((date(2023, 12, 31) - date(2023, 1, 10)).days + 1):
        tick(date(2023, 1, 10) + timedelta(days=day))

    periods = [task.period for task in tasks()]
    assert (len(periods), len(set(periods)), periods[-1]) == (number, number, last)
    assert periods == sorted(periods)
    assert all(task.due_on and task.state is State.NOT_STARTED for task in tasks())


@databases.on("sqlite")
def test_clock_that_comes_every_hour_opens_nothing_twice(app: Flask) -> None:
    issued(recurrence=Recurrence.MONTHLY, units=3)

    opened = [tick(date(2023, 2, 1), hour) for hour in (0, 1, 9, 23)]

    assert opened == [["2023-02"] * 3, [], [], []]


def test_period_begins_at_midnight_in_the_office() -> None:
    issued(recurrence=Recurrence.MONTHLY)

    with time_machine.travel(datetime(2023, 1, 31, 16, 59, tzinfo=UTC), tick=False):
        open_recurring_tasks()
    assert len(tasks()) == 1
    with time_machine.travel(datetime(2023, 1, 31, 17, 0, tzinfo=UTC), tick=False):
        open_recurring_tasks()
    assert [task.period for task in tasks()] == ["2023-01", "2023-02"]


@pytest.mark.parametrize(
    ("away", "opened"),
    [
        (date(2023, 2, 20), ["2023-02"]),
        (date(2023, 3, 2), ["2023-02", "2023-03"]),
        (date(2023, 4, 30), ["2023-02", "2023-03", "2023-04"]),
        (date(2025, 6, 1), ["2025-04", "2025-05", "2025-06"]),  # not 29 reports nobody can write
    ],
)
def test_standstill_is_made_up_for_but_not_endlessly(away: date, opened: list[str]) -> None:
    issued(recurrence=Recurrence.MONTHLY)

    assert tick(away) == opened


def test_first_task_is_of_the_letters_period_or_todays_if_that_is_later() -> None:
    old = issued(date(2023, 1, 10), recurrence=Recurrence.MONTHLY)
    new = issued(date(2023, 5, 2), recurrence=Recurrence.MONTHLY)
    with on(date(2023, 5, 3)):
        late = operations.assign(old, by=make_user_of_office(), unit=make_unit())

    assert [task.period for task in tasks() if task.item_id == new.id] == ["2023-05"]
    assert late.period == "2023-05"


def test_letter_dated_ahead_begins_with_its_own_period() -> None:
    with on(date(2023, 1, 28)):
        directive = make_directive(year=2023, month=2, day=1)
        directive.items[0].recurrence = Recurrence.MONTHLY
        directive.items[0].assignments = [Assignment(words="Bộ phận", unit=make_unit())]
        [task] = operations.open_from(directive, by=None)

    assert task.period == "2023-02"


@pytest.mark.parametrize(
    ("written", "operator", "period"),
    [
        (date(2026, 11, 18), "trước", "2026-11"),
        (date(2026, 11, 19), "trước", "2026-11"),
        (date(2026, 11, 20), "trước", "2026-12"),
        (date(2026, 11, 20), "chậm nhất", "2026-11"),
        (date(2026, 11, 21), "chậm nhất", "2026-12"),
        (date(2026, 12, 25), "chậm nhất", "2027-01"),
    ],
)
def test_first_task_can_still_be_done_in_time(written: date, operator: str, period: str) -> None:
    issued(written, recurrence=Recurrence.MONTHLY, recurrence_day=20, deadline_operator=operator)

    assert [task.period for task in tasks()] == [period]
    assert tick(written + timedelta(days=1)) == []


def test_duty_that_began_a_period_later_goes_on_without_a_gap() -> None:
    issued(date(2026, 11, 21), recurrence=Recurrence.MONTHLY, recurrence_day=20)

    assert (tick(date(2026, 12, 1)), tick(date(2027, 1, 1))) == ([], ["2027-01"])


@pytest.mark.parametrize(("month", "day"), [(None, None), (1, None)])
def test_letter_without_a_whole_date_still_has_a_period(month: int | None, day: int | None) -> None:
    with on(date(2023, 1, 28)):
        directive = make_directive(year=2023, month=month, day=day)
        directive.items[0].recurrence = Recurrence.MONTHLY
        directive.items[0].assignments = [Assignment(words="Bộ phận", unit=make_unit())]
        [task] = operations.open_from(directive, by=None)

    assert task.period == "2023-01"


# Until when


@pytest.mark.parametrize(
    ("columns", "due"),
    [
        ({"recurrence_day": 20}, [date(2023, 1, 20), date(2023, 2, 20)]),
        ({"recurrence_day": 31}, [date(2023, 1, 31), date(2023, 2, 28)]),
        ({"recurrence_day": 20, "deadline_operator": "trước"}, [date(2023, 1, 19), date(2023, 2, 19)]),
        ({"deadline_operator": "trước"}, [date(2023, 1, 31), date(2023, 2, 28)]),
        ({"deadline_operator": "định kỳ"}, [date(2023, 1, 31), date(2023, 2, 28)]),
        ({}, [date(2023, 1, 31), date(2023, 2, 28)]),
    ],
)
def test_each_task_is_due_on_the_day_the_letter_names(columns: dict[str, object], due: list[date]) -> None:
    issued(recurrence=Recurrence.MONTHLY, deadline_words="hằng tháng", **columns)
    tick(date(2023, 2, 1))

    found = tasks()

    assert [task.due_on for task in found] == due
    assert [(task.letter_due_on, task.deadline_source) for task in found] == [
        (day, DeadlineSource.LETTER) for day in due
    ]
    assert {task.deadline_words for task in found} == {"hằng tháng"}


@pytest.mark.parametrize(
    ("within", "working", "due"),
    [
        (5, True, date(2023, 1, 17)),  # Tuesday the 10th and five working days
        (5, False, date(2023, 1, 15)),
        (1, True, date(2023, 1, 11)),
    ],
)
def test_days_are_counted_from_the_letters_date(within: int, *, working: bool, due: date) -> None:
    issued(
        within_days=within, within_working=working, deadline_operator="trong", deadline_words="trong 05 ngày"
    )

    [task] = tasks()

    assert (task.due_on, task.letter_due_on, task.deadline_words) == (due, due, "trong 05 ngày")


def test_working_days_leave_out_holidays() -> None:
    issued(date(2023, 1, 18), within_days=3, within_working=True)  # Tết Quý Mão, from the 20th to the 26th

    assert tasks()[0].due_on == date(2023, 1, 30)


def test_days_are_counted_from_the_issue_where_the_letter_has_no_day() -> None:
    with on(date(2023, 3, 6)):
        directive = make_directive(year=2023, month=3)
        directive.items[0].within_days = 10
        directive.items[0].assignments = [Assignment(words="Bộ phận", unit=make_unit())]
        [task] = operations.open_from(directive, by=None)

    assert task.due_on == date(2023, 3, 16)


# What ends it


@pytest.mark.parametrize(
    "change",
    [
        {"state": LetterState.CLOSED, "closed_at": datetime(2023, 1, 20, tzinfo=UTC)},
        {"deleted_at": datetime(2023, 1, 20, tzinfo=UTC)},
    ],
)
def test_duty_of_a_letter_that_is_over_does_not_return(change: dict[str, object]) -> None:
    item = issued(recurrence=Recurrence.MONTHLY)
    for name, value in change.items():
        setattr(item.directive, name, value)
    db.session.commit()

    assert tick(date(2023, 2, 1)) == []


@pytest.mark.parametrize(("ends_series", "opened"), [(True, []), (False, ["2023-02"])])
def test_duty_returns_after_a_cancellation_unless_that_ended_it(
    *, ends_series: bool, opened: list[str]
) -> None:
    issued(recurrence=Recurrence.MONTHLY)
    with on(date(2023, 1, 11)), unit_of_work():
        operations.cancel(tasks()[0], by=make_user_of_office(), reason="Không cần.", ends_series=ends_series)

    assert tick(date(2023, 2, 1)) == opened


def test_cancelling_an_earlier_task_ends_the_duty_as_well() -> None:
    issued(recurrence=Recurrence.MONTHLY)
    tick(date(2023, 2, 1))
    with on(date(2023, 2, 2)), unit_of_work():
        operations.cancel(tasks()[0], by=make_user_of_office(), reason="Không cần.", ends_series=True)

    assert tick(date(2023, 3, 1)) == []
    assert [task.state for task in tasks()] == [State.CANCELLED, State.NOT_STARTED]


def test_duty_that_is_ended_for_one_unit_returns_for_the_others() -> None:
    issued(recurrence=Recurrence.MONTHLY, units=2)
    ended, goes_on = tasks()
    with on(date(2023, 1, 11)), unit_of_work():
        operations.cancel(ended, by=make_user_of_office(), reason="Không cần.", ends_series=True)

    assert tick(date(2023, 2, 1)) == ["2023-02"]
    assert tasks()[-1].unit_id == goes_on.unit_id


def test_next_task_takes_over_who_does_what_but_not_what_was_done() -> None:
    issued(recurrence=Recurrence.MONTHLY)
    [first] = tasks()
    person = make_user(unit=first.unit)
    first.person, first.serves_citizens, first.deliverable = person, True, "Báo cáo tháng"
    first.percent, first.answer_code, first.is_backlog = 60, "1/BC", True
    db.session.commit()
    tick(date(2023, 2, 1))

    _first, second = tasks()

    assert (second.person, second.serves_citizens, second.deliverable) == (person, True, "Báo cáo tháng")
    assert (second.percent, second.answer_code, second.is_backlog) == (0, "", False)
    assert audit.of(second)[0].data == {"unit_id": second.unit_id, "person_id": person.id}


def test_person_who_is_gone_is_not_named_again() -> None:
    issued(recurrence=Recurrence.MONTHLY)
    [first] = tasks()
    first.person = make_user(unit=first.unit, disabled_at=datetime(2023, 1, 20, tzinfo=UTC))
    db.session.commit()
    tick(date(2023, 2, 1))

    assert tasks()[1].person is None


def test_successor_goes_on_where_a_unit_was_closed() -> None:
    issued(recurrence=Recurrence.MONTHLY)
    [first] = tasks()
    heir = make_unit()
    first.unit.valid_to, first.unit.successor_id = date(2023, 1, 25), heir.id
    db.session.commit()

    opened = [tick(date(2023, 2, 1)), tick(date(2023, 2, 2)), tick(date(2023, 3, 1))]

    assert opened == [["2023-02"], [], ["2023-03"]]
    assert [task.unit_id for task in tasks()] == [first.unit_id, heir.id, heir.id]


def test_duty_that_is_ended_for_the_successor_does_not_return_from_the_former_unit() -> None:
    issued(recurrence=Recurrence.MONTHLY)
    [first] = tasks()
    first.unit.valid_to, first.unit.successor_id = date(2023, 1, 25), make_unit().id
    db.session.commit()
    tick(date(2023, 2, 1))
    with on(date(2023, 2, 2)), unit_of_work():
        operations.cancel(tasks()[1], by=make_user_of_office(), reason="Không cần.", ends_series=True)

    assert tick(date(2023, 3, 1)) == []


def test_two_units_with_one_successor_leave_it_one_duty() -> None:
    issued(recurrence=Recurrence.MONTHLY, units=2)
    heir = make_unit()
    for task in tasks():
        task.unit.valid_to, task.unit.successor_id = date(2023, 1, 25), heir.id
    db.session.commit()

    opened = [tick(date(2023, 2, 1)), tick(date(2023, 3, 1))]

    assert opened == [["2023-02"], ["2023-03"]]
    assert [task.unit_id for task in tasks()][2:] == [heir.id, heir.id]


def test_unit_without_a_successor_gets_nothing_more() -> None:
    issued(recurrence=Recurrence.MONTHLY)
    tasks()[0].unit.valid_to = date(2023, 1, 25)
    db.session.commit()

    assert tick(date(2023, 2, 1)) == []


def test_task_that_does_not_return_is_left_alone() -> None:
    issued()

    assert (tick(date(2023, 2, 1)), len(tasks())) == ([], 1)


@databases.on("postgresql")  # SQLite has one writer at a time
def test_two_workers_open_each_task_once(app: Flask) -> None:
    issued(recurrence=Recurrence.MONTHLY, units=4)
    failures: list[BaseException] = []
    start = threading.Barrier(3)

    def work() -> None:
        with app.app_context():
            start.wait()
            try:
                open_recurring_tasks()
            except BaseException as error:  # noqa: BLE001  shown below
                failures.append(error)
            finally:
                db.session.remove()

    with on(date(2023, 2, 1)):
        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    db.session.expire_all()

    second = [task for task in tasks() if task.period == "2023-02"]
    assert (failures, len(second)) == ([], 4)
    assert [len(audit.of(task)) for task in second] == [1] * 4


def test_letters_are_independent_of_each_other() -> None:
    first, second = issued(recurrence=Recurrence.MONTHLY), issued(recurrence=Recurrence.QUARTERLY)

    assert tick(date(2023, 4, 3)) == ["2023-02", "2023-03", "2023-04", "2023-Q2"]
    assert {task.item_id for task in tasks()} == {first.id, second.id}
