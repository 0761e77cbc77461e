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
from cchc_portal.imports.fates import Fate


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
    passed_over: Mapped[list[str]] = mapped_column(JSON, default=list)  # heads of columns without a meaning
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)  # fate -> rows, as judged first
    imported_count: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id")
    )  # None for commands on the server
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    created_by: Mapped[User | None] = relationship()

    @property
    def is_at_work(self) -> bool:
        """True while the worker has something to do for it."""
        return self.state in AT_WORK

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
    values: Mapped[dict[str, Any]] = mapped_column(JSON)  # column -> text
    fate: Mapped[Fate] = mapped_column(enum_type(Fate, name="fate"))
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    initiative_id: Mapped[int | None] = mapped_column(
        ForeignKey("initiative.id", ondelete="SET NULL"), index=True
    )

    batch: Mapped[Batch] = relationship()
