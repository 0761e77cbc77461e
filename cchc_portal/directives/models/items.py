"""Tables of what letters ask for and who has to answer it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, UnitFunction
from cchc_portal.core.calendar import Recurrence, days_left, last_day
from cchc_portal.core.db import Model, enum_type
from cchc_portal.directives.models.letters import Directive
from cchc_portal.directives.models.states import Part


class ReformField(Model):
    """A content of administrative reform (Nghị quyết 76/NQ-CP; code 0 is direction and management)."""

    __tablename__ = "reform_field"

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


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
    def title(self) -> str:
        """What it is called: its summary, else all of its text; places short of room cut it."""
        return self.summary or self.text

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
