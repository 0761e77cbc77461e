"""Coverage: how far each unit has come with each item, for one letter or for all open ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.text import fold, sort_key
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS
from cchc_portal.follow_up.levels import Level, level
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Answer, Initiative
from cchc_portal.initiatives.models import State as Stage
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import State, Task

CALLS = ("sang kien", "kinh nghiem", "mo hinh", "cach lam hay")  # what item 4 of the letter of 2023 asks for
Key = tuple[int, int]  # item, unit


class Show(Labelled):
    """Which items the board shows."""

    ALL = "", N_("Tất cả nội dung")
    GAPS = "gaps", N_("Có bộ phận chưa làm")
    OVERDUE = "overdue", N_("Có bộ phận quá hạn")
    NO_PROPOSAL = "no-proposal", N_("Có bộ phận chưa có đề xuất")


@dataclass(frozen=True)
class Cell:
    """What an item has brought about in a unit.

    Args:
        level: how far it has come.
        is_overdue: whether a task is overdue.
        tasks: how many tasks it gives the unit, cancelled ones aside.
        initiatives: how many initiatives of the unit answer it, as far as all colleagues may read them.
    """

    level: Level
    is_overdue: bool = False
    tasks: int = 0
    initiatives: int = 0

    @property
    def has_proposal(self) -> bool:
        """True once the unit has proposed, introduced or found something."""
        return self.initiatives > 0


@dataclass(frozen=True)
class Row:
    """An item with its cells, in the order of the board's units; None where nothing is asked or done."""

    item: Item
    cells: Sequence[Cell | None]

    @property
    def calls_for_proposals(self) -> bool:
        """True if the item asks for initiatives, experience, models or good practices."""
        words = fold(self.item.text)
        return any(call in words for call in CALLS)


@dataclass(frozen=True)
class Board:
    """Rows of items by columns of units, with the numbers of all cells there are, shown or not."""

    units: Sequence[Unit]
    rows: Sequence[Row]
    totals: Mapping[Level, int] = field(default_factory=dict)
    overdue: int = 0

    @property
    def heads(self) -> list[str]:
        """The units as short as the head of a column."""
        return [unit.short_name or unit.code for unit in self.units]

    @property
    def letters(self) -> list[tuple[Directive, list[Row]]]:
        """The rows below their letters."""
        runs = groupby(self.rows, key=lambda row: row.item.directive)
        return [(letter, list(run)) for letter, run in runs]

    @property
    def without_proposal(self) -> list[tuple[Item, list[Unit]]]:
        """The items shown that ask for proposals, each with the units that were given it and have made none."""
        asking = [(row, self._silent(row)) for row in self.rows if row.calls_for_proposals]
        return [(row.item, units) for row, units in asking if units]

    @property
    def calls_for_proposals(self) -> bool:
        """True if an item shown asks for proposals."""
        return any(row.calls_for_proposals for row in self.rows)

    def _silent(self, row: Row) -> list[Unit]:
        pairs = zip(self.units, row.cells, strict=True)
        return [unit for unit, cell in pairs if cell and not cell.has_proposal]


def cells(*, to: User, letter: Directive | None = None) -> dict[Key, Cell]:
    """Return what every item has brought about in every unit that is asked or has answered, in two statements.

    Args:
        to: the person who asks.
        letter: one letter; all open ones if none is given.
    """
    states: defaultdict[Key, list[tuple[State, bool]]] = defaultdict(list)
    for item_id, unit_id, state, is_overdue in db.session.execute(_work(to, letter)):
        states[item_id, unit_id].append((state, is_overdue))
    stages: defaultdict[Key, list[Stage]] = defaultdict(list)
    for item_id, unit_id, stage, number in db.session.execute(_counted_answers(to, letter)):
        stages[item_id, unit_id] += [stage] * number
    return {key: _cell(states.get(key, ()), stages.get(key, ())) for key in {**states, **stages}}


