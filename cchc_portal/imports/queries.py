"""Reading batches and their rows."""

from collections.abc import Sequence

from sqlalchemy import select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.imports.fates import Fate
from cchc_portal.imports.models import Batch, BatchRow
from cchc_portal.imports.rules import can_import


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
    """Return rows of a batch in the order of the file, those behind line `after`."""
    query = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.number > after)
    if fate is not None:
        query = query.where(BatchRow.fate == fate)
    return db.session.scalars(query.order_by(BatchRow.number).limit(limit)).all()


def waiting(batch: Batch, *, limit: int) -> Sequence[BatchRow]:
    """Return rows that are still to be imported, in the order of the file."""
    query = select(BatchRow).where(
        BatchRow.batch_id == batch.id, BatchRow.fate == Fate.NEW, BatchRow.initiative_id.is_(None)
    )
    return db.session.scalars(query.order_by(BatchRow.number).limit(limit)).all()


def brought_in(batch: Batch, *, limit: int) -> Sequence[BatchRow]:
    """Return rows whose initiatives are there, in the order of the file."""
    query = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.initiative_id.is_not(None))
    return db.session.scalars(query.order_by(BatchRow.number).limit(limit)).all()
