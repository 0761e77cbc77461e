"""Table of words that mean the same to the search."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime

LONGEST_FOLDED = 1200


class Synonym(Model):
    """Ways to say one thing: an abbreviation and what it stands for, or words of the same meaning.

    `folded` holds them as `column_text` does, so that LIKE finds a row by any of its words.
    """

    __tablename__ = "search_synonym"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrases: Mapped[list[str]] = mapped_column(JSON)
    folded: Mapped[str] = mapped_column(String(LONGEST_FOLDED), index=True)
    changed_at: Mapped[datetime] = mapped_column(
        UtcDateTime, default=now
    )  # newest of all: the table's version

    @property
    def version(self) -> str:
        """What tells the row from what it was before it was last written anew."""
        return self.changed_at.isoformat()
