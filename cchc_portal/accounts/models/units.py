"""Tables of units and the lines of work inside them."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models.periods import Lasting, period_check
from cchc_portal.core.db import Model
from cchc_portal.core.mixins import Timestamped
from cchc_portal.core.text import fold_name


class Unit(Timestamped, Lasting, Model):
    """A part of the organisation as it was between two dates; old documents keep old names."""

    __tablename__ = "unit"
    __table_args__ = (period_check(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # who does its work since
    takes_part: Mapped[bool] = mapped_column(default=True)  # answers letters and adopts models

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], foreign_keys=[parent_id])
    successor: Mapped["Unit | None"] = relationship(remote_side=[id], foreign_keys=[successor_id])
    functions: Mapped[list["UnitFunction"]] = relationship(
        back_populates="unit",
        cascade="all, delete-orphan",
        order_by="UnitFunction.id",
    )

    @property
    def names(self) -> frozenset[str]:
        """Everything the unit is called, folded for comparison."""
        return frozenset(
            fold_name(name) for name in (self.name, self.short_name, self.code, *self.aliases) if name
        )

    def functions_on(self, day: date) -> list["UnitFunction"]:
        """Return the lines of work that stand on a day."""
        return [function for function in self.functions if function.is_valid(day)]


class UnitFunction(Lasting, Model):
    """A line of work inside a unit that letters address on its own."""

    __tablename__ = "unit_function"
    __table_args__ = (period_check(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)

    unit: Mapped[Unit] = relationship(back_populates="functions")
