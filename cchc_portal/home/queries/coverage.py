"""Coverage: which unit has answered which item of the letters, and which has not."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Assignment, Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Answer, Initiative, State


@dataclass(frozen=True)
class CoverageRow:
    """An item with a number per unit: initiatives that answer it, None where the unit is not asked."""

    item: Item
    numbers: Sequence[int | None]


@dataclass(frozen=True)
class Coverage:
    """Items of the letters by units; `gaps` counts where a unit is asked and has not answered."""

    units: Sequence[Unit]
    rows: Sequence[CoverageRow]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The units as heads of columns of numbers."""
        return [(unit.short_name or unit.code, "num") for unit in self.units]

    @property
    def gaps(self) -> int:
        """How many answers are missing."""
        return sum(number == 0 for row in self.rows for number in row.numbers)


def coverage(*, to: User, limit: int) -> Coverage:
    """Return the items of the newest letters that ask units, by the units that take part, in three statements.

    Args:
        to: the person who asks; counts what this person may see.
        limit: items at most.
    """
    units, items = accounts.units_taking_part(), _items(to, limit)
    counts = _counts(to, items)
    rows = [CoverageRow(item, [_number(item, unit, counts) for unit in units]) for item in items]
    asked = [row for row in rows if any(number is not None for number in row.numbers)]
    return Coverage(units, asked)


def _items(user: User, limit: int) -> Sequence[Item]:
    visible = letters.visible_to(user).with_only_columns(Directive.id)
    query = select(Item).join(Item.directive).where(Directive.id.in_(visible))
    query = query.where(Directive.state == LetterState.ISSUED).options(
        joinedload(Item.directive).defer(Directive.text), joinedload(Item.assignments)
    )
    query = query.order_by(Directive.issued_at.desc(), Item.position).limit(limit)
    return db.session.scalars(query).unique().all()


def _counts(user: User, items: Sequence[Item]) -> dict[tuple[int, int | None], int]:
    query = initiatives.visible_to(user).where(Initiative.state != State.DRAFT).join(Answer)
    query = query.where(Answer.item_id.in_([item.id for item in items]))
    rows = db.session.execute(
        query.with_only_columns(Answer.item_id, Initiative.unit_id, func.count()).group_by(
            Answer.item_id, Initiative.unit_id
        )
    )
    return {(item_id, unit_id): number for item_id, unit_id, number in rows}


def _number(item: Item, unit: Unit, counts: dict[tuple[int, int | None], int]) -> int | None:
    number = counts.get((item.id, unit.id), 0)
    return number if number or any(_asks(one, unit) for one in item.assignments) else None


def _asks(assignment: Assignment, unit: Unit) -> bool:
    return assignment.to_all_units or assignment.unit_id == unit.id
