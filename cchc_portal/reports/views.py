"""Addresses of the Office's templates and letterhead, and of the register of letters to take away."""

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, NotFound, require
from cchc_portal.directives import queries as letters
from cchc_portal.directives.forms import filters
from cchc_portal.reports import book, operations, producing, queries, rules
from cchc_portal.reports.docx import DocumentKind, shipped
from cchc_portal.reports.docx.marks import Mark
from cchc_portal.reports.docx.template import ALLOWED, NEEDED, WrongMarks
from cchc_portal.reports.forms import LetterheadForm, TemplateForm
from cchc_portal.reports.models import DocumentTemplate
from cchc_portal.reports.words import MEANINGS
from cchc_portal.storage.operations import open_file, receive
from cchc_portal.web.files import DOCX, XLSX, hand_out
from cchc_portal.web.htmx import done, show

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports/templates")
def templates() -> Response:
    """Show the templates in force and the letterhead."""
    require(rules.can_keep_templates(person()))
    return show(
        "reports/templates.html",
        kinds=DocumentKind,
        in_force=queries.in_force(),
        office=producing.letterhead(),
    )


@blueprint.get("/reports/templates/<string:kind>")
def template(kind: str) -> Response:
    """Show a template: its marks, its versions, and the way to replace it."""
    return _page(_kind(kind), TemplateForm())


@blueprint.post("/reports/templates/<string:kind>")
def replace_template(kind: str) -> Response:
    """Put an edited template in force."""
    found, form = _kind(kind), TemplateForm()
    let_others_write()  # reading takes a while
    if form.perform(_replace, found, form) is None:
        return _page(found, form, status=422)
    message = _("Đã dùng mẫu mới. Hãy bấm “Xem thử” để kiểm tra một văn bản.")
    return done(message, to=url_for("reports.template", kind=found))


@blueprint.post("/reports/templates/<string:kind>/original")
def use_shipped(kind: str) -> Response:
    """Go back to the template that comes with the portal."""
    operations.use_shipped(_kind(kind), by=person())
    return done(_("Đã trở lại mẫu gốc."), to=url_for("reports.template", kind=kind))


@blueprint.get("/reports/templates/<string:kind>/file")
def template_file(kind: str) -> Response:
    """Hand out the template in force, to be edited in Word."""
    found = _kind(kind)
    content = queries.content(found)
    name = _("Mẫu %(kind)s.docx", kind=_(found.label))
    return hand_out(content or shipped.file_of(found), name=name, mimetype=DOCX)


@blueprint.get("/reports/templates/<string:kind>/sample")
def sample(kind: str) -> Response:
    """Hand out a document set in the template in force."""
    found = _kind(kind)
    name = _(producing.SAMPLE_NAMES[found])
    return hand_out(producing.produce(producing.sample(found)), name=name, mimetype=DOCX)


@blueprint.get("/reports/templates/<string:kind>/versions/<int:version_id>")
def template_version(kind: str, version_id: int) -> Response:
    """Hand out a version that was in force."""
    found = queries.version(_kind(kind), version_id, to=person())
    if found.file is None:
        raise NotFound
    with open_file(found.file) as file:
        return hand_out(file.read(), name=found.file_name, mimetype=DOCX)


@blueprint.get("/reports/letterhead")
def letterhead() -> Response:
    """Show who issues documents, who signs, who gets them."""
    require(rules.can_keep_templates(person()))
    return show("reports/letterhead.html", form=LetterheadForm(obj=producing.letterhead()))


@blueprint.post("/reports/letterhead")
def change_letterhead() -> Response:
    """Keep it."""
    require(rules.can_keep_templates(person()))
    form = LetterheadForm()
    if form.perform(
        lambda: operations.change_letterhead(producing.letterhead(), by=person(), **form.values())
    ):
        return done(_("Đã lưu thông tin cơ quan."), to=url_for("reports.templates"))
    return show("reports/letterhead.html", form=form, status=422)


@blueprint.get("/reports/register")
def register() -> Response:
    """Hand out the register of letters exactly as it is filtered, as CSV or XLSX."""
    organ_id = current_app.config["CCHC_ORGAN_ID"]
    rows = letters.register_rows(filters(), to=person(), organ_id=organ_id)
    name = f"{_('Sổ công văn')} {today():%d-%m-%Y}"
    if request.args.get("format") == "csv":
        return hand_out(book.book_csv(rows), name=f"{name}.csv", mimetype=book.CSV)
    return hand_out(book.book_xlsx(rows, on=today()), name=f"{name}.xlsx", mimetype=XLSX)


def _kind(words: str) -> DocumentKind:
    """Return the kind an address names, to those who keep templates."""
    require(rules.can_keep_templates(person()))
    if words not in set(DocumentKind):
        raise NotFound
    return DocumentKind(words)


def _replace(kind: DocumentKind, form: TemplateForm) -> DocumentTemplate:
    upload = form.file.data
    if not upload or not upload.filename:
        raise Invalid({"file": _("Hãy chọn tệp mẫu đã sửa trong Word.")})
    try:
        received = receive(upload.stream, name=upload.filename)
        return operations.replace_template(kind, by=person(), received=received, name=upload.filename)
    except WrongMarks as wrong:
        raise Invalid({"file": _(wrong.message, marks=wrong.found)}) from None
    except Invalid as refused:
        raise Invalid({"file": refused.errors.get("file", refused.message)}) from None


def _page(kind: DocumentKind, form: TemplateForm, *, status: int = 200) -> Response:
    needed = NEEDED[kind]
    marks = [(mark, MEANINGS[mark], mark in needed) for mark in Mark if mark in ALLOWED[kind]]
    return show(
        "reports/template.html",
        kind=kind,
        marks=marks,
        versions=queries.versions(kind, to=person()),
        form=form,
        status=status,
    )
