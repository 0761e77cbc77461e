"""More time: asking for it, deciding about it."""

from flask import Response, request
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.tasks import operations, queries, rules
from cchc_portal.tasks.forms import DecisionForm, ExtensionForm
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.views.blueprint import EXTEND, ONE, ask, back, blueprint, load
from cchc_portal.web.htmx import show


@blueprint.get(f"{ONE}/extension")
def extension(task_id: int) -> Response:
    """Ask until when, and why."""
    task = load(task_id)
    require(rules.answers_for(person(), task))
    form = ExtensionForm(formdata=None)
    return ask(task, form, EXTEND, permitted=rules.can_ask_extension(person(), task))


@blueprint.post(f"{ONE}/extension")
def ask_extension(task_id: int) -> Response:
    """Ask for more time."""
    task, form = load(task_id), ExtensionForm()
    asked = form.perform(
        lambda: operations.ask_extension(task, by=person(), until=form.until.data, reason=form.reason.data)
    )
    if asked is None:
        return ask(load(task_id), form, EXTEND, status=422)
    return back(_("Đã gửi đề nghị gia hạn."), task_id)


@blueprint.get(f"{ONE}/extension/decision")
def decision(task_id: int) -> Response:
    """Show what is asked for, with both answers."""
    task = load(task_id)
    require(rules.can_assign(person()))
    return _decision(task, DecisionForm(formdata=None))


@blueprint.post(f"{ONE}/extension/decision")
def decide_extension(task_id: int) -> Response:
    """Grant or refuse it."""
    task, form = load(task_id), DecisionForm()
    require(rules.can_assign(person()))
    is_granted = request.form.get("decision") == "grant"
    asked, answer = queries.extension(task), form.answer.data or ""
    decided = form.perform(
        lambda: operations.decide_extension(asked, by=person(), is_granted=is_granted, answer=answer)
    )
    if decided is None:
        return _decision(load(task_id), form, status=422)
    return back(_("Đã gia hạn.") if is_granted else _("Đã trả lời không gia hạn."), task_id)


def _decision(task: Task, form: DecisionForm, *, status: int = 200) -> Response:
    return show(
        "tasks/decision.html",
        "tasks/_decision.html",
        task=task,
        extension=queries.extension(task),
        form=form,
        status=status,
    )
