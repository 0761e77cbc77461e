"""The worker's part: bringing batches in and taking them back, a piece at a time."""

from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from cchc_portal.audit import Event
from cchc_portal.core.db import db, let_others_write, unit_of_work
from cchc_portal.core.errors import Unavailable
from cchc_portal.imports import bundles, operations, queries
from cchc_portal.imports.models import Batch, State
from cchc_portal.jobs import enqueue, job
from cchc_portal.storage.operations import lend

CONTINUE = "continue_imports"
PAPERS = 10  # documents read at a time: progress is seen, and a crash loses no more

log = structlog.get_logger()


def go_on(_events: Sequence[Event]) -> None:
    """Begin with what was confirmed."""
    enqueue(CONTINUE)


@job
def continue_imports() -> None:
    """Do the next piece of every batch, then queue behind what else is to be done.

    A file of 10,000 rows would hold up notices and search for a minute. What a crash leaves is
    done when the clock comes by.
    """
    if sum(_step(batch_id) for batch_id in queries.at_work()):
        enqueue(CONTINUE)


def _step(batch_id: int) -> int:
    """Do a piece of one batch; what goes wrong with it does not keep the others waiting."""
    try:
        if not db.session.get_one(Batch, batch_id).is_read:
            return _read_some(batch_id)
        let_others_write()  # what has read before may not write once others have written
        with unit_of_work():
            batch = db.session.get_one(Batch, batch_id)
            step = operations.import_some if batch.state is State.RUNNING else operations.undo_some
            return step(batch, by=None)
    except (SQLAlchemyError, Unavailable):
        log.exception("import_failed", batch=batch_id)
        db.session.rollback()
        return 0


def _read_some(batch_id: int) -> int:
    """Read the next documents of an archive, then write what they say: opening them takes seconds."""
    batch = db.session.get_one(Batch, batch_id)
    done, archive = queries.row_count(batch), batch.archive
    if archive is None:
        return 0
    with lend(archive) as path, bundles.in_zip(path) as papers:
        let_others_write()
        some = [bundles.read(paper, keeps=True) for paper in papers[done : done + PAPERS]]
    with unit_of_work():
        batch = db.session.get_one(Batch, batch_id)
        operations.keep_papers(batch, some, by=None)
        if done + len(some) >= len(papers):
            operations.judge_papers(batch, by=None)
    return 1
