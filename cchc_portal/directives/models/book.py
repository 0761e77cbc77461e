"""Tables of what the Office keeps beside letters: files, versions, addressees, receipts, numbers given."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime
from cchc_portal.core.mixins import SoftDeleted, Timestamped
from cchc_portal.directives.models.letters import Directive
from cchc_portal.storage.models import StoredFile


class DirectiveFile(Timestamped, SoftDeleted, Model):
    """A scan or another file of a letter under the name it came with."""

    __tablename__ = "directive_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    directive: Mapped[Directive] = relationship()
    file: Mapped[StoredFile] = relationship()
    added_by: Mapped[User] = relationship()


class DirectiveVersion(Timestamped, Model):
    """A letter as it was issued or corrected later, with who and why; never changed."""

    __tablename__ = "directive_version"
    __table_args__ = (UniqueConstraint("directive_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(500), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    directive: Mapped[Directive] = relationship()
    made_by: Mapped[User | None] = relationship()


class AddressedUnit(Model):
    """A unit whose people a letter is addressed to, since its issue."""

    __tablename__ = "addressed_unit"

    directive_id: Mapped[int] = mapped_column(
        ForeignKey("directive.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)

    directive: Mapped[Directive] = relationship()
    unit: Mapped[Unit] = relationship()


class Receipt(Model):
    """A person has taken note of a letter ("Đã tiếp nhận"), for the unit they were in."""

    __tablename__ = "receipt"

    directive_id: Mapped[int] = mapped_column(
        ForeignKey("directive.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    directive: Mapped[Directive] = relationship()
    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()


class ArrivalCounter(Model):
    """The last arrival number given in a year."""

    __tablename__ = "arrival_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
