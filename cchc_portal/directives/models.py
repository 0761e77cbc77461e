"""Tables: letters with what was recognised in them, citations, items and who has to answer them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, UnitFunction, User
from cchc_portal.core.calendar import Recurrence, days_left, last_day
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.errors import InvalidState
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.mixins import SoftDeleted, Timestamped
from cchc_portal.storage.models import StoredFile


class State(Labelled):
    """Where a letter stands."""

    DRAFT = "draft", N_("Đang rà soát")
    ISSUED = "issued", N_("Đã ban hành")
    CLOSED = "closed", N_("Đã kết thúc")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ISSUED}),
    State.ISSUED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


class Part(StrEnum):
    """How a unit takes part in an item."""

    LEAD = "lead"
    SUPPORT = "support"


class ReformField(Model):
    """A content of administrative reform (Nghị quyết 76/NQ-CP; code 0 is direction and management)."""

    __tablename__ = "reform_field"

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Directive(Timestamped, SoftDeleted, Model):
    """An official letter. Number and day may be blank: the registry fills them in later."""

    __tablename__ = "directive"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (issued_at IS NULL)", name="issued"),
        CheckConstraint("(issued_at IS NULL) = (issued_by_id IS NULL)", name="issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(enum_type(State, name="state"), default=State.DRAFT)
    kind: Mapped[str] = mapped_column(String(100), default="")
    issuer: Mapped[str] = mapped_column(String(200), default="")
    superior: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[str] = mapped_column(String(20), default="")
    symbol: Mapped[str] = mapped_column(String(30), default="")
    place: Mapped[str] = mapped_column(String(100), default="")
    day: Mapped[int | None]
    month: Mapped[int | None]
    year: Mapped[int | None]
    subject: Mapped[str] = mapped_column(String(500), default="")
    addressees: Mapped[list[str]] = mapped_column(JSON, default=list)
    recipients: Mapped[list[str]] = mapped_column(JSON, default=list)
    filed_at: Mapped[str] = mapped_column(String(60), default="")
    signer_capacity: Mapped[str] = mapped_column(String(120), default="")
    signer_position: Mapped[str] = mapped_column(String(120), default="")
    signer_name: Mapped[str] = mapped_column(String(60), default="")
    annexes: Mapped[list[str]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text)  # as it came, never changed
    recognised: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # what was read, with places in the text
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(255), default="")
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    file: Mapped[StoredFile | None] = relationship()
    imported_by: Mapped[User | None] = relationship(foreign_keys=[imported_by_id])
    issued_by: Mapped[User | None] = relationship(foreign_keys=[issued_by_id])
    citations: Mapped[list["Citation"]] = relationship(
        back_populates="directive",
        cascade="all, delete-orphan",
        order_by="Citation.position",
    )
    items: Mapped[list["Item"]] = relationship(
        back_populates="directive",
        cascade="all, delete-orphan",
        order_by="Item.position",
    )

    @property
    def is_open(self) -> bool:
        """True while the Office may still correct it."""
        return self.state is State.DRAFT

    @property
    def code(self) -> str:
        """Number and symbol as they are written, "…/UBND-VP" while the number is blank.

        Party bodies part them by a dash: "01-NQ/TU"; a symbol with a year by a slash: "61/2018/NĐ-CP".
        """
        if not self.symbol:
            return self.number
        is_of_the_party = "/" in self.symbol and not self.symbol[0].isdigit()
        return f"{self.number or '…'}{'-' if is_of_the_party else '/'}{self.symbol}"

    @property
    def title(self) -> str:
        """The subject as a heading, "" while there is none; official letters begin it in lower case."""
        return self.subject[:1].upper() + self.subject[1:]

    @property
    def date_words(self) -> str:
        """The date as NĐ 30/2020 writes it, "ngày … tháng 3 năm 2023" while the day is blank; "" without a year."""
        if self.year is None:
            return ""
        day = f"{self.day:02}" if self.day else "…"
        month = f"{self.month:02}" if self.month in {1, 2} else str(self.month or "…")
        return f"ngày {day} tháng {month} năm {self.year}"

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the registry has still to fill in: "number", "day"."""
        return tuple(name for name in ("number", "day") if not getattr(self, name))

    def move_to(self, state: State) -> None:
        """Go on to another state.

        Raises:
            InvalidState: no step leads there from here.
        """
        if state not in TRANSITIONS[self.state]:
            raise InvalidState
        self.state = state


class Citation(Model):
    """Another document that a letter names."""

    __tablename__ = "citation"

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(100), default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    issued_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(40), default="")

    directive: Mapped[Directive] = relationship(back_populates="citations")


class Item(Model):
    """Something a letter asks for; `code` is its number, "2" or "2.a" for a part of item 2."""

    __tablename__ = "directive_item"
    __table_args__ = (
        UniqueConstraint("directive_id", "code"),
        CheckConstraint("(deadline_on IS NULL) OR (deadline_source <> '')", name="deadline_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("directive_item.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(String(300), default="")
    verb: Mapped[str] = mapped_column(String(300), default="")
    report_to: Mapped[str] = mapped_column(String(200), default="")
    deadline_operator: Mapped[str] = mapped_column(String(40), default="")
    deadline_on: Mapped[date | None]
    deadline_words: Mapped[str] = mapped_column(String(200), default="")
    deadline_source: Mapped[str] = mapped_column(String(20), default="")  # "letter" or "internal"
    recurrence: Mapped[Recurrence | None] = mapped_column(enum_type(Recurrence, name="recurrence"))
    recurrence_day: Mapped[int | None]  # of the week, the month or the period's last month
    within_days: Mapped[int | None]  # from the letter's date: "trong 05 ngày làm việc"
    within_working: Mapped[bool] = mapped_column(default=False)  # whether those are working days
    deliverable: Mapped[str] = mapped_column(String(500), default="")  # "sản phẩm"

    directive: Mapped[Directive] = relationship(back_populates="items")
    parent: Mapped["Item | None"] = relationship(remote_side=[id])
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="item",
        cascade="all, delete-orphan",
        order_by="Assignment.id",
    )

    @property
    def last_day(self) -> date | None:
        """The last day on which it is in time: "trước 15/3" leaves until the 14th."""
        if self.deadline_on is None:
            return None
        return last_day(self.deadline_on, operator=self.deadline_operator)

    @property
    def days_left(self) -> int | None:
        """Days until the last one, negative once it is over; None without a date."""
        return days_left(self.last_day) if self.last_day else None


class Assignment(Model):
    """Who has to answer an item: the letter's own words and, where they name one, a unit of ours."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("directive_item.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    part: Mapped[Part] = mapped_column(enum_type(Part, name="part"), default=Part.LEAD)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    function_id: Mapped[int | None] = mapped_column(ForeignKey("unit_function.id"))
    to_all_units: Mapped[bool] = mapped_column(default=False)  # "các bộ phận chuyên môn"
    to_everybody: Mapped[bool] = mapped_column(default=False)  # "cán bộ, công chức, người lao động"

    item: Mapped[Item] = relationship(back_populates="assignments")
    unit: Mapped[Unit | None] = relationship()
    function: Mapped[UnitFunction | None] = relationship()
