"""Questions and steps of a task."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import InvalidState
from cchc_portal.tasks.models import OPEN, TRANSITIONS, DeadlineSource, State, Task
from tests.factories.tasks import make_task

DAY = date(2023, 3, 15)


def test_task_before_a_day_is_due_the_day_before() -> None:
    task = Task()

    task.be_due(DAY, operator="trước", words="trước 15/3/2023", source=DeadlineSource.LETTER)

    assert (task.due_on, task.deadline_on, task.deadline_source) == (
        date(2023, 3, 14),
        DAY,
        DeadlineSource.LETTER,
    )


def test_task_with_words_alone_keeps_their_source() -> None:
    task = Task()

    task.be_due(None, words="thường xuyên", source=DeadlineSource.LETTER)

    assert (task.due_on, task.deadline_words, task.deadline_source) == (
        None,
        "thường xuyên",
        DeadlineSource.LETTER,
    )


def test_task_without_deadline_has_no_source() -> None:
    task = Task()

    task.be_due(None, source=DeadlineSource.INTERNAL)

    assert (task.due_on, task.deadline_source, task.days_left) == (None, None, None)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("days", [None, -1, 0, 1])
def test_task_is_overdue_while_it_is_the_units_turn(app: Flask, state: State, days: int | None) -> None:
    task = make_task(state=state, days=days)

    overdue = db.session.scalars(select(Task).where(Task.is_overdue)).all()
    others = db.session.scalars(select(Task).where(~Task.is_overdue)).all()

    assert task.is_overdue == (state in OPEN and days == -1)
    assert (task in overdue) == task.is_overdue
    assert (task in others) != task.is_overdue


def test_days_left_are_counted_to_the_last_day() -> None:
    assert Task(due_on=today() + timedelta(days=4)).days_left == 4


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", State)
def test_task_takes_only_the_steps_of_the_table(state: State, step: State) -> None:
    task = Task(state=state)

    if step in TRANSITIONS[state]:
        task.move_to(step)
        assert task.state is step
    else:
        with pytest.raises(InvalidState):
            task.move_to(step)


def test_one_task_per_item_unit_and_period(app: Flask) -> None:
    first = make_task(period="2023-03")
    make_task(item=first.item, unit=first.unit, period="2023-04")

    with pytest.raises(IntegrityError):
        make_task(item=first.item, unit=first.unit, period="2023-03")
