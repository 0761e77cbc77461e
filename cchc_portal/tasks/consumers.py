"""A letter that is issued becomes work; so does, by the clock, a duty that returns."""

from collections.abc import Sequence

from cchc_portal.audit import Event
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.directives.models import Directive
from cchc_portal.jobs import job
from cchc_portal.tasks.operations import open_from, open_next


def open_tasks(events: Sequence[Event]) -> None:
    """Open the tasks that issued letters give."""
    for event in events:
        open_from(db.session.get_one(Directive, event.subject_id), by=None)


@job
def open_recurring_tasks() -> None:
    """Open the tasks that are due again; the worker calls it every hour, as often as it likes.

    Every hour rather than every night: the machine of a small office is off at night.
    """
    with unit_of_work():
        open_next(by=None)
