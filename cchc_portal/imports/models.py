"""Tables: batches of past initiatives, and what became of each row."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.errors import require_step
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.mixins import Timestamped
from cchc_portal.imports.columns import said
from cchc_portal.imports.fates import Fate
from cchc_portal.initiatives.models import Initiative
from cchc_portal.storage.models import StoredFile


class State(Labelled):
    """Where a batch stands."""

    KEPT = "kept", N_("Chờ xác nhận")
    RUNNING = "running", N_("Đang nhập")
    DONE = "done", N_("Đã nhập")
    UNDOING = "undoing", N_("Đang hoàn tác")
    UNDONE = "undone", N_("Đã hoàn tác")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.KEPT: frozenset({State.RUNNING}),
    State.RUNNING: frozenset({State.DONE}),
    State.DONE: frozenset({State.UNDOING}),
    State.UNDOING: frozenset({State.UNDONE}),
    State.UNDONE: frozenset(),
}
AT_WORK = frozenset({State.RUNNING, State.UNDOING})


class Batch(Timestamped, Model):
    """A file of past initiatives that somebody brings in."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(enum_type(State, name="state"), default=State.KEPT)
    file_name: Mapped[str] = mapped_column(String(255))
    columns: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # head -> column, "" if passed over
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)  # fate -> rows, as judged first
    imported_count: Mapped[int] = mapped_column(default=0)
    archive_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))  # until all of it is read
    paper_count: Mapped[int] = mapped_column(default=0)  # files in the archive
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id")
    )  # None for commands on the server
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    created_by: Mapped[User | None] = relationship()
    archive: Mapped[StoredFile | None] = relationship()

    @property
    def is_read(self) -> bool:
        """True once every file of an archive has become a row."""
        return self.archive_id is None

    @property
    def is_at_work(self) -> bool:
        """True while the worker has something to do for it."""
        return self.state in AT_WORK or not self.is_read

    @property
    def total(self) -> int:
        """How many rows are to be imported."""
        return self.counts.get(Fate.NEW.value, 0)

    def move_to(self, state: State) -> None:
        """Go on to another state.

        Raises:
            InvalidState: no step leads there from here.
        """
        require_step(state, among=TRANSITIONS[self.state])
        self.state = state


class BatchRow(Model):
    """A row of a batch: what it says, what becomes of it, and the initiative that came of it."""

    __tablename__ = "import_row"
    __table_args__ = (Index(None, "batch_id", "fate", "has_code", "number"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    has_code: Mapped[bool] = mapped_column(default=False)  # of its own
    values: Mapped[dict[str, Any]] = mapped_column(JSON)  # head -> text
    fate: Mapped[Fate] = mapped_column(enum_type(Fate, name="fate"))
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    initiative_id: Mapped[int | None] = mapped_column(
        ForeignKey("initiative.id", ondelete="SET NULL"), index=True
    )

    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)  # to be attached
    same_as_id: Mapped[int | None] = mapped_column(  # what is there already, or is much like it
        ForeignKey("initiative.id", ondelete="SET NULL"), index=True
    )
    same_row: Mapped[int | None]  # number of the row above that says the same

    batch: Mapped[Batch] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    same_as: Mapped[Initiative | None] = relationship(foreign_keys=[same_as_id])

    @property
    def said(self) -> dict[str, str]:
        """Column -> text."""
        return said(self.values, self.batch.columns)


class ColumnChoice(Model):
    """What a column is, as a person has said: is chosen already when a file has such a column again."""

    __tablename__ = "import_column"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    head: Mapped[str] = mapped_column(String(200), primary_key=True)  # folded
    column: Mapped[str] = mapped_column(String(20))  # "" if it is passed over
