"""Tables: comments and reports to the Office."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model, UtcDateTime
from cchc_portal.core.mixins import SoftDeleted, Timestamped
from cchc_portal.initiatives.models import Initiative

LONGEST, LONGEST_REASON = 5000, 500  # characters of a comment, of a report


class Comment(Timestamped, SoftDeleted, Model):
    """A comment, or an answer to one; a deleted comment leaves its place in the thread."""

    __tablename__ = "comment"
    __table_args__ = (Index(None, "initiative_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)  # rendered and cleaned when written
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    initiative: Mapped[Initiative] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    parent: Mapped["Comment | None"] = relationship(remote_side=[id])

    @property
    def thread_id(self) -> int:
        """The comment with which its thread begins."""
        return self.parent_id or self.id

    @property
    def is_deleted(self) -> bool:
        """True once its writer took it back or the Office hid it."""
        return self.deleted_at is not None

    @property
    def is_hidden(self) -> bool:
        """True if the Office removed it."""
        return self.is_deleted and self.deleted_by_id != self.author_id


class CommentReport(Timestamped, Model):
    """Somebody asks the Office to look at a comment."""

    __tablename__ = "comment_report"
    __table_args__ = (UniqueConstraint("comment_id", "reporter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    comment: Mapped[Comment] = relationship()
    reporter: Mapped[User] = relationship(foreign_keys=[reporter_id])
