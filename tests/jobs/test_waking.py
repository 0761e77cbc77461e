from flask import Flask
from huey import Huey

from cchc_portal import audit
from cchc_portal.core.db import db
from tests.factories.accounts import make_unit


def waiting(app: Flask) -> int:
    queue: Huey = app.extensions["jobs"]
    return queue.pending_count()


def test_event_somebody_wants_wakes_after_the_commit(app: Flask) -> None:
    unit = make_unit()
    before = waiting(app)

    audit.record("initiative.submitted", on=unit, by=None)
    in_between = waiting(app)
    db.session.commit()

    assert (in_between, waiting(app)) == (before, before + 1)


def test_event_nobody_wants_wakes_nobody(app: Flask) -> None:
    unit = make_unit()
    before = waiting(app)

    audit.record("import.kept", on=unit, by=None)
    db.session.commit()

    assert waiting(app) == before


def test_many_events_of_one_transaction_wake_once(app: Flask) -> None:
    unit = make_unit()
    before = waiting(app)

    for _ in range(3):
        audit.record("initiative.submitted", on=unit, by=None)
    db.session.commit()

    assert waiting(app) == before + 1


def test_what_is_rolled_back_wakes_nobody(app: Flask) -> None:
    unit = make_unit()
    before = waiting(app)

    audit.record("initiative.submitted", on=unit, by=None)
    db.session.rollback()

    assert waiting(app) == before


def test_savepoint_does_not_wake_before_the_commit(app: Flask) -> None:
    unit = make_unit()
    before = waiting(app)

    with db.session.begin_nested():
        audit.record("initiative.submitted", on=unit, by=None)
    in_between = waiting(app)
    db.session.commit()

    assert (in_between, waiting(app)) == (before, before + 1)
