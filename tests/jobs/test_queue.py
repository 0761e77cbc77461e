"""Work outside the request."""

from collections.abc import Iterator

import pytest
from flask import Flask, current_app
from huey import Huey, SqliteHuey
from huey.exceptions import TaskException

from cchc_portal import audit, jobs
from cchc_portal.app import create_app
from cchc_portal.core.db import db, unit_of_work
from tests.factories.accounts import make_unit

done: list[object] = []


@jobs.job
def note_for_test(*args: object) -> None:
    done.append((current_app.name, *args))


@jobs.job
def break_for_test() -> None:
    raise TaskException


@pytest.fixture(autouse=True)
def empty(app: Flask) -> Iterator[Huey]:
    done.clear()
    queued = app.extensions["jobs"]
    queued.flush()
    yield queued
    queued.flush()


def work(app: Flask) -> int:
    """Do what stands in the queue, as the worker does; return how many jobs it was."""
    queued = app.extensions["jobs"]
    count = 0
    while task := queued.dequeue():
        queued.execute(task)
        count += 1
    return count


def test_job_runs_inside_the_application_with_its_arguments(app: Flask) -> None:
    jobs.enqueue("note_for_test", 12, "một cửa")
    assert done == []

    work(app)

    assert done == [("cchc_portal.app", 12, "một cửa")]


def test_consumers_are_woken_after_the_commit_and_not_before(app: Flask, empty: Huey) -> None:
    unit = make_unit()
    empty.flush()
    with unit_of_work():
        audit.record("unit.corrected", on=unit, by=None)
        audit.record("unit.corrected", on=unit, by=None)
        assert len(empty) == 0

    assert len(empty) == 1


def test_consumers_are_not_woken_for_what_was_undone(app: Flask, empty: Huey) -> None:
    unit = make_unit()
    empty.flush()
    audit.record("unit.corrected", on=unit, by=None)

    db.session.rollback()

    assert len(empty) == 0


def test_act_is_kept_although_nobody_can_be_woken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = make_unit()

    def refuse(*_args: object) -> None:
        raise OSError

    monkeypatch.setitem(app.extensions, "jobs_run", refuse)
    with unit_of_work():
        audit.record("unit.corrected", on=unit, by=None)

    assert [event.name for event in audit.of(unit)] == ["unit.corrected"]


def test_embedded_queue_outlives_the_process(tmp_path: object) -> None:
    """What one process has queued another finds, as after a restart."""
    settings = {"DATA_DIR": tmp_path, "SECRET_KEY": "x" * 40, "RATELIMIT_ENABLED": False}
    first, second = create_app(settings), create_app(settings)
    assert isinstance(first.extensions["jobs"], SqliteHuey)

    with first.app_context():
        jobs.enqueue("note_for_test", 1)

    assert work(second) == 1
    assert done == [("cchc_portal.app", 1)]
