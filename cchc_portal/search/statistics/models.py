"""Tables: how often a month saw a term searched for, and a result opened."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.db import Model

LONGEST_TERM = 100


class SearchTerm(Model):
    """A term in a month; the term "" stands for all searches of it.

    `people` are marks of the first who searched for it, good for that month alone; once there are
    enough of them the term `is_shown` and the marks are let go.
    """

    __tablename__ = "search_term"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)  # 2023-03
    term: Mapped[str] = mapped_column(String(LONGEST_TERM), primary_key=True)
    searched: Mapped[int] = mapped_column(default=0)
    empty: Mapped[int] = mapped_column(default=0)  # times nothing was found
    people: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_shown: Mapped[bool] = mapped_column(default=False)


class OpenedResult(Model):
    """How often a thing was opened from results in a month."""

    __tablename__ = "search_opened"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    opened: Mapped[int] = mapped_column(default=0)
