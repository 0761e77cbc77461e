"""The worker's part: bringing batches in and taking them back, a piece at a time."""

from collections.abc import Sequence

from cchc_portal.audit import Event
from cchc_portal.core.db import unit_of_work
from cchc_portal.imports import operations, queries
from cchc_portal.imports.models import Batch, State
from cchc_portal.jobs import enqueue, job

CONTINUE = "continue_imports"


def go_on(_events: Sequence[Event]) -> None:
    """Begin with what was confirmed."""
    enqueue(CONTINUE)


@job
def continue_imports() -> None:
    """Do the next piece of every batch, then queue behind what else is to be done.

    A file of 10,000 rows would hold up notices and search for a minute. What a crash leaves is
    done when the clock comes by.
    """
    with unit_of_work():
        done = sum(_step(batch) for batch in queries.at_work())
    if done:
        enqueue(CONTINUE)


def _step(batch: Batch) -> int:
    step = operations.import_some if batch.state is State.RUNNING else operations.undo_some
    return step(batch, by=None)
