"""Consequences: consumers read the events after their own cursor, in order."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import func, select

from cchc_portal.audit.models import Cursor, Event
from cchc_portal.core.db import db, unit_of_work

BATCH = 200
LONGEST_LAG = 1000  # events nobody wants that a cursor may leave behind it

Handle = Callable[[Sequence[Event]], None]


def follow(consumer: str, handle: Handle, *, names: Collection[str]) -> int:
    """Hand a consumer everything it has not seen yet, batch by batch; return how many events.

    Each batch and the moved cursor are one transaction, so what the consumer writes to the
    database happens exactly once.

    Args:
        consumer: its name, under which the cursor is kept.
        handle: called with the batch, oldest first; must be quick, it holds the write lock.
        names: names of events it wants; the others are passed over.
    """
    seen = 0
    while _has_work(consumer, names) and (batch := _step(consumer, handle, names)):
        seen += batch
    return seen


def follow_outside(consumer: str, handle: Handle, *, names: Collection[str]) -> int:
    """Like `follow`, for consumers that work slowly outside the database, a search index say.

    The batch is handled without holding the database; the cursor moves afterwards. A crash in
    between brings the same batch again, so the consumer must be idempotent.
    """
    seen = 0
    while _has_work(consumer, names) and (events := _next(_position(consumer))):
        if wanted := [event for event in events if event.name in names]:
            handle(wanted)
        last, count = events[-1].id, len(events)
        db.session.rollback()  # ends the read, so that the write below begins afresh
        with unit_of_work():
            cursor = _lock(consumer)
            cursor.event_id = max(cursor.event_id, last)
        seen += count
    return seen


def _has_work(consumer: str, names: Collection[str]) -> bool:
    """Look without the write lock, which most looks would take from people for nothing."""
    after = _position(consumer)
    wanted = select(Event.id).where(Event.id > after, Event.name.in_(names)).limit(1)
    newest = db.session.scalar(select(func.max(Event.id))) or 0
    found = newest > after + LONGEST_LAG or db.session.scalar(wanted) is not None
    db.session.rollback()  # ends the read, so that a write begins afresh
    return found


def _step(consumer: str, handle: Handle, names: Collection[str]) -> int:
    with unit_of_work():
        cursor = _lock(consumer)
        events = _next(cursor.event_id)
        if not events:
            return 0
        if wanted := [event for event in events if event.name in names]:
            handle(wanted)
        cursor.event_id = events[-1].id
        return len(events)


def _next(after: int) -> Sequence[Event]:
    return db.session.scalars(select(Event).where(Event.id > after).order_by(Event.id).limit(BATCH)).all()


def _position(consumer: str) -> int:
    return db.session.scalar(select(Cursor.event_id).where(Cursor.consumer == consumer)) or 0


def _lock(consumer: str) -> Cursor:
    cursor = db.session.get(Cursor, consumer, with_for_update=True, populate_existing=True)
    if cursor is None:
        cursor = Cursor(consumer=consumer, event_id=0)
        db.session.add(cursor)
        db.session.flush()
    return cursor
