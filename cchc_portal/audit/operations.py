"""Writing the trail."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import insert, text

from cchc_portal.audit.models import Event
from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, db
from cchc_portal.jobs import wake_after_commit

_INSERT = insert(Event.__table__)  # type: ignore[arg-type]
_LOCK = 4_277_001  # any number, the same in every process


class Actor(Protocol):
    """Whoever did it."""

    id: Any


def record(name: str, *, on: Model, by: Actor | None, **data: Any) -> Event:
    """Add what happened to the running transaction and wake its consumers after the commit.

    Args:
        name: "<feature>.<verb in the past>", listed in `wiring.py`.
        on: the thing it happened to; what was changed so far is flushed, so it has its id.
        by: who did it; None for the portal itself.
        data: ids, numbers and short words of the act; must fit into JSON.

    Returns:
        what was written, as a plain value: the session does not know it.
    """
    session = db.session
    session.flush()  # locks on rows before the lock on the order, in every act alike: no deadlocks
    _keep_order()
    row = {
        "at": now(),
        "name": name,
        "subject_kind": on.__tablename__,
        "subject_id": on.id,  # type: ignore[attr-defined]
        "actor_id": by.id if by else None,
        "data": data,
    }
    # Past the session, which would look through all it holds once more to write this one row.
    written = session.execute(_INSERT, row)
    wake_after_commit(name)
    return Event(id=written.inserted_primary_key[0], **row)  # type: ignore[attr-defined]


def record_many(name: str, *, on: Sequence[Model], by: Actor | None) -> None:
    """Add the same happening to many things that are in the database already, in one statement."""
    _keep_order()
    events = [
        {
            "name": name,
            "subject_kind": thing.__tablename__,
            "subject_id": thing.id,  # type: ignore[attr-defined]
            "actor_id": by.id if by else None,
        }
        for thing in on
    ]
    if events:
        db.session.execute(insert(Event), events)
        wake_after_commit(name)


def _keep_order() -> None:
    """Let events become visible in the order of their ids, on which the cursors rely.

    SQLite has one writer at a time anyway; PostgreSQL would show 8 before 7 if 7's transaction
    took longer, and a consumer that has passed 8 would never see 7.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
