"""What the Office and the leaders do: verify, give back, complete, cancel."""

from flask import Response
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.tasks import operations, rules
from cchc_portal.tasks.forms import CancellationForm, CheckForm, ReturnForm
from cchc_portal.tasks.operations.checking import OWN_REPORT
from cchc_portal.tasks.views.blueprint import (
    CANCEL,
    COMPLETE,
    ONE,
    RETURN,
    VERIFY,
    ask,
    back,
    blueprint,
    load,
)


@blueprint.get(f"{ONE}/verification")
def verification(task_id: int) -> Response:
    """Ask what was looked at."""
    task = load(task_id)
    require(rules.can_assign(person()))
    require(rules.may_verify(person(), task), OWN_REPORT)
    return ask(task, CheckForm(formdata=None), VERIFY, permitted=rules.can_verify(person(), task))


@blueprint.post(f"{ONE}/verification")
def verify(task_id: int) -> Response:
    """Say that the result is there."""
    task, form = load(task_id), CheckForm()
    if form.perform(lambda: operations.verify(task, by=person(), text=form.text.data or "")) is None:
        return ask(load(task_id), form, VERIFY, status=422)
    return back(_("Đã xác nhận kết quả."), task_id)


@blueprint.get(f"{ONE}/completion")
def completion(task_id: int) -> Response:
    """Ask for a last word."""
    task = load(task_id)
    require(rules.can_assign(person()))
    require(rules.may_verify(person(), task), OWN_REPORT)
    return ask(task, CheckForm(formdata=None), COMPLETE, permitted=rules.can_complete(person(), task))


@blueprint.post(f"{ONE}/completion")
def complete(task_id: int) -> Response:
    """Close it as done."""
    task, form = load(task_id), CheckForm()
    if form.perform(lambda: operations.complete(task, by=person(), text=form.text.data or "")) is None:
        return ask(load(task_id), form, COMPLETE, status=422)
    return back(_("Nhiệm vụ đã hoàn thành."), task_id)


@blueprint.get(f"{ONE}/return")
def return_page(task_id: int) -> Response:
    """Ask what is still to be done."""
    task = load(task_id)
    require(rules.can_assign(person()))
    return ask(task, ReturnForm(formdata=None), RETURN, permitted=rules.can_return(person(), task))


@blueprint.post(f"{ONE}/return")
def return_(task_id: int) -> Response:
    """Give it back."""
    task, form = load(task_id), ReturnForm()
    if form.perform(lambda: operations.return_(task, by=person(), reason=form.reason.data)) is None:
        return ask(load(task_id), form, RETURN, status=422)
    return back(_("Đã trả lại để làm tiếp."), task_id)


@blueprint.get(f"{ONE}/cancellation")
def cancellation(task_id: int) -> Response:
    """Ask why it need not be done."""
    task, form = load(task_id), CancellationForm(formdata=None)
    require(rules.can_assign(person()))
    form.about(task)
    return ask(task, form, CANCEL, permitted=rules.can_cancel(person(), task))


@blueprint.post(f"{ONE}/cancellation")
def cancel(task_id: int) -> Response:
    """Cancel it."""
    task, form = load(task_id), CancellationForm()
    form.about(task)
    said = form.perform(
        lambda: operations.cancel(task, by=person(), reason=form.reason.data, ends_series=form.ends)
    )
    if said is None:
        return ask(load(task_id), form, CANCEL, status=422)
    return back(_("Đã hủy nhiệm vụ."), task_id)
