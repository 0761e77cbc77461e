"""Reading batches and their rows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.imports.fates import Fate
from cchc_portal.imports.models import AT_WORK, Batch, BatchRow, ColumnChoice
from cchc_portal.imports.rules import can_import
from cchc_portal.initiatives.models import Initiative


def get(batch_id: int, *, to: User) -> Batch:
    """Return a batch.

    Raises:
        NotFound: there is none, or the person brings nothing in.
    """
    batch = db.session.get(Batch, batch_id)
    if batch is None or not can_import(to):
        raise NotFound
    return batch


def batches(*, limit: int) -> Sequence[Batch]:
    """Return the newest batches."""
    return db.session.scalars(select(Batch).order_by(Batch.id.desc()).limit(limit)).all()


def rows(batch: Batch, *, fate: Fate | None, after: int, limit: int) -> Sequence[BatchRow]:
    """Return rows of a batch in the order of the file, those behind line `after`, with what they equal."""
    query = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.number > after)
    query = query.options(joinedload(BatchRow.same_as).load_only(Initiative.code, Initiative.title))
    if fate is not None:
        query = query.where(BatchRow.fate == fate)
    return db.session.scalars(query.order_by(BatchRow.number).limit(limit)).all()


def examples(batch: Batch) -> dict[str, str]:
    """Return what stands under each head in the first rows."""
    found: dict[str, str] = {}
    for row in rows(batch, fate=None, after=0, limit=5):
        for head, text in row.values.items():
            found.setdefault(head, text)
    return found


def chosen(user: User | None) -> dict[str, str]:
    """Return folded head -> column, as the person has chosen before."""
    query = select(ColumnChoice.head, ColumnChoice.column).where(ColumnChoice.user_id == (user and user.id))
    return {row[0]: row[1] for row in db.session.execute(query)} if user else {}


def all_rows(batch: Batch) -> Sequence[BatchRow]:
    """Return every row of a batch in the order of the file."""
    query = select(BatchRow).where(BatchRow.batch_id == batch.id).order_by(BatchRow.number)
    return db.session.scalars(query).all()


def counts(batch: Batch) -> dict[Fate, int]:
    """Return how many rows have which fate now."""
    query = select(BatchRow.fate, func.count()).where(BatchRow.batch_id == batch.id).group_by(BatchRow.fate)
    return {row[0]: row[1] for row in db.session.execute(query)}


def at_work() -> Sequence[int]:
    """Return the ids of the batches for which the worker has something to do, the oldest first."""
    has_work = or_(Batch.state.in_(AT_WORK), Batch.archive_id.is_not(None))
    return db.session.scalars(select(Batch.id).where(has_work).order_by(Batch.id)).all()


def row_count(batch: Batch) -> int:
    """Return how many rows there are so far."""
    query = select(func.count()).select_from(BatchRow).where(BatchRow.batch_id == batch.id)
    return db.session.scalar(query) or 0


def waiting(batch: Batch, *, limit: int) -> Sequence[BatchRow]:
    """Return rows that are still to be imported: those with a code of their own before those that get one.

    Otherwise the next free code could be one that stands further down in the file.
    """
    return _new(batch, BatchRow.initiative_id.is_(None), limit)


def brought_in(batch: Batch, *, limit: int) -> Sequence[BatchRow]:
    """Return rows whose initiatives came in by this batch, in the order of the file."""
    return _new(batch, BatchRow.initiative_id.is_not(None), limit)


def _new(batch: Batch, which: ColumnElement[bool], limit: int) -> Sequence[BatchRow]:
    query = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.fate == Fate.NEW, which)
    return db.session.scalars(query.order_by(BatchRow.has_code.desc(), BatchRow.number).limit(limit)).all()
