"""Reading the trail."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cchc_portal.audit.models import Event, SetAside
from cchc_portal.core.db import Model, db


def of(thing: Model, *, names: Sequence[str] = ()) -> Sequence[Event]:
    """Return what happened to a thing, oldest first; only the given names if there are any."""
    query = select(Event).where(
        Event.subject_kind == thing.__tablename__,
        Event.subject_id == thing.id,  # type: ignore[attr-defined]
    )
    if names:
        query = query.where(Event.name.in_(names))
    return db.session.scalars(query.order_by(Event.id)).all()


def timeline(*, before: int | None = None, name: str = "", limit: int = 50) -> Sequence[Event]:
    """Return the newest events, newest first.

    Args:
        before: only older than this event.
        name: only of this name.
        limit: events at most.
    """
    query = select(Event).order_by(Event.id.desc()).limit(limit)
    if name:
        query = query.where(Event.name == name)
    if before is not None:
        query = query.where(Event.id < before)
    return db.session.scalars(query).all()


def set_aside() -> Sequence[SetAside]:
    """Return the events that consumers could not deal with, oldest first."""
    query = select(SetAside).options(joinedload(SetAside.event))
    return db.session.scalars(query.order_by(SetAside.event_id, SetAside.consumer)).all()
