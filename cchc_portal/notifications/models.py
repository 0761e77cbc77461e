"""Tables: notifications and which kinds a person has switched off."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model, UtcDateTime
from cchc_portal.core.mixins import Timestamped
from cchc_portal.directives.models import Directive
from cchc_portal.initiatives.models import Initiative
from cchc_portal.tasks.models import Task


class Notification(Timestamped, Model):
    """One line in a person's list; the same event tells a person once.

    It is about an initiative, a task or a letter; or about several at once, then `title` says which.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("user_id", "event_id", "kind"),
        CheckConstraint(
            "(initiative_id IS NULL OR (task_id IS NULL AND directive_id IS NULL))"
            " AND (task_id IS NULL OR directive_id IS NULL)",
            name="subject",
        ),
        Index(None, "user_id", "read_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[str] = mapped_column(String(40))
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(300), default="")  # what it is about, if no single thing
    words: Mapped[str] = mapped_column(String(300), default="")  # the variable part: a name, a reason
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()
    initiative: Mapped[Initiative | None] = relationship()
    task: Mapped[Task | None] = relationship()
    directive: Mapped[Directive | None] = relationship()


class MutedKind(Model):
    """A kind of notification that a person does not want."""

    __tablename__ = "muted_kind"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
