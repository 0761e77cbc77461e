"""The worker's part: bringing batches in and taking them back, a piece at a time."""

from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from cchc_portal.audit import Event
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.imports import operations, queries
from cchc_portal.imports.models import Batch, State
from cchc_portal.jobs import enqueue, job

CONTINUE = "continue_imports"

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
        with unit_of_work():
            batch = db.session.get_one(Batch, batch_id)
            step = operations.import_some if batch.state is State.RUNNING else operations.undo_some
            return step(batch, by=None)
    except SQLAlchemyError:
        log.exception("import_failed", batch=batch_id)
        return 0