def board(
    *,
    to: User,
    letter: Directive | None = None,
    unit: int | None = None,
    show: Show = Show.ALL,
    after: tuple[int, int] | None = None,
    size: int,
) -> Board:
    """Return up to `size + 1` items with their cells, the newest letter first, in four statements.

    Args:
        to: the person who asks.
        letter: one letter; all open ones if none is given.
        unit: id of the only unit to look at.
        show: which items.
        after: letter and position of the last item of the page before.
        size: items per page.
    """
    found = cells(to=to, letter=letter)
    seen = {key: cell for key, cell in found.items() if unit in {None, key[1]}}
    items = _items({key[0] for key, cell in seen.items() if _is_shown(cell, show)}, after, size + 1)
    units = _units({key[1] for key in seen})
    rows = [Row(item, [seen.get((item.id, one.id)) for one in units]) for item in items]
    totals = Counter(cell.level for cell in seen.values())
    return Board(units, rows, totals, sum(cell.is_overdue for cell in seen.values()))


def behind(item: Item, unit: Unit, *, to: User) -> tuple[Sequence[Task], Sequence[Initiative]]:
    """Return the tasks and the initiatives that a cell counts, the newest first."""
    work = tasks.visible_to(to).where(Task.item_id == item.id, Task.unit_id == unit.id, _IS_COUNTED)
    work = work.options(contains_eager(Task.item), joinedload(Task.person), joinedload(Task.function))
    answers = _answers(to).where(Answer.item_id == item.id, Initiative.unit_id == unit.id)
    return (
        db.session.scalars(work.order_by(Task.id.desc())).all(),
        db.session.scalars(answers.order_by(Initiative.id.desc())).all(),
    )


def sorting_values(row: Row) -> tuple[int, int]:
    """Return the values after which the next page begins."""
    return row.item.directive_id, row.item.position


def _cell(work: Sequence[tuple[State, bool]], stages: Sequence[Stage]) -> Cell:
    return Cell(
        level([state for state, _ in work], stages),
        is_overdue=any(late for _, late in work),
        tasks=len(work),
        initiatives=len(stages),
    )


def _is_shown(cell: Cell, show: Show) -> bool:
    if show is Show.GAPS:
        return cell.level is Level.NOTHING
    if show is Show.OVERDUE:
        return cell.is_overdue
    return show is Show.ALL or not cell.has_proposal


def _work(user: User, letter: Directive | None) -> Any:
    query = _of_letters(tasks.visible_to(user), letter)
    return query.with_only_columns(Task.item_id, Task.unit_id, Task.state, Task.is_overdue)


def _of_letters(query: Select[Any], letter: Directive | None) -> Select[Any]:
    query = query.where(_IS_COUNTED)
    if letter is not None:
        return query.where(Item.directive_id == letter.id)
    return query.join(Item.directive).where(Directive.state == LetterState.ISSUED)


def _counted_answers(user: User, letter: Directive | None) -> Any:
    query = _answers(user).join(Answer.item)
    if letter is not None:
        query = query.where(Item.directive_id == letter.id)
    else:
        is_open = and_(Directive.state == LetterState.ISSUED, Directive.deleted_at.is_(None))
        query = query.join(Item.directive).where(is_open)
    columns = (Answer.item_id, Initiative.unit_id, Initiative.state)
    return query.with_only_columns(*columns, func.count()).group_by(*columns)


def _answers(user: User) -> Select[Any]:
    """Initiatives with a unit that answer items; only what every colleague may read, so that all see one number."""
    query = initiatives.visible_to(user).where(initiatives.is_open(), Initiative.unit_id.is_not(None))
    return query.join(Answer, Answer.initiative_id == Initiative.id)


def _items(ids: Iterable[int], after: tuple[int, int] | None, limit: int) -> Sequence[Item]:
    query = select(Item).where(Item.id.in_(ids)).join(Item.directive)
    query = query.options(contains_eager(Item.directive).options(*WITHOUT_TEXTS))
    if after is not None:
        older = Item.directive_id < after[0]
        query = query.where(or_(older, and_(Item.directive_id == after[0], Item.position > after[1])))
    return db.session.scalars(query.order_by(Item.directive_id.desc(), Item.position).limit(limit)).all()


def _units(ids: Iterable[int]) -> list[Unit]:
    query = select(Unit).where(Unit.id.in_(ids))
    return sorted(db.session.scalars(query), key=lambda unit: sort_key(unit.name))


_IS_COUNTED = Task.state != State.CANCELLED
