"""A month of ward life with a moved clock: Tết 2023, three units, workers that fail and double."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.holidays.queries import work_calendar
from cchc_portal.reminders import sending
from cchc_portal.reminders.models import Channel, Delivery, Reminder, ReminderRun, State
from cchc_portal.reminders.post import smtp
from cchc_portal.tasks.models import State as TaskState
from cchc_portal.tasks.models import Task
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.reminders import clock_at
from tests.factories.tasks import make_task
from tests.reminders.conftest import Mailbox

FIRST, DAYS = date(2023, 1, 9), 31
FREE = {date(2023, 1, day) for day in (2, *range(20, 27))}  # New Year, made up for on Monday; Tết
BEFORE = {Role.STAFF: (14, 7, 3, 1, 0), Role.DEPT_HEAD: (1, 0), Role.LEADER: ()}
OVERDUE_FROM = {Role.STAFF: 2, Role.DEPT_HEAD: 2, Role.LEADER: 6}

Row = tuple[date, int, int, int]  # day, task, person, step


class KilledError(BaseException):
    """The worker dies."""


@dataclass
class Ward:
    """The people of the ward, and what each of them is to a unit's task."""

    units: list[int] = field(default_factory=list)
    roles: dict[int, list[tuple[int, Role]]] = field(default_factory=dict)
    reachable: set[int] = field(default_factory=set)

    def concerned(self, task: Task) -> Iterator[tuple[int, Role]]:
        """Yield whom a task concerns, and how."""
        for user_id, role in self.roles[task.unit_id]:
            if role is not Role.STAFF or task.person_id in {None, user_id}:
                yield user_id, role


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in FREE


def expected_step(due_on: date, role: Role, since: date, day: date) -> int | None:
    """Return the step to be taken on a day, reckoned day by day and without the portal's arithmetic."""
    found = []
    for days in BEFORE[role]:
        planned = due_on - timedelta(days=days)
        while not works(planned):
            planned -= timedelta(days=1)
        if since < planned <= day:
            found.append((planned, -days))
    over, one = 0, due_on
    while one < day:
        one += timedelta(days=1)
        over += works(one)
        start = OVERDUE_FROM[role]
        if works(one) and over >= start and (over - start) % 2 == 0 and since < one:
            found.append((one, over))
    return max(found)[1] if found else None


def found_ward(randomly: random.Random) -> Ward:
    """Found three units with heads and staff, a leader and the Office; not all have an address."""
    ward = Ward()
    leader = make_user(Role.LEADER, email="lanhdao@example.vn")
    for number in range(3):
        unit = make_unit()
        ward.units.append(unit.id)
        head = make_user(Role.DEPT_HEAD, unit=unit, email=f"truong{number}@example.vn")
        staff = [
            make_user(unit=unit, email=f"canbo{number}{one}@example.vn" if randomly.random() < 0.7 else "")
            for one in range(2)
        ]
        everybody = [head, *staff]
        ward.roles[unit.id] = [
            *((user.id, Role.STAFF) for user in everybody),  # all who sit there answer for the unit
            (head.id, Role.DEPT_HEAD),
            (leader.id, Role.LEADER),
        ]
        ward.reachable |= {user.id for user in [*everybody, leader] if user.email}
    return ward


def open_some(ward: Ward, randomly: random.Random, day: date, number: int) -> None:
    for _ in range(number):
        unit_id = randomly.choice(ward.units)
        task = make_task(item=make_directive().items[0])
        task.unit_id = unit_id
        task.due_on = task.deadline_on = day + timedelta(days=randomly.randint(-8, 24))
        task.deadline_source = "internal"
        if randomly.random() < 0.4:
            task.person_id = randomly.choice(
                [user_id for user_id, role in ward.roles[unit_id] if role is Role.STAFF]
            )
    db.session.commit()


def close_some(randomly: random.Random) -> None:
    for task in db.session.scalars(select(Task).where(Task.state == TaskState.NOT_STARTED)).all():
        if randomly.random() < 0.06:
            task.state, task.closed_at = TaskState.CANCELLED, now()
    db.session.commit()


