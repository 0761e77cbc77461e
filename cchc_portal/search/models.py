"""Tables: what the index holds of each thing, and the text of files."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, String, Text, UniqueConstraint
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
    folded: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(Text, default=" ")
    facets: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    stamp: Mapped[int] = mapped_column(BigInteger, default=0)
    figures: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)  # by which things can be ordered
    revision: Mapped[int] = mapped_column(default=1)  # counts changes of this row
    is_waiting: Mapped[bool] = mapped_column(default=True, index=True)  # the index does not hold it yet
    is_gone: Mapped[bool] = mapped_column(default=False)  # to be taken out of the index, then deleted

    @property
    def key(self) -> str:
        """Its name in the index."""
        return f"{self.kind}:{self.thing_id}"


class FileText(Model):
    """The text inside a stored file, read once; empty if there is none or it cannot be read.

    Named by the file's sum and not by its row, which must be free to go when nothing needs it.
    """

    __tablename__ = "search_file_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
