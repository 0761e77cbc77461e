"""What was written about a task, the files that prove it, and requests for more time."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.storage.models import StoredFile
from cchc_portal.tasks.models.states import ExtensionState, NoteKind
from cchc_portal.tasks.models.task import Task

_ASKED = text("state = 'asked'")


class TaskNote(Model):
    """A word on a task: progress, a report, or what the one who checked it said."""

    __tablename__ = "task_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoteKind] = mapped_column(enum_type(NoteKind, name="kind"), default=NoteKind.PROGRESS)
    text: Mapped[str] = mapped_column(Text, default="")
    percent: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    task: Mapped[Task] = relationship(back_populates="notes")
    author: Mapped[User] = relationship()
    files: Mapped[list["Evidence"]] = relationship(
        back_populates="note",
        cascade="all, delete-orphan",
        order_by="Evidence.id",
    )


class Evidence(Model):
    """A file that proves what a note says."""

    __tablename__ = "task_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("task_note.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))

    note: Mapped[TaskNote] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class Extension(Model):
    """A request for a later deadline, with its reason and who decided."""

    __tablename__ = "task_extension"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decider"),
        Index(
            "uq_task_extension_asked", "task_id", unique=True, sqlite_where=_ASKED, postgresql_where=_ASKED
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    state: Mapped[ExtensionState] = mapped_column(
        enum_type(ExtensionState, name="state"), default=ExtensionState.ASKED
    )
    former_on: Mapped[date | None]  # the last day in time before
    wanted_on: Mapped[date]  # the last day in time that is asked for
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")

    task: Mapped[Task] = relationship(back_populates="extensions")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_open(self) -> bool:
        """True until somebody decides."""
        return self.state is ExtensionState.ASKED

    @property
    def is_granted(self) -> bool:
        """True if the later day became the deadline."""
        return self.state is ExtensionState.GRANTED

    def decide(self, state: ExtensionState, *, by: User, answer: str) -> None:
        """Keep what was decided, by whom and why."""
        self.state, self.answer = state, answer
        self.decided_by, self.decided_at = by, now()
