"""Files: upload, download, taking out."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, require
from cchc_portal.initiatives import operations, queries, rules
from cchc_portal.initiatives.forms import FilesForm
from cchc_portal.initiatives.models import Attachment
from cchc_portal.initiatives.views.blueprint import blueprint, load
from cchc_portal.storage.operations import Received
from cchc_portal.web.files import hand_out, take_in
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, go, htmx, show


@blueprint.get("/initiatives/<int:initiative_id>/attachments")
def attachments(initiative_id: int) -> Response:
    """Show the files of a draft with the form to add some."""
    return _files(initiative_id, FilesForm())


@blueprint.post("/initiatives/<int:initiative_id>/attachments")
def attach(initiative_id: int) -> Response:
    """Keep the chosen files; those that cannot be kept are named, so that only they are chosen again."""
    require(rules.can_write(person(), load(initiative_id)))
    form = FilesForm()
    let_others_write()
    good, bad = take_in()
    kept = form.perform(_attach_all, initiative_id, good) if good or not bad else None
    if bad:
        form.show(Invalid({"files": " ".join(bad)}))
    if form.errors:
        return _files(initiative_id, form, status=200 if kept else 422)
    if htmx.wants_fragment:
        return _files(initiative_id, FilesForm())
    return done(_("Đã tải tệp lên."), to=url_for("initiatives.draft", initiative_id=initiative_id) + "#files")


@blueprint.get("/initiatives/<int:initiative_id>/attachments/<int:attachment_id>")
def download(initiative_id: int, attachment_id: int) -> Response:
    """Hand a file out, never to be opened inside the portal."""
    attachment = queries.attachment(load(initiative_id), attachment_id, to=person())
    return hand_out(attachment.file, name=attachment.name)


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


def _attach_all(initiative_id: int, received: list[tuple[Received, str]]) -> list[Attachment]:
    if not received:
        raise Invalid({"files": _("Hãy chọn ít nhất một tệp.")})
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
