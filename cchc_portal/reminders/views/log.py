"""The log: who was reminded of what, how, and what they said."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.numbers import whole
from cchc_portal.reminders import operations, queries
from cchc_portal.reminders.forms import LogForm
from cchc_portal.reminders.models import Channel, State
from cchc_portal.reminders.views.blueprint import blueprint, sends_mail
from cchc_portal.tasks import queries as tasks
from cchc_portal.web.htmx import done, show
from cchc_portal.web.pagination import PAGE_SIZE, cut, unmark
from cchc_portal.web.security import own_path


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


@blueprint.post("/reminders/deliveries/<int:delivery_id>/sending")
def resend(delivery_id: int) -> Response:
    """Let a mail that was given up go again."""
    operations.resend(queries.get_delivery(delivery_id, to=person()), by=person())
    to = own_path(request.form.get("next"))
    return done(_("Thư sẽ được gửi lại trong ít phút."), to=to if to != "/" else url_for("reminders.index"))


@blueprint.get("/tasks/<int:task_id>/reminders")
def of_task(task_id: int) -> Response:
    """Show who was reminded of a task, and what they said; a section of the task's page."""
    task = tasks.get(task_id, to=person())
    rows = queries.of_task(task, to=person())
    return show("reminders/of_task.html", "reminders/_of_task.html", task=task, rows=rows)


def _wanted() -> queries.Wanted:
    said = request.args
    states, channels = set(State), set(Channel)
    return queries.Wanted(
        unit_id=whole(said.get("unit")),
        state=State(said["state"]) if said.get("state") in states else None,
        channel=Channel(said["channel"]) if said.get("channel") in channels else None,
        is_answered={"1": True, "0": False}.get(said.get("answered", "")),
    )
