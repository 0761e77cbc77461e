"""Pages of official letters: list, import, correction, issue, one letter, one item."""

from flask import Blueprint, Response, request, send_file, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, NotFound, require
from cchc_portal.directives import operations, queries, rules
from cchc_portal.directives.forms import CorrectionForm, ImportForm, NumberForm
from cchc_portal.directives.marking import doubts, pieces
from cchc_portal.directives.models import Directive
from cchc_portal.storage.names import content_disposition
from cchc_portal.storage.operations import open_file, receive
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, show
from cchc_portal.web.pagination import PAGE_SIZE, cut, unmark

blueprint = Blueprint("directives", __name__)


@blueprint.get("/directives")
def index() -> Response:
    """Show issued letters, newest first; drafts above them to the Office."""
    mark = request.args.get("page", "")
    before = unmark(mark, kinds=(int,))[0] if mark else None
    rows = queries.issued(to=person(), before=before, limit=PAGE_SIZE + 1)
    page = cut(rows, key=lambda row: (row.id,), size=PAGE_SIZE, is_first=not mark)
    drafts = queries.drafts(to=person()) if page.is_first and rules.can_import(person()) else ()
    return show("directives/index.html", page=page, drafts=drafts, may_import=rules.can_import(person()))


@blueprint.get("/directives/import")
def import_page() -> Response:
    """Show where a letter is uploaded or pasted."""
    require(rules.can_import(person()))
    return show("directives/import.html", form=ImportForm())


@blueprint.post("/directives/import")
def import_() -> Response:
    """Read a letter and keep it as a draft, to be corrected next."""
    require(rules.can_import(person()))
    form = ImportForm()
    let_others_write()
    directive = form.perform(_import, form)
    if directive is None:
        return show("directives/import.html", "directives/_import.html", form=form, status=422)
    message = _("Đã đọc công văn: %(n)s nội dung. Hãy rà soát rồi ban hành.", n=len(directive.items))
    return done(message, to=url_for("directives.correction", directive_id=directive.id))


@blueprint.get("/directives/<int:directive_id>")
def directive(directive_id: int) -> Response:
    """Show a letter as written, with its items."""
    found = queries.get(directive_id, to=person())
    return _page(found, NumberForm())


@blueprint.get("/directives/<int:directive_id>/original")
def original(directive_id: int) -> Response:
    """Hand out the file as it came."""
    found = queries.get(directive_id, to=person())
    if found.file is None:
        raise NotFound
    answer = send_file(open_file(found.file), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition(found.file_name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@blueprint.get("/directives/<int:directive_id>/correction")
def correction(directive_id: int) -> Response:
    """Show what was recognised beside the text, to be corrected."""
    found = queries.get(directive_id, to=person())
    require(rules.can_correct(person(), found))
    return _correction(found, CorrectionForm.of(found))


@blueprint.post("/directives/<int:directive_id>/correction")
def correct(directive_id: int) -> Response:
    """Keep the corrections."""
    found = queries.get(directive_id, to=person())
    require(rules.can_correct(person(), found))
    form = CorrectionForm()
    if form.change_rows():
        return _correction(found, form)
    if form.perform(lambda: operations.correct(found, by=person(), content=form.content(), seen=form.seen)):
        return done(_("Đã lưu bản rà soát."), to=url_for("directives.directive", directive_id=directive_id))
    return _correction(queries.get(directive_id, to=person()), form, status=422)


@blueprint.post("/directives/<int:directive_id>/issue")
def issue(directive_id: int) -> Response:
    """Issue a letter: an official act."""
    found = operations.issue(queries.get(directive_id, to=person()), by=person())
    return done(_("Đã ban hành công văn."), to=url_for("directives.directive", directive_id=found.id))


@blueprint.post("/directives/<int:directive_id>/number")
def enter_number(directive_id: int) -> Response:
    """Fill in the number and the day that an issued letter lacks."""
    found, form = queries.get(directive_id, to=person()), NumberForm()
    values = {"number": form.number.data or "", "day": form.day.data}
    if form.perform(lambda: operations.enter_number(found, by=person(), **values)):
        return done(_("Đã ghi số, ngày."), to=url_for("directives.directive", directive_id=directive_id))
    return _page(queries.get(directive_id, to=person()), form, status=422)


@blueprint.route("/directives/<int:directive_id>/draft", methods=["DELETE", "POST"])
def discard(directive_id: int) -> Response:
    """Put a draft into the bin."""
    require(intended_method() == "DELETE")
    operations.discard(queries.get(directive_id, to=person()), by=person())
    return done(_("Đã bỏ bản nhập công văn."), to=url_for("directives.index"))


@blueprint.get("/directives/<int:directive_id>/items/<string:code>")
def item(directive_id: int, code: str) -> Response:
    """Show one item: words, who acts, until when, and what answers it."""
    return show("directives/item.html", item=queries.get_item(directive_id, code, to=person()))


def _import(form: ImportForm) -> Directive:
    file = form.file.data
    if file and file.filename:
        received = receive(file.stream, name=file.filename)
        return operations.import_file(received, name=file.filename, by=person())
    if not form.text.data:
        raise Invalid({"": _("Hãy chọn một tệp hoặc dán nội dung công văn.")})
    return operations.import_letter(form.text.data, by=person())


def _page(directive: Directive, form: NumberForm, *, status: int = 200) -> Response:
    return show(
        "directives/directive.html",
        directive=directive,
        pieces=pieces(directive),
        form=form,
        may_correct=rules.can_correct(person(), directive),
        may_number=rules.can_number(person(), directive),
        status=status,
    )


def _correction(directive: Directive, form: CorrectionForm, *, status: int = 200) -> Response:
    return show(
        "directives/correction.html",
        directive=directive,
        pieces=pieces(directive),
        doubts=doubts(directive),
        anchors={row.form.code.data: row.form.code.id for row in form.items},
        form=form,
        status=status,
    )
