"""The log: who was reminded of what, how, and what they said."""

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.core.numbers import whole
from cchc_portal.reminders import queries
from cchc_portal.reminders.forms import LogForm
from cchc_portal.reminders.models import Channel, State
from cchc_portal.reminders.views.blueprint import blueprint, sends_mail
from cchc_portal.web.htmx import show
from cchc_portal.web.pagination import PAGE_SIZE, cut, unmark


@blueprint.get("/reminders")
def index() -> Response:
    """Show the log, the newest first, from `after` on."""
    after = request.args.get("after", "")
    before = unmark(after, kinds=(int,))[0] if after else None
    rows = queries.log(to=person(), wanted=_wanted(), before=before, limit=PAGE_SIZE + 1)
    return show(
        "reminders/index.html",
        "reminders/_log.html",
        page=cut(rows, key=lambda row: (row.id,), size=PAGE_SIZE, is_first=before is None),
        form=LogForm(request.args),
        filters={name: value for name, value in request.args.items() if name != "after" and value},
        sends_mail=sends_mail(),
    )


def _wanted() -> queries.Wanted:
    said = request.args
    states, channels = set(State), set(Channel)
    return queries.Wanted(
        unit_id=whole(said.get("unit")),
        state=State(said["state"]) if said.get("state") in states else None,
        channel=Channel(said["channel"]) if said.get("channel") in channels else None,
        is_answered={"1": True, "0": False}.get(said.get("answered", "")),
    )
