"""Numbers about tasks, each in one grouped statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, and_, func

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.text import sort_key
from cchc_portal.directives.models import Directive, Item
from cchc_portal.tasks.models import OPEN, TO_CHECK, State, Task
from cchc_portal.tasks.queries.access import in_force, visible_to
from cchc_portal.tasks.queries.lists import is_mine


@dataclass(frozen=True)
class Standing:
    """How the tasks that an item gave a unit stand; cancelled ones are in none of the numbers.

    Args:
        open: not reported yet, the overdue ones among them.
        overdue: not reported, and the last day is over.
        to_check: reported or verified, not yet done.
        done: done.
        next_due_on: the earliest last day of the open ones.
    """

    open: int = 0
    overdue: int = 0
    to_check: int = 0
    done: int = 0
    next_due_on: date | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.to_check + self.done


@dataclass(frozen=True)
class Figures:
    """How much waits for a person, and how much of its work waits for others."""

    overdue: int
    open: int
    reported: int
    to_verify: int


def counts_by_item_and_unit(
    *,
    to: User,
    directive_id: int | None = None,
    item_ids: Collection[int] | None = None,
    unit_id: int | None = None,
) -> dict[tuple[int, int], Standing]:
    """Return how tasks stand by (item id, unit id), in one statement; no entry where no task was given.

    Args:
        to: the person who asks.
        directive_id: only of this letter.
        item_ids: only of these items.
        unit_id: only of this unit.
    """
    query = visible_to(to)
    if directive_id is not None:
        query = query.where(Item.directive_id == directive_id)
    if item_ids is not None:
        query = query.where(Task.item_id.in_(item_ids))
    if unit_id is not None:
        query = query.where(Task.unit_id == unit_id)
    query = query.where(Task.state != State.CANCELLED).group_by(Task.item_id, Task.unit_id)
    rows = _numbers(query, Task.item_id, Task.unit_id)
    return {(item_id, unit_id): Standing(*numbers) for item_id, unit_id, *numbers in rows}


def standing_by_unit(directive: Directive, *, to: User) -> list[tuple[Unit, Standing]]:
    """Return how the tasks of a letter stand unit by unit, in one statement, in the order of the alphabet."""
    query = visible_to(to).join(Task.unit).where(Item.directive_id == directive.id)
    query = query.where(Task.state != State.CANCELLED).group_by(Unit.id)
    rows = [(unit, Standing(*numbers)) for unit, *numbers in _numbers(query, Unit)]
    return sorted(rows, key=lambda row: sort_key(row[0].name))


def standing_by_letter(letter_ids: Collection[int], *, to: User) -> dict[int, Standing]:
    """Return how the tasks of letters stand, in one statement; no entry for a letter without tasks."""
    query = visible_to(to).where(Item.directive_id.in_(letter_ids), Task.state != State.CANCELLED)
    rows = _numbers(query.group_by(Item.directive_id), Item.directive_id)
    return {letter_id: Standing(*numbers) for letter_id, *numbers in rows}


def figures(user: User) -> Figures:
    """Return the numbers beside a person's lists, of letters in force, in one statement."""
    own, to_verify = is_mine(user), and_(Task.state == State.REPORTED, Task.reported_by_id != user.id)
    row = db.session.execute(
        visible_to(user)
        .where(in_force())
        .with_only_columns(
            _count(own & Task.is_overdue),
            _count(own & Task.state.in_(OPEN)),
            _count(own & Task.state.in_(TO_CHECK)),
            _count(to_verify),
        )
    ).one()
    return Figures(*row)


def _numbers(query: Select[Task], *groups: Any) -> Any:
    is_open = Task.state.in_(OPEN)
    return db.session.execute(
        query.with_only_columns(
            *groups,
            _count(is_open),
            _count(Task.is_overdue),
            _count(Task.state.in_(TO_CHECK)),
            _count(Task.state == State.DONE),
            func.min(Task.due_on).filter(is_open),
        )
    )


def _count(condition: ColumnExpressionArgument[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
