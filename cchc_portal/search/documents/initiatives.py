"""What is findable of initiatives."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.initiatives.models import Answer, Attachment, InFieldOf, Initiative, State
from cchc_portal.search.documents.findable import EVERYBODY, OFFICE, Findable, Key, once
from cchc_portal.search.models import FileText

INITIATIVE = "initiative"
LONGEST_FILE = 200_000


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
    texts = _texts_of_files(found)
    return {initiative.id: _findable(initiative, texts) for initiative in found}


def of_unit(unit_id: int) -> list[Key]:
    """Return the keys of what bears the name of a unit."""
    found = db.session.scalars(select(Initiative.id).where(Initiative.unit_id == unit_id))
    return [(INITIATIVE, initiative_id) for initiative_id in found]


def _findable(initiative: Initiative, texts: Mapping[str, str]) -> Findable:
    return Findable(
        code=initiative.code or "",
        title=initiative.title,
        pieces=once((*_prose(initiative), *_words_of_files(initiative, texts))),
        keywords=once(_names(initiative)),
        audience=frozenset({EVERYBODY} if initiative.is_open else {OFFICE, *_authors(initiative)}),
        facets=_facets(initiative),
        stamp=int(initiative.submitted_at.timestamp()) if initiative.submitted_at else 0,
        figures={"votes": initiative.vote_count},
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


def _texts_of_files(found: Sequence[Initiative]) -> dict[str, str]:
    """Return the texts of all files that may be found: sum of the file -> text."""
    sums = {file.file.sha256 for initiative in found for file in _shown(initiative)}
    texts = select(FileText.sha256, func.substr(FileText.text, 1, LONGEST_FILE))
    rows = db.session.execute(texts.where(FileText.sha256.in_(sums))) if sums else ()
    return {row[0]: row[1] for row in rows}


def _words_of_files(initiative: Initiative, texts: Mapping[str, str]) -> list[str]:
    return [text for file in _shown(initiative) for text in (file.name, texts.get(file.file.sha256, ""))]


def _shown(initiative: Initiative) -> list[Attachment]:
    return [file for file in initiative.attachments if file.is_submitted and file.deleted_at is None]


def _authors(initiative: Initiative) -> set[str]:
    ids = {initiative.created_by_id, *(author.user_id for author in initiative.authors)} - {None}
    return {f"u:{user_id}" for user_id in ids}


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
    }
    return {facet: found for facet, found in values.items() if found}


_WHOLE = (
    joinedload(Initiative.unit),
    selectinload(Initiative.authors),
    selectinload(Initiative.figures),
    selectinload(Initiative.attachments).joinedload(Attachment.file),
    selectinload(Initiative.tags),
    selectinload(Initiative.fields).joinedload(InFieldOf.field),
    selectinload(Initiative.answers).joinedload(Answer.item).joinedload(Item.directive),
)
