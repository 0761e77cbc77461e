"""Columns that many tables share; columns only."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.clock import now
from cchc_portal.core.db import UtcDateTime


class Timestamped:
    """When the row came into being."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class SoftDeleted:
    """When the row was put into the bin; None while it counts."""

    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
