"""What one was told: the list, opening, the switches, the bell in the top bar."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.notifications import operations, queries
from cchc_portal.notifications.forms import SwitchesForm
from cchc_portal.notifications.queries import Entry
from cchc_portal.web.htmx import answer, done, go, show
from cchc_portal.web.pagination import PAGE_SIZE, cut, unmark
from cchc_portal.web.security import public

blueprint = Blueprint("notifications", __name__)


@blueprint.get("/notifications")
def index() -> Response:
    """Show what the person was told, day by day, from `after` on."""
    after = request.args.get("after", "")
    before = unmark(after, kinds=(int,))[0] if after else None
    rows = queries.page(to=person(), before=before, limit=PAGE_SIZE + 1)
    page = cut(rows, key=lambda entry: (entry.notification.id,), size=PAGE_SIZE, is_first=before is None)
    days = queries.by_day(page.rows)
    return show("notifications/index.html", "notifications/_list.html", page=page, days=days, today=today())


@blueprint.post("/notifications/<int:notification_id>/reading")
def read(notification_id: int) -> Response:
    """Mark one as read and go where it leads."""
    entry = queries.get(notification_id, to=person())
    operations.read(entry.notification, by=person())
    return go(_address(entry))


@blueprint.post("/notifications/reading")
def read_all() -> Response:
    """Mark all as read."""
    operations.read_all(person(), by=person())
    return done(_("Đã đánh dấu đã đọc tất cả."), to=url_for("notifications.index"))


@blueprint.get("/notifications/bell")
@public
def bell() -> Response:
    """Show the bell with its count; when the sign-in is over say nothing.

    The page asks by itself every minute: sending it to the sign-in form would take away what
    somebody is typing there.
    """
    if not current_user.is_authenticated:
        return answer("", 204)
    return show("notifications/_bell.html")


@blueprint.get("/notifications/settings")
def switches() -> Response:
    """Show which kinds the person wants."""
    return show("notifications/switches.html", form=SwitchesForm(person()))


@blueprint.post("/notifications/settings")
def switch() -> Response:
    """Keep which kinds the person wants."""
    form = SwitchesForm(person())
    if not form.validate():
        return show("notifications/switches.html", form=form, status=422)
    operations.choose_kinds(person(), by=person(), wanted=form.kinds.data)
    return done(_("Đã lưu lựa chọn."), to=url_for("notifications.switches"))


def _address(entry: Entry) -> str:
    told, opens = entry.notification, entry.kind.opens
    if opens == "comments.one":
        anchor = f"comment-{entry.subject_id}"
        return url_for(opens, comment_id=entry.subject_id, _anchor=anchor)
    if opens not in current_app.view_functions:
        return url_for("notifications.index")
    columns: dict[str, Any] = {
        "initiative_id": told.initiative_id,
        "task_id": told.task_id,
        "directive_id": told.directive_id,
    }
    wanted = {name for rule in current_app.url_map.iter_rules(opens) for name in rule.arguments}
    return url_for(opens, **{name: value for name, value in columns.items() if name in wanted})
