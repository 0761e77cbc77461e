"""What a unit does: begin, note progress, report, hand out evidence."""

from flask import Response
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.tasks import operations, queries, rules
from cchc_portal.tasks.forms import DetailsForm, NoteForm, ReportForm
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.views.blueprint import DETAILS, NOTE, ONE, REPORT, ask, back, blueprint, load
from cchc_portal.tasks.views.evidence import perform
from cchc_portal.web.files import hand_out


@blueprint.post(f"{ONE}/start")
def start(task_id: int) -> Response:
    """Begin the work."""
    operations.start(load(task_id), by=person())
    return back(_("Đã bắt đầu thực hiện."), task_id)


@blueprint.get(f"{ONE}/notes")
def note_page(task_id: int) -> Response:
    """Ask how far the work is."""
    task = load(task_id)
    require(rules.answers_for(person(), task))
    form = NoteForm(formdata=None, data={"percent": str(task.percent or "")})
    return ask(task, form, NOTE, permitted=rules.can_note(person(), task))


@blueprint.post(f"{ONE}/notes")
def note(task_id: int) -> Response:
    """Note how far the work is."""
    require(rules.answers_for(person(), load(task_id)))
    form = NoteForm()
    said = perform(
        form,
        lambda files: operations.note_progress(
            load(task_id), by=person(), text=form.text.data or "", percent=form.percentage, files=files
        ),
    )
    if said is None:
        return ask(load(task_id), form, NOTE, status=422)
    return back(_("Đã lưu tiến độ."), task_id)


@blueprint.get(f"{ONE}/report")
def report_page(task_id: int) -> Response:
    """Ask for the result."""
    task = load(task_id)
    require(rules.answers_for(person(), task))
    form = ReportForm(formdata=None, data={"answer_code": task.answer_code})
    return ask(task, form, REPORT, permitted=rules.can_report(person(), task))


@blueprint.post(f"{ONE}/report")
def report(task_id: int) -> Response:
    """Report the result."""
    require(rules.answers_for(person(), load(task_id)))
    form = ReportForm()
    code = form.answer_code.data or ""
    reported = perform(
        form,
        lambda files: operations.report(
            load(task_id), by=person(), text=form.text.data or "", files=files, answer_code=code
        ),
    )
    if reported is None:
        return ask(load(task_id), form, REPORT, status=422)
    return back(_("Đã gửi báo cáo. Văn phòng hoặc lãnh đạo sẽ kiểm tra."), task_id)


@blueprint.get(f"{ONE}/evidence/<int:evidence_id>")
def evidence(task_id: int, evidence_id: int) -> Response:
    """Hand a file out, never to be opened inside the portal."""
    found = queries.evidence(load(task_id), evidence_id)
    return hand_out(found.file, name=found.name)


@blueprint.get(f"{ONE}/details")
def details(task_id: int) -> Response:
    """Show what is kept beside the work."""
    task = load(task_id)
    require(rules.answers_for(person(), task))
    return ask(task, _details_form(task, DetailsForm(formdata=None, obj=task)), DETAILS)


@blueprint.post(f"{ONE}/details")
def keep_details(task_id: int) -> Response:
    """Keep the answering letter, the kind of work and the remark."""
    task = load(task_id)
    form = _details_form(task, DetailsForm())
    if form.perform(_keep_details, task, form) is None:
        return ask(load(task_id), form, DETAILS, status=422)
    return back(_("Đã lưu."), task_id)


def _details_form(task: Task, form: DetailsForm) -> DetailsForm:
    """Ask only for what the person may say now."""
    if not rules.can_mark(person(), task):
        del form.is_backlog, form.serves_citizens
    if not rules.can_remark(person()):
        del form.remark
    return form


def _keep_details(task: Task, form: DetailsForm) -> Task:
    operations.answer(task, by=person(), code=form.answer_code.data or "")
    if "is_backlog" in form:
        operations.mark_backlog(
            task,
            by=person(),
            is_backlog=form.is_backlog.data,
            serves_citizens=form.serves_citizens.data,
        )
    if "remark" in form:
        operations.remark(task, by=person(), text=form.remark.data or "")
    return task
