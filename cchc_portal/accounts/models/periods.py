"""What holds from one day to another."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, or_
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.clock import today


class Lasting:
    """First and last day on which the row holds; without a last day it still does."""

    valid_from: Mapped[date] = mapped_column(default=today)
    valid_to: Mapped[date | None]

    def is_valid(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @classmethod
    def valid(cls, on: date) -> ColumnElement[bool]:
        """Return the condition that a row holds on a day, for queries."""
        return (cls.valid_from <= on) & or_(cls.valid_to.is_(None), cls.valid_to >= on)


def period_check() -> CheckConstraint:
    """Return the constraint that a period does not end before it begins."""
    return CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period")