def expected_rows(ward: Ward, since: date, day: date) -> Iterator[Row]:
    for task in db.session.scalars(select(Task).where(Task.state == TaskState.NOT_STARTED)):
        steps: dict[int, int] = {}
        for user_id, role in ward.concerned(task):
            step = expected_step(task.due_on, role, since, day)
            if step is not None:
                steps[user_id] = max(step, steps.get(user_id, step))
        yield from ((day, task.id, user_id, step) for user_id, step in steps.items())


def come_by(app: Flask, *, times: int = 1) -> None:
    """Let so many workers come by at the same moment, each as a process would."""

    def work(_number: int) -> None:
        with app.app_context():
            try:
                sending.remind_people()
            except KilledError:
                db.session.rollback()

    db.session.remove()
    if times == 1:
        work(0)
    else:
        with ThreadPoolExecutor(times) as pool:
            list(pool.map(work, range(times)))


@pytest.mark.parametrize("seed", [2023])
def test_a_month_with_tet_loses_doubles_and_misplaces_nothing(
    app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    randomly, expected, arrived = random.Random(seed), set(), Counter()  # noqa: S311  no secret
    with clock_at(FIRST, "06:00"):
        ward = found_ward(randomly)
        open_some(ward, randomly, FIRST, 12)
    hand_over, since = smtp.Line.send, FIRST - timedelta(days=1)

    def die_sometimes(line: smtp.Line, message: object) -> None:
        if randomly.random() < 0.15:
            raise KilledError
        hand_over(line, message)  # type: ignore[arg-type]

    monkeypatch.setattr(smtp.Line, "send", die_sometimes)
    for number in range(DAYS):
        day, before = FIRST + timedelta(days=number), len(mailbox.received)
        with clock_at(day, "05:00"):
            open_some(ward, randomly, day, randomly.choice([0, 0, 1, 3]))
            close_some(randomly)
            if is_up := works(day) and randomly.random() < 0.85:
                expected |= set(expected_rows(ward, since, day))
                since = day
        live_through(app, day, randomly, is_up=is_up)
        came = Counter(message["To"].addresses[0].addr_spec for message in mailbox.received[before:])
        arrived.update({(day, address): times for address, times in came.items()})

    assert rows(Channel.APP) == expected
    assert rows(Channel.MAIL) == {row for row in expected if row[2] in ward.reachable}
    assert [day for day, _ in arrived if not works(day)] == []
    assert {key: times for key, times in arrived.items() if times != 1} == {}
    assert set(arrived) == {
        (day, address_of(user_id)) for day, _task, user_id, _step in expected if user_id in ward.reachable
    }
    assert set(db.session.scalars(select(Delivery.state))) == {State.SENT}
    assert len({message["Message-ID"] for message in mailbox.received}) == len(mailbox.received)


def live_through(app: Flask, day: date, randomly: random.Random, *, is_up: bool) -> None:
    """Let the clock come by at all hours: by day the worker may be down until noon, and be doubled."""
    hours = ["00:30", "06:59"]
    if is_up or not works(day):
        down_until = randomly.choice(["07:00", "07:00", "09:15", "18:20"])
        hours += [hour for hour in ("07:00", "07:00", "07:03", "09:15", "12:00") if hour >= down_until]
        hours += [f"18:{minute}" for minute in range(20, 60, 4)]
    for hour in [*hours, "19:00", "23:00"]:
        with clock_at(day, hour):
            come_by(app, times=randomly.choice([1, 1, 1, 2]))


def rows(channel: Channel) -> set[Row]:
    """Return what was written, and check that it was written by day on a working day."""
    query = select(Reminder).where(Reminder.channel == channel)
    found = db.session.scalars(query).all()
    days = {run.day_on for run in db.session.scalars(select(ReminderRun))}
    calendar = work_calendar()
    assert [day for day in days if not calendar.is_working(day)] == []
    written = [(row.delivery.day_on, row.task_id, row.user_id, row.step) for row in found]
    assert len(set(written)) == len(written)
    return set(written)  # type: ignore[arg-type]


def address_of(user_id: int) -> str:
    return db.session.get_one(User, user_id).email
