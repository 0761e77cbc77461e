"""The demonstration's tasks: every stage is there to be looked at, once."""

from collections import Counter
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from cchc_portal.accounts.models import User
from cchc_portal.audit import Event
from cchc_portal.cli.demo import letter, people, work
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import ExtensionState, State, Task


def loaded() -> list[Task]:
    people.load()
    letter.load()
    work.load()
    db.session.commit()
    return list(db.session.scalars(select(Task).order_by(Task.id)))


def traces() -> list[tuple[object, ...]]:
    """Give everything that could change: tasks with their notes and requests, and what happened."""
    rows: list[tuple[object, ...]] = [
        (task.id, task.state, task.due_on, task.person_id, len(task.notes), len(task.extensions))
        for task in db.session.scalars(select(Task).order_by(Task.id))
    ]
    return [*rows, (db.session.scalar(select(func.count(Event.id))),)]


def test_letter_gives_each_unit_its_tasks_at_every_stage(app: Flask) -> None:
    tasks = loaded()

    states = Counter(task.state for task in tasks)
    assert len(tasks) == 32
    assert set(states) == set(State) - {State.CANCELLED}
    assert Counter(task.item.code for task in tasks) == {
        "1": 7,
        "2": 7,
        "2.a": 1,
        "3": 2,
        "4": 7,
        "5": 7,
        "6": 1,
    }


def test_only_the_letters_own_deadline_is_overdue(app: Flask) -> None:
    tasks = loaded()

    [late] = [task for task in tasks if task.is_overdue]
    assert (late.item.code, late.unit.code, late.deadline_words) == ("2.a", "VPTK", "trước 15/3/2023")
    assert late.open_extension is not None
    assert late.open_extension.wanted_on > today()


def test_one_request_for_more_time_was_granted(app: Flask) -> None:
    decided = [one for task in loaded() for one in task.extensions if not one.is_open]

    assert [one.state for one in decided] == [ExtensionState.GRANTED]
    assert [task.unit.code for task in db.session.scalars(select(Task).where(Task.is_extended))] == ["CAP"]


def test_loading_again_changes_nothing(app: Flask, deliver: Callable[[], None]) -> None:
    loaded()
    deliver()  # the letter was issued: the worker finds its tasks opened already
    before = traces()

    assert (letter.load(), work.load()) == (0, 0)
    db.session.commit()
    deliver()

    assert traces() == before


def test_loading_again_leaves_alone_what_people_did(app: Flask) -> None:
    task = next(task for task in loaded() if task.item.code == "6")
    office = db.session.scalars(select(User).where(User.username == "vptk")).one()
    operations.cancel(task, by=office, reason="Không cần.")
    db.session.commit()

    work.load()
    db.session.commit()

    assert task.state is State.CANCELLED


def test_ward_without_a_letter_has_no_tasks(app: Flask) -> None:
    people.load()

    assert work.load() == 0
