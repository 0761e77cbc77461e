"""What the person was reminded of, and the answer."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.reminders import operations, queries
from cchc_portal.reminders.forms import AnswerForm
from cchc_portal.reminders.views.blueprint import blueprint
from cchc_portal.web.htmx import done, show


@blueprint.get("/reminders/mine")
def mine() -> Response:
    """Show the open tasks of which the person was reminded, each with the way to answer."""
    return show("reminders/mine.html", reminders=queries.own(to=person()))


@blueprint.get("/reminders/<int:reminder_id>/answer")
def answer_page(reminder_id: int) -> Response:
    """Ask for more than "đã nhận"."""
    reminder = queries.get(reminder_id, to=person())
    return show("reminders/answer.html", reminder=reminder, form=AnswerForm(formdata=None))


@blueprint.post("/reminders/<int:reminder_id>/answer")
def answer(reminder_id: int) -> Response:
    """Keep the answer."""
    reminder, form = queries.get(reminder_id, to=person()), AnswerForm()
    answered = form.perform(
        lambda: operations.answer(
            reminder, by=person(), words=form.words.data or "", promised_on=form.promised_on.data
        )
    )
    if answered is None:
        return show("reminders/answer.html", reminder=reminder, form=form, status=422)
    return done(_("Đã ghi nhận trả lời của bạn."), to=url_for("reminders.mine"))
