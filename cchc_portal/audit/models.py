"""Tables: Event, the trail, timeline and outbox in one; Cursor, how far a consumer has read."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

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
    """The last event a consumer has dealt with."""

    __tablename__ = "cursor"

    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[int] = mapped_column(default=0)
