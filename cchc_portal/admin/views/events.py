"""The trail of events: what, when, by whom, as names and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _

from cchc_portal import audit
from cchc_portal.accounts import queries
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.admin.words import EVENTS, KINDS
from cchc_portal.web.htmx import show
from cchc_portal.web.pagination import cut, unmark
from cchc_portal.wiring import WIRING

SIZE = 50


@dataclass(frozen=True)
class Line:
    """An event as the trail shows it.

    Args:
        what: the act in words.
        kind: of the thing, in words.
        number: of the thing.
        at: when it happened.
        who: account's name of who did it; "" where that is secret.
    """

    what: str
    kind: str
    number: int
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
        names={name: _(EVENTS.get(name, name)) for name in sorted(WIRING)},
        chosen=name,
        next_href=page.next_mark and url_for("admin.events", name=name or None, page=page.next_mark),
        first_href="" if page.is_first else url_for("admin.events", name=name or None),
    )


def lines_of(events: Sequence[audit.Event]) -> list[Line]:
    """Return events with the names of their actors, read in one go."""
    names = queries.usernames({event.actor_id for event in events if event.actor_id is not None})
    return [
        Line(
            _(EVENTS.get(event.name, event.name)),
            _(KINDS.get(event.subject_kind, event.subject_kind)),
            event.subject_id,
            event.at,
            "" if _is_secret(event) else names.get(event.actor_id or 0, _("Hệ thống")),
        )
        for event in events
    ]


def _is_secret(event: audit.Event) -> bool:
    """Say whether nobody is to see who it was: the trail tells no more than the list of voters."""
    return event.name.startswith("vote.") and not current_app.config["CCHC_VOTERS_VISIBLE"]
