"""A letter that is issued becomes work."""

from collections.abc import Sequence

from cchc_portal.audit import Event
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive
from cchc_portal.tasks.operations import open_from


def open_tasks(events: Sequence[Event]) -> None:
    """Open the tasks that issued letters give."""
    for event in events:
        open_from(db.session.get_one(Directive, event.subject_id), by=None)
