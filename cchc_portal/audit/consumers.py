"""Consequences: consumers read the events after their own cursor, in order.

One event that a consumer cannot deal with must not hold up all that follow it: see
docs/decisions/events-are-set-aside.md.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from cchc_portal.audit.models import Cursor, Event, SetAside
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Unavailable

BATCH = 200
LONGEST_LAG = 1000  # events nobody wants that a cursor may leave behind it
TRIES = 10  # a few minutes, with those of the queue and of the clock

# What the world does to a consumer: it passes, so one waits for it however long it takes.
OUTAGES = (OperationalError, InterfaceError, PoolTimeoutError, OSError, Unavailable)

Handle = Callable[[Sequence[Event]], None]
Step = Callable[[int], int]

log = structlog.get_logger()


def follow(consumer: str, handle: Handle, *, names: Collection[str]) -> int:
    """Hand a consumer everything it has not seen yet, batch by batch; return how many events.

    Each batch and the moved cursor are one transaction, so what the consumer writes to the
    database happens exactly once.

    Args:
        consumer: its name, under which the cursor is kept.
        handle: called with the batch, oldest first; must be quick, it holds the write lock.
        names: names of events it wants; the others are passed over.
    """
    return _follow(consumer, names, partial(_step, consumer, handle, names))


def follow_outside(consumer: str, handle: Handle, *, names: Collection[str]) -> int:
    """Like `follow`, for consumers that work slowly outside the database, a search index say.

    The batch is handled without holding the database; the cursor moves afterwards. A crash in
    between brings the same batch again, so the consumer must be idempotent.
    """
    return _follow(consumer, names, partial(_step_outside, consumer, handle, names))


def retry(aside: SetAside, handle: Handle) -> bool:
    """Hand a consumer an event that was set aside once more; say whether it could deal with it now."""
    try:
        with unit_of_work():
            handle([aside.event])
            db.session.delete(aside)
    except Exception:
        log.exception("event_set_aside_failed_again", consumer=aside.consumer, number=aside.event_id)
        return False
    return True


def _follow(consumer: str, names: Collection[str], step: Step) -> int:
    seen = 0
    # After many failures one by one, to find the event at which the consumer fails.
    size = 1 if _failures(consumer) >= TRIES else BATCH
    while (at := _place_of_work(consumer, names)) is not None:
        try:
            seen += step(size)
        except OUTAGES:
            raise
        except Exception as error:
            db.session.rollback()
            if size > 1:
                _count_failure(consumer)
                raise
            _set_aside(consumer, error, at=at)
            size = BATCH
    return seen


def _place_of_work(consumer: str, names: Collection[str]) -> int | None:
    """Return behind which event a consumer has work, None if there is none.

    It is looked for without the write lock, which most looks would take from people for nothing.
    """
    after = _position(consumer)
    wanted = select(Event.id).where(Event.id > after, Event.name.in_(names)).limit(1)
    newest = db.session.scalar(select(func.max(Event.id))) or 0
    found = newest > after + LONGEST_LAG or db.session.scalar(wanted) is not None
    db.session.rollback()  # ends the read, so that a write begins afresh
    return after if found else None


def _step(consumer: str, handle: Handle, names: Collection[str], size: int) -> int:
    with unit_of_work():
        cursor = _lock(consumer)
        events = _next(cursor.event_id, size)
        if wanted := [event for event in events if event.name in names]:
            handle(wanted)
        _move(cursor, events)
        return len(events)


def _step_outside(consumer: str, handle: Handle, names: Collection[str], size: int) -> int:
    events = _next(_position(consumer), size)
    if wanted := [event for event in events if event.name in names]:
        handle(wanted)
    db.session.rollback()  # ends the read, so that the write below begins afresh
    with unit_of_work():
        _move(_lock(consumer), events)
    return len(events)


def _move(cursor: Cursor, events: Sequence[Event]) -> None:
    if events:
        cursor.event_id, cursor.failures = max(cursor.event_id, events[-1].id), 0


def _count_failure(consumer: str) -> None:
    with unit_of_work():
        _lock(consumer).failures += 1


def _set_aside(consumer: str, error: Exception, *, at: int) -> None:
    """Put aside the event behind a place at which a consumer has failed, and move on.

    If another process has moved on already, the event behind its cursor is one that nobody has tried.
    """
    with unit_of_work():
        cursor = _lock(consumer)
        if cursor.event_id != at:
            return
        events = _next(at, 1)
        db.session.add(SetAside(consumer=consumer, event=events[0], reason=type(error).__name__))
        _move(cursor, events)
        log.error("event_set_aside", consumer=consumer, number=events[0].id, name=events[0].name)


def _next(after: int, size: int) -> Sequence[Event]:
    return db.session.scalars(select(Event).where(Event.id > after).order_by(Event.id).limit(size)).all()


def _position(consumer: str) -> int:
    return db.session.scalar(select(Cursor.event_id).where(Cursor.consumer == consumer)) or 0


def _failures(consumer: str) -> int:
    return db.session.scalar(select(Cursor.failures).where(Cursor.consumer == consumer)) or 0


def _lock(consumer: str) -> Cursor:
    cursor = db.session.get(Cursor, consumer, with_for_update=True, populate_existing=True)
    if cursor is None:
        cursor = Cursor(consumer=consumer, event_id=0, failures=0)
        db.session.add(cursor)
        db.session.flush()
    return cursor
