"""The initiative and what belongs to its text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.errors import require_step
from cchc_portal.core.mixins import SoftDeleted, Timestamped
from cchc_portal.directives.models import Item, ReformField
from cchc_portal.initiatives.models.states import CANDIDATES, OPEN, WRITABLE, EntryMode, Kind, State, leads_to
from cchc_portal.storage.models import StoredFile


class Initiative(Timestamped, SoftDeleted, Model):
    """An initiative or good practice as it was last submitted.

    What its authors are writing is in `Draft`; submission freezes that into a `Version` and copies
    it here. Before the first submission only kind, way in, title, unit and authors are filled.
    """

    __tablename__ = "initiative"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (code IS NULL)", name="code"),
        CheckConstraint("(code IS NULL) = (submitted_at IS NULL)", name="submitted"),
        CheckConstraint("kind <> 'initiative' OR state <> 'published'", name="practices_are_published"),
        CheckConstraint(
            "kind = 'initiative' OR state NOT IN ('accepted', 'under_review', 'recognised', 'not_recognised')",
            name="initiatives_are_recognised",
        ),
        Index("ix_initiative_newest", "deleted_at", "submitted_at", "id"),
        Index("ix_initiative_most_voted", "deleted_at", "vote_count", "id"),
        Index(None, "state"),
        Index(None, "unit_id"),
        Index(None, "created_by_id"),
        Index(None, "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(30), unique=True)
    kind: Mapped[Kind] = mapped_column(enum_type(Kind, name="kind"))
    entry_mode: Mapped[EntryMode] = mapped_column(
        enum_type(EntryMode, name="entry_mode"), default=EntryMode.PROPOSE
    )
    state: Mapped[State] = mapped_column(enum_type(State, name="state"), default=State.DRAFT)
    is_breakthrough: Mapped[bool] = mapped_column(default=False)

    title: Mapped[str] = mapped_column(String(300), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    novelty: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    first_applied_on: Mapped[date | None]
    is_trial: Mapped[bool] = mapped_column(default=False)
    source_name: Mapped[str] = mapped_column(String(200), default="")  # where an introduced model comes from
    source_link: Mapped[str] = mapped_column(String(500), default="")
    source_contact: Mapped[str] = mapped_column(String(200), default="")

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: older than the portal
    awaits_confirmation: Mapped[bool] = mapped_column(default=False)  # a nominated author has not agreed yet
    year: Mapped[int | None]  # of the first submission
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state_changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    state_reason: Mapped[str] = mapped_column(Text, default="")  # why it was returned or withdrawn
    vote_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit | None] = relationship()
    created_by: Mapped[User | None] = relationship(foreign_keys=[created_by_id])
    authors: Mapped[list["Author"]] = relationship(
        back_populates="initiative",
        cascade="all, delete-orphan",
        order_by="Author.position",
    )
    figures: Mapped[list["Figure"]] = relationship(
        back_populates="initiative",
        cascade="all, delete-orphan",
        order_by="Figure.position",
    )
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="initiative",
        cascade="all, delete-orphan",
        order_by="Answer.id",
    )
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="initiative",
        cascade="all, delete-orphan",
        order_by="Attachment.id",
    )
    fields: Mapped[list["InFieldOf"]] = relationship(
        back_populates="initiative",
        cascade="all, delete-orphan",
        order_by="InFieldOf.field_code",
    )
    tags: Mapped[list["Tag"]] = relationship(
        back_populates="initiative",
        cascade="all, delete-orphan",
        order_by="Tag.id",
    )

    @property
    def is_writable(self) -> bool:
        """True while the authors may change the text."""
        return self.state in WRITABLE and self.deleted_at is None

    @property
    def is_open(self) -> bool:
        """True if every signed-in colleague may read, vote and comment."""
        return self.state in OPEN and not self.awaits_confirmation and self.deleted_at is None

    @property
    def is_candidate(self) -> bool:
        """True if a leader may select it for replication."""
        return self.state in CANDIDATES and self.is_open

    def is_author(self, user: User) -> bool:
        """Say whether the person wrote it or is named as an author."""
        return self.created_by_id == user.id or any(author.user_id == user.id for author in self.authors)

    def move_to(self, state: State) -> None:
        """Go on to another state.

        Raises:
            InvalidState: no step leads there from here.
        """
        require_step(state, among=leads_to(self.kind, self.state))
        self.state = state
        self.state_changed_at = now()


class Author(Model):
    """A person who made it, with the share in per cent; somebody from outside has no account."""

    __tablename__ = "author"
    __table_args__ = (
        UniqueConstraint("initiative_id", "user_id"),
        CheckConstraint("share IS NULL OR (share > 0 AND share <= 100)", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    workplace: Mapped[str] = mapped_column(String(200), default="")
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))  # unknown only before the first submission
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    initiative: Mapped[Initiative] = relationship(back_populates="authors")
    user: Mapped[User | None] = relationship()


class Figure(Model):
    """A number before and after, with its unit of measurement."""

    __tablename__ = "figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str] = mapped_column(String(40), default="")
    before: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    after: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))

    initiative: Mapped[Initiative] = relationship(back_populates="figures")


class Answer(Model):
    """An item of a letter that the initiative answers, with one sentence on how."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("initiative_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("directive_item.id"), index=True)
    sentence: Mapped[str] = mapped_column(String(500), default="")

    initiative: Mapped[Initiative] = relationship(back_populates="answers")
    item: Mapped[Item] = relationship()


class InFieldOf(Model):
    """A content of administrative reform that the initiative belongs to."""

    __tablename__ = "initiative_field"

    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE"), primary_key=True
    )
    field_code: Mapped[int] = mapped_column(ForeignKey("reform_field.code"), primary_key=True, index=True)

    initiative: Mapped[Initiative] = relationship(back_populates="fields")
    field: Mapped[ReformField] = relationship()


class Tag(Model):
    """A word people file the initiative under; `folded` is what filters compare."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("initiative_id", "folded"), Index(None, "folded", "initiative_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(60))

    initiative: Mapped[Initiative] = relationship(back_populates="tags")


class Attachment(Timestamped, SoftDeleted, Model):
    """A file of an initiative under the name it came with; taken out, it stays for old versions.

    Colleagues see it from the next submission on.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: came in with a past one
    is_submitted: Mapped[bool] = mapped_column(default=False)

    initiative: Mapped[Initiative] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship()
    added_by: Mapped[User | None] = relationship()


class Draft(Model):
    """What the authors are writing, exactly as typed: nothing is refused, nothing is lost.

    `content` has the shape that `initiatives.content` describes; `revision` counts its changes.
    """

    __tablename__ = "draft"

    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    initiative: Mapped[Initiative] = relationship()
    saved_by: Mapped[User] = relationship()


class Version(Timestamped, Model):
    """The whole text as it was submitted; never changed."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("initiative_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    initiative: Mapped[Initiative] = relationship()
    submitted_by: Mapped[User | None] = relationship()


class CodeCounter(Model):
    """The last number given in a year, so that codes have no gaps and no doubles."""

    __tablename__ = "code_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
