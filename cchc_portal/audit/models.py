"""Tables: Event, the trail, timeline and outbox in one; Cursor, how far a consumer has read; SetAside."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime


class Event(Model):
    """Something that happened; never changed, never deleted.

    `name` is "<feature>.<verb in the past>"; `subject_kind`/`subject_id` say to what; `actor_id` by
    whom (None: the portal itself); `data` holds ids and words of the act, never whole texts.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "subject_kind", "subject_id", "id"),
        Index(None, "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    name: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    actor_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Cursor(Model):
    """The last event a consumer has dealt with, and how often it has failed at the next since."""

    __tablename__ = "cursor"

    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)


class SetAside(Model):
    """An event a consumer could not deal with, put aside so that those after it are not held up."""

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("consumer", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    consumer: Mapped[str] = mapped_column(String(40))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    reason: Mapped[str] = mapped_column(String(200))  # the kind of error; its words could quote people's text

    event: Mapped[Event] = relationship()
