"""Reading candidates and decisions; every list comes from `initiatives.queries.visible_to`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import microseconds, moment_of, today
from cchc_portal.core.db import db
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import CANDIDATES, Answer, Initiative
from cchc_portal.replication.models import Outcome, Selection, SelectionTarget
from cchc_portal.replication.rules import is_leader


@dataclass(frozen=True)
class Candidate:
    """An initiative that waits for a decision, the number of letters' items it answers, and its last decision."""

    initiative: Initiative
    answered: int
    declined: Selection | None


@dataclass(frozen=True)
class Counts:
    """How much waits for a decision, was declined so far, is selected."""

    waiting: int
    declined: int
    selected: int


def candidates(
    *, to: User, declined: bool = False, newest: bool = False, after: tuple[int, int] | None = None, size: int
) -> list[Candidate]:
    """Return up to `size + 1` candidates with unit, authors and figures, the most voted first.

    Args:
        to: the person who asks; only leaders get any.
        declined: those that were declined before instead of those that wait for a first decision.
        newest: what changed last comes first, however many votes it has.
        after: sorting values of the last candidate already shown.
        size: rows per page.
    """
    if not is_leader(to):
        return []
    query = _candidates(to, declined=declined).add_columns(_ANSWERED)
    column = Initiative.state_changed_at if newest else Initiative.vote_count
    if after is not None:
        value = moment_of(after[0]) if newest else after[0]
        query = query.where(
            tuple_(column, Initiative.id) < tuple_(literal(value, column.type), literal(after[1]))
        )
    query = query.options(
        joinedload(Initiative.unit), selectinload(Initiative.authors), selectinload(Initiative.figures)
    ).order_by(column.desc(), Initiative.id.desc())
    rows = db.session.execute(query.limit(size + 1)).all()
    decisions = _last_declined([row[0].id for row in rows]) if declined else {}
    return [Candidate(row[0], row[1], decisions.get(row[0].id)) for row in rows]


def waiting(*, to: User, limit: int) -> Sequence[Initiative]:
    """Return the candidates that wait for a first decision with their units, the most voted first."""
    if not is_leader(to):
        return []
    query = _candidates(to, declined=False).options(joinedload(Initiative.unit))
    query = query.order_by(Initiative.vote_count.desc(), Initiative.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def sorting_values(candidate: Candidate, *, newest: bool = False) -> tuple[int, int]:
    """Return the values after which the next page of candidates begins."""
    initiative = candidate.initiative
    return microseconds(initiative.state_changed_at) if newest else initiative.vote_count, initiative.id


def counts(*, to: User) -> Counts:
    """Return the numbers beside the three lists, in one statement; others than leaders have no candidates."""
    waiting, declined = (_number(_candidates(to, declined=flag)) for flag in (False, True))
    selected = _number(_selected(to))
    row = db.session.execute(select(waiting, declined, selected)).one()
    return Counts(*row) if is_leader(to) else Counts(0, 0, row[2])


def selections(*, to: User, after: int | None = None, size: int) -> Sequence[Selection]:
    """Return up to `size + 1` selected models with target units, the newest first.

    Args:
        to: the person who asks.
        after: id of the last selection already shown.
        size: rows per page.
    """
    query = _selected(to).options(joinedload(Selection.initiative), _TARGETS)
    if after is not None:
        query = query.where(Selection.id < after)
    return db.session.scalars(query.order_by(Selection.id.desc()).limit(size + 1)).unique().all()


def of_initiative(initiative: Initiative) -> Sequence[Selection]:
    """Return what was decided about an initiative, the newest first."""
    query = select(Selection).where(Selection.initiative_id == initiative.id).options(_TARGETS)
    return db.session.scalars(query.order_by(Selection.id.desc())).unique().all()


def naming(unit: Unit, *, to: User, limit: int = 20) -> Sequence[Selection]:
    """Return the selected models that a unit is to take over, the nearest deadline first."""
    named = select(SelectionTarget.selection_id).where(SelectionTarget.unit_id == unit.id)
    query = _selected(to).where(Selection.id.in_(named)).options(joinedload(Selection.initiative))
    return db.session.scalars(query.order_by(Selection.deadline, Selection.id).limit(limit)).all()


def by_deadline(*, to: User, limit: int) -> Sequence[Selection]:
    """Return selected models with target units, the nearest deadline first."""
    query = _selected(to).options(joinedload(Selection.initiative), _TARGETS)
    return db.session.scalars(query.order_by(Selection.deadline, Selection.id).limit(limit)).unique().all()


def is_possible_target(unit: Unit) -> bool:
    """Say whether a unit exists today and adopts models."""
    return unit.takes_part and unit.is_valid(today())


def _candidates(user: User, *, declined: bool) -> Select[Any]:
    was_declined = _declined_ids()
    which = Initiative.id.in_(was_declined) if declined else Initiative.id.not_in(was_declined)
    return initiatives.visible_to(user).where(_is_candidate(), which)


def _is_candidate() -> ColumnElement[bool]:
    """`Initiative.is_candidate` in SQL."""
    return and_(Initiative.state.in_(CANDIDATES), initiatives.is_open())


def _declined_ids() -> Select[int]:
    return select(Selection.initiative_id).where(Selection.outcome == Outcome.DECLINED)


def _last_declined(ids: Iterable[int]) -> dict[int, Selection]:
    query = select(Selection).where(Selection.initiative_id.in_(ids), Selection.outcome == Outcome.DECLINED)
    return {one.initiative_id: one for one in db.session.scalars(query.order_by(Selection.id))}


def _selected(user: User) -> Select[Selection]:
    """Return the selections whose initiatives a person may see.

    Asked for each selection, of which there are few: as a join, SQLite would rather walk through all
    initiatives and look for a selection of each.
    """
    visible = initiatives.visible_to(user).where(Initiative.id == Selection.initiative_id)
    query = select(Selection).where(Selection.outcome == Outcome.SELECTED)
    return query.where(visible.correlate(Selection).exists())


def _number(query: Select[Any]) -> Any:
    return query.with_only_columns(func.count()).scalar_subquery()


_ANSWERED = (
    select(func.count()).where(Answer.initiative_id == Initiative.id).correlate(Initiative).scalar_subquery()
)
_TARGETS = joinedload(Selection.targets).joinedload(SelectionTarget.unit)
