"""Tables: the leader's decision on a candidate and the units that are to take it over."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.calendar import days_left
from cchc_portal.core.clock import today
from cchc_portal.core.db import Model, enum_type
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.mixins import Timestamped
from cchc_portal.initiatives.models import Initiative


class Outcome(Labelled):
    """What a leader decided."""

    SELECTED = "selected", N_("Chọn nhân rộng")
    DECLINED = "declined", N_("Chưa chọn nhân rộng")


class Selection(Timestamped, Model):
    """An official act: a leader selects an initiative for replication, or declines with a reason."""

    __tablename__ = "selection"
    __table_args__ = (
        CheckConstraint("outcome <> 'declined' OR note <> ''", name="declined_with_reason"),
        CheckConstraint("outcome <> 'declined' OR deadline IS NULL", name="deadline"),
        Index(
            "uq_selection_one_selected",
            "initiative_id",
            unique=True,
            sqlite_where=text("outcome = 'selected'"),
            postgresql_where=text("outcome = 'selected'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome, name="outcome"))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_as: Mapped[str] = mapped_column(String(120))  # the deciding office, as it was called that day
    decided_on: Mapped[date] = mapped_column(default=today)
    deadline: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")

    initiative: Mapped[Initiative] = relationship()
    decided_by: Mapped[User] = relationship()
    targets: Mapped[list["SelectionTarget"]] = relationship(
        back_populates="selection",
        cascade="all, delete-orphan",
        order_by="SelectionTarget.id",
    )

    @property
    def is_selected(self) -> bool:
        """True if the initiative is to be taken over by other units."""
        return self.outcome is Outcome.SELECTED

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative once it is over; None without one."""
        return days_left(self.deadline) if self.deadline else None

    def names(self, unit_id: int | None) -> bool:
        """Say whether a unit is to take the model over."""
        return any(target.unit_id == unit_id for target in self.targets)


class SelectionTarget(Model):
    """A unit that is to take the model over."""

    __tablename__ = "selection_target"
    __table_args__ = (UniqueConstraint("selection_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    selection_id: Mapped[int] = mapped_column(ForeignKey("selection.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    selection: Mapped[Selection] = relationship(back_populates="targets")
    unit: Mapped[Unit] = relationship()
