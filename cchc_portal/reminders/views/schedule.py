"""The schedule, kept by the Office."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.reminders import operations, queries
from cchc_portal.reminders.forms import RuleForm
from cchc_portal.reminders.views.blueprint import blueprint, require_overseer
from cchc_portal.web.htmx import done, show


@blueprint.get("/reminders/schedule")
def schedule() -> Response:
    """Show the lines that hold today."""
    require_overseer()
    return _show(RuleForm(formdata=None))


@blueprint.post("/reminders/schedule")
def add_rule() -> Response:
    """Add a line."""
    require_overseer()
    form = RuleForm()
    added = form.perform(
        lambda: operations.add_rule(
            by=person(),
            timing=form.timing.data,
            days=form.days.data,
            every=form.every.data,
            audience=form.audience.data,
        )
    )
    if added is None:
        return _show(form, status=422)
    return done(_("Đã thêm mốc nhắc việc."), to=url_for("reminders.schedule"))


@blueprint.delete("/reminders/schedule/<int:rule_id>")
@blueprint.post("/reminders/schedule/<int:rule_id>")
def end_rule(rule_id: int) -> Response:
    """Let a line hold no longer."""
    operations.end_rule(queries.get_rule(rule_id, to=person()), by=person())
    return done(_("Đã bỏ mốc nhắc việc."), to=url_for("reminders.schedule"))


def _show(form: RuleForm, *, status: int = 200) -> Response:
    return show("reminders/schedule.html", rules=queries.rules_on(today()), form=form, status=status)
