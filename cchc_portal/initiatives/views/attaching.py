"""Files: upload, download, taking out."""

from flask import Response, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from cchc_portal.accounts.session import person
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, require
from cchc_portal.initiatives import operations, queries, rules
from cchc_portal.initiatives.forms import FilesForm
from cchc_portal.initiatives.models import Attachment
from cchc_portal.initiatives.views.blueprint import blueprint, load
from cchc_portal.storage.names import content_disposition
from cchc_portal.storage.operations import open_file, receive
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, go, htmx, show


@blueprint.get("/initiatives/<int:initiative_id>/attachments")
def attachments(initiative_id: int) -> Response:
    """Show the files of a draft with the form to add some."""
    return _files(initiative_id, FilesForm())


@blueprint.post("/initiatives/<int:initiative_id>/attachments")
def attach(initiative_id: int) -> Response:
    """Keep the chosen files, all or none."""
    require(rules.can_write(person(), load(initiative_id)))
    form = FilesForm()
    let_others_write()
    if form.perform(_attach_all, initiative_id, _chosen()) is None:
        return _files(initiative_id, form, status=422)
    if htmx.wants_fragment:
        return _files(initiative_id, FilesForm())
    return done(_("Đã tải tệp lên."), to=url_for("initiatives.draft", initiative_id=initiative_id) + "#files")


@blueprint.get("/initiatives/<int:initiative_id>/attachments/<int:attachment_id>")
def download(initiative_id: int, attachment_id: int) -> Response:
    """Hand a file out, never to be opened inside the portal."""
    attachment = queries.attachment(load(initiative_id), attachment_id, to=person())
    answer = send_file(open_file(attachment.file), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition(attachment.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@blueprint.route(
    "/initiatives/<int:initiative_id>/attachments/<int:attachment_id>", methods=["DELETE", "POST"]
)
def detach(initiative_id: int, attachment_id: int) -> Response:
    """Take a file out of a draft."""
    require(intended_method() == "DELETE")
    operations.detach(queries.attachment(load(initiative_id), attachment_id, to=person()), by=person())
    if htmx.wants_fragment:
        return _files(initiative_id, FilesForm())
    return go(url_for("initiatives.draft", initiative_id=initiative_id) + "#files")


def _chosen() -> list[FileStorage]:
    return [file for file in request.files.getlist("files") if file.filename]


def _attach_all(initiative_id: int, files: list[FileStorage]) -> list[Attachment]:
    if not files:
        raise Invalid({"files": _("Hãy chọn ít nhất một tệp.")})
    received = [(receive(file.stream, name=file.filename or ""), file.filename or "") for file in files]
    initiative = load(initiative_id)
    return [operations.attach(initiative, by=person(), received=one, name=name) for one, name in received]


def _files(initiative_id: int, form: FilesForm, *, status: int = 200) -> Response:
    initiative = load(initiative_id)
    require(rules.can_write(person(), initiative))
    return show(
        "initiatives/attachments.html",
        "initiatives/_attachments.html",
        initiative=initiative,
        files=queries.attachments(initiative),
        files_form=form,
        status=status,
    )
