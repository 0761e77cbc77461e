"""Consequences: consumers read every event once, in order, whatever breaks in between."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Unit
from cchc_portal.audit.consumers import BATCH, follow, follow_outside
from cchc_portal.audit.models import Cursor, Event
from cchc_portal.core.db import db
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.usefixtures("app")

WANTED = frozenset({"unit.founded"})
FOLLOW = pytest.mark.parametrize("follow_", [follow, follow_outside])
Follow = Callable[..., int]


def happen(*names: str) -> list[int]:
    unit = make_unit()
    events = [audit.record(name, on=unit, by=None) for name in names]
    db.session.commit()
    return [event.id for event in events]


def position(consumer: str = "test") -> int | None:
    return db.session.scalar(select(Cursor.event_id).where(Cursor.consumer == consumer))


@FOLLOW
def test_consumer_gets_what_it_wants_in_order_and_once(follow_: Follow) -> None:
    ids = happen("unit.founded", "unit.corrected", "unit.founded")
    seen: list[int] = []

    counts = [
        follow_("test", lambda events: seen.extend(event.id for event in events), names=WANTED) for _ in "ab"
    ]

    assert counts == [3, 0]
    assert seen == [ids[0], ids[2]]
    assert position() == ids[2]


@FOLLOW
def test_consumer_is_not_called_for_what_it_does_not_want(follow_: Follow) -> None:
    happen("unit.corrected")
    calls: list[Sequence[Event]] = []

    follow_("test", calls.append, names=WANTED)

    assert calls == []


@FOLLOW
def test_event_is_brought_again_after_a_crash(follow_: Follow) -> None:
    happen("unit.founded")
    seen: list[int] = []

    def crash(_events: Sequence[Event]) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        follow_("test", crash, names=WANTED)
    db.session.rollback()
    assert position() is None

    follow_("test", lambda events: seen.extend(event.id for event in events), names=WANTED)
    assert len(seen) == 1


def test_what_a_consumer_wrote_is_undone_with_its_crash() -> None:
    happen("unit.founded")

    def write_and_crash(_events: Sequence[Event]) -> None:
        db.session.add(Unit(code="X", name="X"))
        db.session.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        follow("test", write_and_crash, names=WANTED)

    assert db.session.scalars(select(Unit).where(Unit.code == "X")).all() == []


def test_what_a_consumer_wrote_is_kept_with_its_cursor() -> None:
    ids = happen("unit.founded")

    follow("test", lambda _events: db.session.add(Unit(code="X", name="X")), names=WANTED)
    db.session.rollback()

    assert (position(), len(db.session.scalars(select(Unit).where(Unit.code == "X")).all())) == (ids[0], 1)


@FOLLOW
def test_batches_before_a_crash_stay_done(follow_: Follow) -> None:
    unit = make_unit()
    db.session.add_all(
        Event(name="unit.founded", subject_kind="unit", subject_id=unit.id) for _ in range(BATCH + 1)
    )
    db.session.commit()
    sizes: list[int] = []

    def crash_on_the_second(events: Sequence[Event]) -> None:
        if sizes:
            raise RuntimeError
        sizes.append(len(events))

    with pytest.raises(RuntimeError):
        follow_("test", crash_on_the_second, names=WANTED)
    db.session.rollback()
    follow_("test", lambda events: sizes.append(len(events)), names=WANTED)

    assert sizes == [BATCH, 1]


@FOLLOW
def test_consumers_do_not_mind_each_other(follow_: Follow) -> None:
    ids = happen("unit.founded")

    follow_("one", lambda _events: None, names=WANTED)

    assert (position("one"), position("two")) == (ids[0], None)


def test_slow_consumer_outside_holds_no_lock_while_it_works(app: Flask) -> None:
    happen("unit.founded")

    def write_meanwhile(_events: Sequence[Event]) -> None:
        with app.app_context():
            db.session.add(Unit(code="X", name="X"))
            db.session.commit()

    assert follow_outside("test", write_meanwhile, names=WANTED) == 1
