"""What is findable of replication: what leaders decided, and which units are to take a model over."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, selectinload

from cchc_portal.core.db import db
from cchc_portal.core.text import clean_line
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.replication.models import Selection, SelectionTarget
from cchc_portal.search.documents.findable import Findable, Key, filled, once
from cchc_portal.search.documents.initiatives import INITIATIVE, audience_of, stamp_of_day

DECISION = "selection"


def ids() -> Sequence[int]:
    """Return all decisions, those that declined too."""
    return db.session.scalars(_shown().with_only_columns(Selection.id)).all()


def read(selection_ids: Sequence[int]) -> dict[int, Findable]:
    """Return decisions with the units they name."""
    query = _shown().where(Selection.id.in_(selection_ids)).options(*_WHOLE)
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return {selection.id: _findable(selection) for selection in found}


def of_initiative(initiative_id: int) -> list[Key]:
    """Return the keys of what was decided about an initiative."""
    found = db.session.scalars(select(Selection.id).where(Selection.initiative_id == initiative_id))
    return [(DECISION, selection_id) for selection_id in found]


def of_unit(unit_id: int) -> list[Key]:
    """Return the keys of the decisions that name a unit."""
    found = db.session.scalars(select(SelectionTarget.selection_id).where(SelectionTarget.unit_id == unit_id))
    return [(DECISION, selection_id) for selection_id in found]


def _shown() -> Select[Selection]:
    return (
        select(Selection)
        .join(Selection.initiative)
        .where(Initiative.deleted_at.is_(None), Initiative.state != State.DRAFT)
    )


def _findable(selection: Selection) -> Findable:
    initiative = selection.initiative
    return Findable(
        code=initiative.code or "",
        title=initiative.title,
        pieces=once((_units(selection), selection.note)),
        keywords=once((selection.decided_as, *(target.unit.short_name for target in selection.targets))),
        audience=audience_of(initiative),
        facets=filled(
            {
                "type": [DECISION],
                "year": [str(selection.decided_on.year)],
                "unit": [str(initiative.unit_id)] if initiative.unit_id else [],
                "adopted_by": [str(target.unit_id) for target in selection.targets],
            }
        ),
        figures={"adoptions": len(selection.targets)},
        stamp=stamp_of_day(selection.decided_on),
        owner=(INITIATIVE, initiative.id),
    )


def _units(selection: Selection) -> str:
    return clean_line("; ".join(target.unit.name for target in selection.targets))


_WHOLE = (
    contains_eager(Selection.initiative).selectinload(Initiative.authors),
    selectinload(Selection.targets).joinedload(SelectionTarget.unit),
)
