"""Volume of letters and tasks: exact, repeatable, at every stage, and without consequences nobody asked for."""

from collections import Counter
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from cchc_portal.cli.demo.bulk import Volume, load_bulk
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.notifications.models import Notification
from cchc_portal.tasks.models import OPEN, State, Task

SMALL = Volume(initiatives=0, users=8, seed=3, letters=12, tasks=100)


def load(volume: Volume = SMALL) -> int:
    return load_bulk(volume, tick=lambda _number: None)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def texts() -> list[tuple[object, ...]]:
    query = select(Directive.number, Item.code, Item.text, Task.unit_id, Task.state, Task.due_on)
    query = query.join(Item, Item.directive_id == Directive.id).join(Task, Task.item_id == Item.id)
    return [
        tuple(row) for row in db.session.execute(query.order_by(Directive.id, Item.position, Task.unit_id))
    ]


def test_bulk_adds_as_many_letters_and_tasks_as_asked_for(app: Flask) -> None:
    assert load() == 12 + 8
    assert (count(Directive), count(Task)) == (12, 100)


def test_bulk_run_again_adds_nothing_and_says_the_same(app: Flask) -> None:
    load()
    before = texts()

    assert load() == 0
    assert texts() == before


def test_bulk_without_letters_adds_none(app: Flask) -> None:
    load(Volume(initiatives=0, users=8, seed=3))

    assert (count(Directive), count(Task)) == (0, 0)


def test_bulk_of_another_seed_stands_beside(app: Flask) -> None:
    load()
    load(Volume(initiatives=0, users=8, seed=4, letters=5, tasks=20))

    assert (count(Directive), count(Task)) == (17, 120)


def test_letters_are_issued_and_dated_in_the_past(app: Flask) -> None:
    load()

    for letter in db.session.scalars(select(Directive)):
        assert letter.state is LetterState.ISSUED
        assert letter.issued_at is not None
        assert letter.issued_at.date() <= today()
        assert letter.title in letter.text


def test_tasks_stand_at_every_stage_and_some_are_overdue(app: Flask) -> None:
    load(Volume(initiatives=0, users=8, seed=3, letters=20, tasks=400))

    tasks = db.session.scalars(select(Task)).all()
    assert set(Counter(task.state for task in tasks)) == set(State)
    assert any(task.is_overdue for task in tasks)
    assert any(task.due_on and not task.is_overdue and task.state in OPEN for task in tasks)


def test_worker_finds_nothing_to_open_and_tells_nobody(app: Flask, deliver: Callable[[], None]) -> None:
    load()

    deliver()

    assert (count(Task), count(Notification)) == (100, 0)
