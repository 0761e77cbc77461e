"""What people choose for themselves: mail, and the private calendar."""

from urllib.parse import urlsplit

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from cchc_portal.accounts.session import person
from cchc_portal.reminders import feed, operations, queries
from cchc_portal.reminders.forms import ChoicesForm
from cchc_portal.reminders.views.blueprint import blueprint, sends_mail
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import answer, done, show
from cchc_portal.web.security import limiter, public


@blueprint.get("/me/reminders")
def choices() -> Response:
    """Show what the person gets by mail, and whether the calendar has an address."""
    return _show(ChoicesForm(queries.mail_choice(person()), formdata=None))


@blueprint.post("/me/reminders")
def choose() -> Response:
    """Keep what the person wants by mail."""
    form = ChoicesForm(queries.mail_choice(person()))
    chosen = form.perform(
        lambda: operations.choose_mail(
            person(), by=person(), wants_digest=form.wants_digest.data, wants_each=form.wants_each.data
        )
    )
    if chosen is None:
        return _show(form, status=422)
    return done(_("Đã lưu lựa chọn."), to=url_for("reminders.choices"))


@blueprint.route("/me/calendar", methods=["POST", "DELETE"])
def calendar() -> Response:
    """Give the calendar a new address, shown this once; or take the address away."""
    if intended_method() == "DELETE":
        operations.close_calendar(person(), by=person())
        return done(_("Đã đóng địa chỉ lịch."), to=url_for("reminders.choices"))
    token = operations.open_calendar(person(), by=person())
    form = ChoicesForm(queries.mail_choice(person()), formdata=None)
    return _show(form, address=f"{_base()}{url_for('reminders.feed_of', token=token)}")


@blueprint.get("/calendar/<string:token>.ics")
@limiter.limit("60 per minute", key_func=get_remote_address)
@public
def feed_of(token: str) -> Response:
    """Give a person's deadlines to whoever has the calendar's address."""
    reader = queries.reader_of(token)
    name = f"{_('Nhiệm vụ')} - {current_app.config['CCHC_OFFICE_NAME']}"
    host = urlsplit(current_app.config["CCHC_BASE_URL"]).hostname or "cchc-portal"
    written = feed.written(queries.calendar_tasks(reader), name=name, host=host, base=_base())
    given = answer("")
    given.data, given.mimetype = written, "text/calendar"
    given.headers["Content-Disposition"] = "inline; filename=nhiem-vu.ics"
    return given


def _show(form: ChoicesForm, *, address: str = "", status: int = 200) -> Response:
    return show(
        "reminders/choices.html",
        form=form,
        address=address,
        calendar=queries.calendar_address(person()),
        sends_mail=sends_mail(),
        status=status,
    )


def _base() -> str:
    """Return under what address the portal is opened."""
    return (current_app.config["CCHC_BASE_URL"] or request.host_url).rstrip("/")
