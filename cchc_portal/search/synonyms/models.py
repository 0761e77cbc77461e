"""Table of words that mean the same to the search."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime


class Synonym(Model):
    """Ways to say one thing: an abbreviation and what it stands for, or words of the same meaning.

    `folded` holds them as `column_text` does, so that LIKE finds a row by any of its words.
    """

    __tablename__ = "search_synonym"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrases: Mapped[list[str]] = mapped_column(JSON)
    folded: Mapped[str] = mapped_column(String(1200), index=True)
    changed_at: Mapped[datetime] = mapped_column(
        UtcDateTime, default=now
    )  # newest of all: the table's version
