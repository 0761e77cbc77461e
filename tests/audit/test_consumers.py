"""Each consumer gets what it wants, in order, whatever breaks in between."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.audit import Cursor, Event, consumers
from cchc_portal.audit.consumers import follow, follow_outside
from cchc_portal.core.db import db, unit_of_work
from tests.factories.accounts import make_unit, make_user

WANTED = {"unit.founded"}
Follow = Callable[..., int]


@pytest.fixture(params=[follow, follow_outside])
def either(request: pytest.FixtureRequest) -> Follow:
    return request.param


def happen(name: str, times: int = 1) -> list[int]:
    unit, user = make_unit(), make_user()
    events = [audit.record(name, on=unit, by=user) for _ in range(times)]
    db.session.commit()
    ids = [event.id for event in events]
    db.session.rollback()
    return ids


def position() -> int | None:
    found = db.session.scalar(select(Cursor.event_id).where(Cursor.consumer == "test"))
    db.session.rollback()
    return found


def test_a_consumer_gets_what_it_wants_once_and_in_order(app: Flask, either: Follow) -> None:
    first, _other, second = happen("unit.founded", 2), happen("account.opened"), happen("unit.founded")
    seen: list[int] = []

    for _ in range(2):
        either("test", lambda events: seen.extend(event.id for event in events), names=WANTED)

    assert seen == first + second


def test_many_events_come_in_batches(app: Flask, either: Follow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "BATCH", 2)
    happen("unit.founded", 5)
    sizes: list[int] = []

    either("test", lambda events: sizes.append(len(events)), names=WANTED)

    assert sizes == [2, 2, 1]


def test_a_failing_consumer_sees_the_batch_again(app: Flask, either: Follow) -> None:
    ids, seen = happen("unit.founded"), []

    def stumble(events: Sequence[Event]) -> None:
        seen.extend(event.id for event in events)
        if len(seen) == 1:
            raise ValueError("stumbled")

    with pytest.raises(ValueError, match="stumbled"):
        either("test", stumble, names=WANTED)
    db.session.rollback()
    either("test", stumble, names=WANTED)

    assert seen == ids * 2


def test_what_a_consumer_writes_is_undone_when_it_fails(app: Flask) -> None:
    happen("unit.founded")

    def stumble(_events: Sequence[Event]) -> None:
        make_row("left behind")
        raise ValueError("stumbled")

    with pytest.raises(ValueError, match="stumbled"):
        follow("test", stumble, names=WANTED)

    assert db.session.scalar(select(func.count()).where(Cursor.consumer == "left behind")) == 0


def test_events_nobody_wants_cost_no_write(
    app: Flask, either: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "LONGEST_LAG", 10**9)  # ids go on counting from test to test
    happen("account.opened", 3)

    seen = either("test", pytest.fail, names=WANTED)

    assert (seen, position()) == (0, None)


def test_a_cursor_does_not_stay_too_far_behind(
    app: Flask, either: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "LONGEST_LAG", 2)
    ids = happen("account.opened", 4)

    either("test", pytest.fail, names=WANTED)

    assert position() == ids[-1]


def test_two_workers_hand_over_each_event_once(app: Flask) -> None:
    ids, seen = happen("unit.founded", 20), []
    db.session.remove()

    def work(_number: int) -> None:
        with app.app_context():
            follow("test", lambda events: seen.extend(event.id for event in events), names=WANTED)

    with unit_of_work():
        make_row("test")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    assert sorted(seen) == ids


def make_row(consumer: str) -> None:
    db.session.add(Cursor(consumer=consumer, event_id=0))
    db.session.flush()
