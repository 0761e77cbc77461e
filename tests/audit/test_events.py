"""The trail."""

import threading

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.core.db import db, unit_of_work
from tests import databases
from tests.factories.accounts import make_unit, make_user

pytestmark = pytest.mark.usefixtures("app")


def test_event_says_what_happened_to_what_by_whom() -> None:
    user, unit = make_user(), make_unit()

    event = audit.record("unit.corrected", on=unit, by=user, fields=["name"])
    db.session.commit()

    assert (event.name, event.subject_kind, event.subject_id) == ("unit.corrected", "unit", unit.id)
    assert (event.actor_id, event.data) == (user.id, {"fields": ["name"]})


def test_event_of_the_portal_itself_has_no_actor() -> None:
    assert audit.record("unit.corrected", on=make_unit(), by=None).actor_id is None


def test_event_is_undone_with_its_act() -> None:
    unit = make_unit()
    audit.record("unit.corrected", on=unit, by=None)

    db.session.rollback()

    assert audit.of(unit) == []


def test_events_of_a_thing_come_oldest_first_and_by_name() -> None:
    unit, other = make_unit(), make_unit()
    for name in ("unit.founded", "unit.corrected", "unit.closed"):
        audit.record(name, on=unit, by=None)
    audit.record("unit.corrected", on=other, by=None)

    assert [event.name for event in audit.of(unit)] == ["unit.founded", "unit.corrected", "unit.closed"]
    assert [event.name for event in audit.of(unit, names=["unit.closed"])] == ["unit.closed"]


def test_things_of_different_kinds_with_the_same_number_are_not_confused() -> None:
    user = make_user()
    unit = make_unit(id=user.id + 1000)
    other = make_user(id=user.id + 1000)

    audit.record("unit.corrected", on=unit, by=None)

    assert audit.of(other) == []


def test_timeline_is_newest_first_page_by_page() -> None:
    unit = make_unit()
    ids = []
    for _ in range(5):
        event = audit.record("unit.corrected", on=unit, by=None)
        db.session.flush()
        ids.append(event.id)

    first = [event.id for event in audit.timeline(limit=2)]
    second = [event.id for event in audit.timeline(limit=2, before=first[-1])]

    assert [*first, *second] == ids[:0:-1]


@databases.on("postgresql")
def test_events_become_visible_in_the_order_of_their_numbers(app: Flask) -> None:
    """A second transaction waits with its event until the first, which took longer, is through."""
    first, second = make_unit(), make_unit()
    second_id = second.id
    done: list[str] = []

    def record_second() -> None:
        with app.app_context(), unit_of_work():
            audit.record("unit.closed", on=db.session.get(type(second), second_id), by=None)
            done.append("second")
        done.append("kept")

    audit.record("unit.founded", on=first, by=None)
    db.session.flush()
    thread = threading.Thread(target=record_second)
    thread.start()
    thread.join(timeout=0.5)
    assert done == []

    db.session.commit()
    thread.join(timeout=10)

    assert done == ["second", "kept"]
    assert [event.name for event in reversed(audit.timeline())] == ["unit.founded", "unit.closed"]
