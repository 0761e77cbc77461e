"""Consequences: consumers read every event once, in order, whatever breaks in between."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from cchc_portal import audit
from cchc_portal.accounts.models import Unit
from cchc_portal.audit.consumers import BATCH, TRIES, follow, follow_outside, retry
from cchc_portal.audit.models import Cursor, Event
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Unavailable
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
    assert not position()

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


def fail_at(poison: int, seen: list[int]) -> Callable[[Sequence[Event]], None]:
    """Make a consumer that cannot deal with one event."""

    def handle(events: Sequence[Event]) -> None:
        ids = [event.id for event in events]
        if poison in ids:
            raise KeyError("words of people")
        seen.extend(ids)

    return handle


def keep_trying(follow_: Follow, handle: Callable[[Sequence[Event]], None], *, times: int) -> int:
    """Run a consumer as the clock does; return how often it failed."""
    failed = 0
    for _ in range(times):
        try:
            follow_("test", handle, names=WANTED)
        except KeyError:
            failed += 1
        db.session.rollback()
    return failed


@FOLLOW
def test_event_that_always_fails_is_set_aside_and_the_others_come_in_order(follow_: Follow) -> None:
    before, poison, after, last = happen(*["unit.founded"] * 4)
    seen: list[int] = []

    failed = keep_trying(follow_, fail_at(poison, seen), times=TRIES)
    held_up = list(seen)
    again = keep_trying(follow_, fail_at(poison, seen), times=1)

    assert (failed, held_up, again) == (TRIES, [], 0)
    assert (seen, position()) == ([before, after, last], last)
    (aside,) = audit.set_aside()
    assert (aside.consumer, aside.event_id, aside.reason) == ("test", poison, "KeyError")


@FOLLOW
def test_second_event_that_fails_has_its_own_tries(follow_: Follow) -> None:
    first, second = happen(*["unit.founded"] * 2)

    def refuse(_events: Sequence[Event]) -> None:
        raise KeyError

    keep_trying(follow_, refuse, times=TRIES + 1)
    one = [aside.event_id for aside in audit.set_aside()]
    keep_trying(follow_, refuse, times=TRIES)

    assert one == [first]
    assert [aside.event_id for aside in audit.set_aside()] == [first, second]


@FOLLOW
def test_failures_that_pass_are_forgotten(follow_: Follow) -> None:
    (poison,) = happen("unit.founded")
    seen: list[int] = []
    keep_trying(follow_, fail_at(poison, seen), times=TRIES - 1)

    keep_trying(follow_, fail_at(0, seen), times=1)

    assert (seen, audit.set_aside()) == ([poison], [])
    assert db.session.get_one(Cursor, "test").failures == 0


@FOLLOW
@pytest.mark.parametrize("outage", [OSError("disk"), Unavailable(), OperationalError("", {}, Exception())])
def test_outages_set_nothing_aside_however_long_they_last(follow_: Follow, outage: Exception) -> None:
    (held,) = happen("unit.founded")
    seen: list[int] = []

    def break_down(_events: Sequence[Event]) -> None:
        raise outage

    for _ in range(TRIES + 2):
        with pytest.raises(type(outage)):
            follow_("test", break_down, names=WANTED)
        db.session.rollback()
    keep_trying(follow_, fail_at(0, seen), times=1)

    assert (seen, audit.set_aside()) == ([held], [])


def test_event_behind_one_that_another_process_got_past_is_not_set_aside_untried(app: Flask) -> None:
    poison, after = happen(*["unit.founded"] * 2)
    seen: list[int] = []
    keep_trying(follow_outside, fail_at(poison, seen), times=TRIES)

    def be_overtaken(events: Sequence[Event]) -> None:
        if events[0].id == poison:
            with app.app_context(), unit_of_work():
                db.session.get_one(Cursor, "test").event_id = poison
        fail_at(poison, seen)(events)

    keep_trying(follow_outside, be_overtaken, times=1)

    assert (seen, audit.set_aside(), position()) == ([after], [], after)


@FOLLOW
def test_other_consumers_get_what_one_has_set_aside(follow_: Follow) -> None:
    (poison,) = happen("unit.founded")
    seen: list[int] = []
    keep_trying(follow_, fail_at(poison, []), times=TRIES + 1)

    follow_("other", fail_at(0, seen), names=WANTED)

    assert seen == [poison]


def test_what_a_consumer_wrote_of_an_event_set_aside_is_undone() -> None:
    happen("unit.founded")

    def write_and_refuse(_events: Sequence[Event]) -> None:
        db.session.add(Unit(code="X", name="X"))
        db.session.flush()
        raise KeyError

    keep_trying(follow, write_and_refuse, times=TRIES + 1)

    assert db.session.scalars(select(Unit).where(Unit.code == "X")).all() == []
    assert len(audit.set_aside()) == 1


def test_retry_hands_an_event_over_again_and_forgets_it() -> None:
    (poison,) = happen("unit.founded")
    seen: list[int] = []
    keep_trying(follow, fail_at(poison, seen), times=TRIES + 1)
    (aside,) = audit.set_aside()

    still = retry(aside, fail_at(poison, seen))
    (aside,) = audit.set_aside()
    now = retry(aside, fail_at(0, seen))

    assert (still, now, seen, audit.set_aside()) == (False, True, [poison], [])
