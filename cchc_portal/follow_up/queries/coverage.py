"""Coverage: how far each unit has come with each item, for one letter or for all open ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, String, and_, func, select, type_coerce
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
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import State, Task

CALLS = ("sang kien", "kinh nghiem", "mo hinh", "cach lam hay")  # what item 4 of the letter of 2023 asks for
Key = tuple[int, int]  # item, unit
Place = tuple[int, int]  # where an item stands: the newest letter first, then as in the letter


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

    @cached_property
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

    @cached_property
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
    return _found(to, letter)[0]


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
    found, places = _found(to, letter)
    seen = {key: cell for key, cell in found.items() if key[1] == unit} if unit else found
    shown = {key[0] for key, cell in seen.items() if show is Show.ALL or _is_shown(cell, show)}
    items = _items({item_id: places[item_id] for item_id in shown}, after, size + 1)
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


def _found(user: User, letter: Directive | None) -> tuple[dict[Key, Cell], dict[int, Place]]:
    """Return every cell, and where the items stand; states and stages stay the words they are kept as."""
    work: dict[Key, tuple[tuple[str, bool], ...]] = {}
    stages: dict[Key, tuple[str, ...]] = {}
    places: dict[int, Place] = {}
    for item_id, unit_id, letter_id, position, state, is_overdue in db.session.execute(_work(user, letter)):
        work[item_id, unit_id] = (*work.get((item_id, unit_id), ()), (state, is_overdue))
        places[item_id] = (-letter_id, position)
    for item_id, unit_id, letter_id, position, stage, number in db.session.execute(_answered(user, letter)):
        stages[item_id, unit_id] = stages.get((item_id, unit_id), ()) + (stage,) * number
        places[item_id] = (-letter_id, position)
    return {key: _cell(work.get(key, ()), stages.get(key, ())) for key in work | stages}, places


@lru_cache(maxsize=4096)  # thousands of cells, but few that differ
def _cell(work: tuple[tuple[str, bool], ...], stages: tuple[str, ...]) -> Cell:
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
    return not cell.has_proposal


def _work(user: User, letter: Directive | None) -> Any:
    query = _of_letters(tasks.visible_to(user), letter)
    state = type_coerce(Task.state, String)
    return query.with_only_columns(
        Task.item_id, Task.unit_id, Item.directive_id, Item.position, state, Task.is_overdue
    )


def _of_letters(query: Select[Any], letter: Directive | None) -> Select[Any]:
    query = query.where(_IS_COUNTED)
    if letter is not None:
        return query.where(Item.directive_id == letter.id)
    return query.join(Item.directive).where(Directive.state == LetterState.ISSUED)


def _answered(user: User, letter: Directive | None) -> Any:
    query = _answers(user).join(Answer.item)
    if letter is not None:
        query = query.where(Item.directive_id == letter.id)
    else:
        is_open = and_(Directive.state == LetterState.ISSUED, Directive.deleted_at.is_(None))
        query = query.join(Item.directive).where(is_open)
    item = (Answer.item_id, Initiative.unit_id, Item.directive_id, Item.position)
    state = type_coerce(Initiative.state, String)
    return query.with_only_columns(*item, state, func.count()).group_by(*item, Initiative.state)


def _answers(user: User) -> Select[Any]:
    """Initiatives with a unit that answer items; only what every colleague may read, so that all see one number."""
    query = initiatives.visible_to(user).where(initiatives.is_open(), Initiative.unit_id.is_not(None))
    return query.join(Answer, Answer.initiative_id == Initiative.id)


def _items(places: Mapping[int, Place], after: tuple[int, int] | None, limit: int) -> Sequence[Item]:
    """Return the first items behind a place; they are few, so only they are asked for."""
    behind_ = (-after[0], after[1]) if after else None
    rows = sorted((place, item_id) for item_id, place in places.items() if not behind_ or place > behind_)
    query = select(Item).where(Item.id.in_([item_id for _place, item_id in rows[:limit]]))
    query = query.join(Item.directive).options(contains_eager(Item.directive).options(*WITHOUT_TEXTS))
    return db.session.scalars(query.order_by(Item.directive_id.desc(), Item.position)).all()


def _units(ids: Iterable[int]) -> list[Unit]:
    query = select(Unit).where(Unit.id.in_(ids))
    return sorted(db.session.scalars(query), key=lambda unit: sort_key(unit.name))


_IS_COUNTED = Task.state != State.CANCELLED
