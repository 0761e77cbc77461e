"""The trail of events: what, when, by whom, as names and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request, url_for

from cchc_portal import audit
from cchc_portal.accounts import queries
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.web.htmx import show
from cchc_portal.web.pagination import cut, unmark
from cchc_portal.wiring import WIRING

SIZE = 50


@dataclass(frozen=True)
class Line:
    """An event as the trail shows it.

    Args:
        what: "<feature>.<verb>".
        subject: kind and number of the thing.
        at: when it happened.
        who: account's name of who did it; "" for the portal itself.
    """

    what: str
    subject: str
    at: datetime
    who: str


@blueprint.get("/events")
def events() -> Response:
    """Show the trail, newest first, or the events of one name."""
    name, mark = request.args.get("name", ""), request.args.get("page", "")
    before = unmark(mark, kinds=(int,))[0] if mark else None
    rows = audit.timeline(before=before, name=name, limit=SIZE + 1)
    page = cut(rows, key=lambda event: [event.id], size=SIZE, is_first=not mark)
    return show(
        "admin/events.html",
        "admin/_events.html",
        lines=lines_of(page.rows),
        names=sorted(WIRING),
        chosen=name,
        next_href=page.next_mark and url_for("admin.events", name=name or None, page=page.next_mark),
        first_href="" if page.is_first else url_for("admin.events", name=name or None),
    )


def lines_of(events: Sequence[audit.Event]) -> list[Line]:
    """Return events with the names of their actors, read in one go."""
    names = queries.usernames({event.actor_id for event in events if event.actor_id is not None})
    return [
        Line(
            event.name,
            f"{event.subject_kind} {event.subject_id}",
            event.at,
            names.get(event.actor_id or 0, ""),
        )
        for event in events
    ]
