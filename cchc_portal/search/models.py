"""Tables: what the index holds of each thing, and the text of files."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime


class Entry(Model):
    """A findable thing as it was last read: source of the index, of snippets and of the fallback.

    Written by the worker alone, after the event that changed the thing. `audience` and `folded`
    begin and end with a blank, so that LIKE finds whole words in them.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    owner: Mapped[str] = mapped_column(String(60), default="", index=True)  # key of the thing it is a part of
    code: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[str] = mapped_column(Text, default="")  # snippets are cut from it
    keywords: Mapped[str] = mapped_column(Text, default="")  # found by, but not worth reading
    attached: Mapped[str] = mapped_column(Text, default="")  # what its files are called and say
    files: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # their names and sums
    folded: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(Text, default=" ")
    facets: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # by which it can be sorted
    stamp: Mapped[int] = mapped_column(BigInteger, default=0)
    revision: Mapped[int] = mapped_column(default=1)  # counts changes of this row
    is_waiting: Mapped[bool] = mapped_column(default=True, index=True)  # the index does not hold it yet
    is_gone: Mapped[bool] = mapped_column(default=False)  # to be taken out of the index, then deleted

    @property
    def key(self) -> str:
        """Its name in the index."""
        return f"{self.kind}:{self.thing_id}"


class FileText(Model):
    """A stored file that was read; without passages there is no text in it, or it cannot be read.

    Named by the file's sum and not by its row, which must be free to go when nothing needs it.
    """

    __tablename__ = "search_file_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class FilePassage(Model):
    """A piece of the text inside a file, a page at most, so that people are told where it stands."""

    __tablename__ = "search_file_passage"

    sha256: Mapped[str] = mapped_column(
        ForeignKey("search_file_text.sha256", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(80), default="")  # "trang 3", "slide 2", "sheet Thu chi"
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)  # like that of entries
