"""What is findable of initiatives."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.initiatives.models import Answer, Attachment, Author, InFieldOf, Initiative, State
from cchc_portal.replication.models import Outcome, Selection, SelectionTarget
from cchc_portal.search.documents.findable import EVERYBODY, OFFICE, File, Findable, Key, filled, once

INITIATIVE = "initiative"
LONGEST_NAME = 60  # of a value in the address


def ids() -> Sequence[int]:
    """Return all that were ever submitted; drafts are for their authors' own pages."""
    return db.session.scalars(select(Initiative.id).where(Initiative.state != State.DRAFT)).all()


def read(initiative_ids: Sequence[int]) -> dict[int, Findable]:
    """Return initiatives as they were last submitted."""
    query = select(Initiative).where(
        Initiative.id.in_(initiative_ids),
        Initiative.state != State.DRAFT,
        Initiative.deleted_at.is_(None),
    )
    query = query.options(*_WHOLE).execution_options(populate_existing=True)
    found = db.session.scalars(query).all()
    adopting = _adopting([initiative.id for initiative in found])
    return {initiative.id: _findable(initiative, adopting) for initiative in found}


def of_unit(unit_id: int) -> list[Key]:
    """Return the keys of what bears the name of a unit."""
    found = db.session.scalars(select(Initiative.id).where(Initiative.unit_id == unit_id))
    return [(INITIATIVE, initiative_id) for initiative_id in found]


def with_file(file_id: int) -> list[Key]:
    """Return the keys of the initiatives a stored file lies with."""
    query = select(Attachment.initiative_id).where(Attachment.file_id == file_id).distinct()
    return [(INITIATIVE, initiative_id) for initiative_id in db.session.scalars(query)]


def audience_of(initiative: Initiative) -> frozenset[str]:
    """Return the marks of those who may read an initiative that was submitted; `rules.can_read` in marks."""
    if initiative.is_open:
        return frozenset({EVERYBODY})
    ids = {initiative.created_by_id, *(author.user_id for author in initiative.authors)} - {None}
    return frozenset({OFFICE, *(f"u:{user_id}" for user_id in ids)})


def stamp_of_day(day: date) -> int:
    """Return the seconds since 1970 at which a day begins."""
    return (day - date(1970, 1, 1)).days * 86_400


def _adopting(initiative_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the units that were told to take models over: initiative -> ids as the address holds them."""
    query = (
        select(Selection.initiative_id, SelectionTarget.unit_id)
        .join(SelectionTarget.selection)
        .where(Selection.outcome == Outcome.SELECTED, Selection.initiative_id.in_(initiative_ids))
        .order_by(SelectionTarget.id)
    )
    units: dict[int, list[str]] = {}
    for initiative_id, unit_id in db.session.execute(query):
        units.setdefault(initiative_id, []).append(str(unit_id))
    return units


def _findable(initiative: Initiative, adopting: Mapping[int, list[str]]) -> Findable:
    units = adopting.get(initiative.id, [])
    return Findable(
        code=initiative.code or "",
        title=initiative.title,
        pieces=once(_prose(initiative)),
        keywords=once(_names(initiative)),
        files=tuple(File(file.name, file.file.sha256) for file in _shown(initiative)),
        audience=audience_of(initiative),
        facets=_facets(initiative) | filled({"adopted_by": units}),
        figures={"votes": initiative.vote_count, "adoptions": len(units)},
        stamp=int(initiative.submitted_at.timestamp()) if initiative.submitted_at else 0,
    )


def _prose(initiative: Initiative) -> list[str]:
    return [
        initiative.problem,
        initiative.solution,
        initiative.result,
        initiative.novelty,
        initiative.conditions,
        *(answer.sentence for answer in initiative.answers),
        initiative.source_name,
    ]


def _names(initiative: Initiative) -> list[str]:
    return [
        *(f"{figure.name} {figure.measure}" for figure in initiative.figures),
        *(author.name for author in initiative.authors),
        initiative.unit.name if initiative.unit else "",
        *(tag.name for tag in initiative.tags),
        *(row.field.name for row in initiative.fields),
        *(answer.item.directive.code for answer in initiative.answers),
    ]


def _shown(initiative: Initiative) -> list[Attachment]:
    return [file for file in initiative.attachments if file.is_submitted and file.deleted_at is None]


def _facets(initiative: Initiative) -> dict[str, list[str]]:
    values = {
        "type": [INITIATIVE],
        "kind": [initiative.kind.value],
        "field": [str(row.field_code) for row in initiative.fields],
        "status": [initiative.state.value],
        "unit": [str(initiative.unit_id)] if initiative.unit_id else [],
        "year": [str(initiative.year)] if initiative.year else [],
        "item": [str(answer.item_id) for answer in initiative.answers],
        "tag": [tag.folded for tag in initiative.tags],
        "author": [_author(author) for author in initiative.authors],
    }
    return filled(values)


def _author(author: Author) -> str:
    """Return the number of an author's account, or the name of somebody from outside."""
    return str(author.user_id) if author.user_id else author.name[:LONGEST_NAME]


_WHOLE = (
    joinedload(Initiative.unit),
    selectinload(Initiative.authors),
    selectinload(Initiative.figures),
    selectinload(Initiative.attachments).joinedload(Attachment.file),
    selectinload(Initiative.tags),
    selectinload(Initiative.fields).joinedload(InFieldOf.field),
    selectinload(Initiative.answers).joinedload(Answer.item).joinedload(Item.directive),
)
