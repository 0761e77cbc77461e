"""What the Office keeps beside a letter: files, relations; and that people have taken note of it."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, require
from cchc_portal.directives import operations, queries, rules
from cchc_portal.directives.forms import LetterFilesForm, NumberForm, RelationForm
from cchc_portal.directives.models import Citation, DirectiveFile, Relation
from cchc_portal.directives.views.blueprint import blueprint, load
from cchc_portal.directives.views.reading import page
from cchc_portal.storage.operations import Received
from cchc_portal.web.files import hand_out, take_in
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, go, htmx, show


@blueprint.post("/directives/<int:directive_id>/files")
def attach(directive_id: int) -> Response:
    """Keep the chosen files; those that cannot be kept are named, so that only they are chosen again."""
    require(rules.can_attach(person(), load(directive_id)))
    form = LetterFilesForm()
    let_others_write()
    good, bad = take_in()
    kept = form.perform(_attach_all, directive_id, good) if good or not bad else None
    if bad:
        form.show(Invalid({"files": " ".join(bad)}))
    if form.errors or htmx.wants_fragment:
        return _files(directive_id, form, status=200 if kept else 422)
    return done(_("Đã tải tệp lên."), to=_files_of(directive_id))


@blueprint.get("/directives/<int:directive_id>/files/<int:file_id>")
def file(directive_id: int, file_id: int) -> Response:
    """Hand out a file of a letter."""
    found = queries.get_file(load(directive_id), file_id)
    return hand_out(found.file, name=found.name)


@blueprint.route("/directives/<int:directive_id>/files/<int:file_id>", methods=["DELETE", "POST"])
def detach(directive_id: int, file_id: int) -> Response:
    """Take a file away from a letter."""
    require(intended_method() == "DELETE")
    operations.detach(queries.get_file(load(directive_id), file_id), by=person())
    if htmx.wants_fragment:
        return _files(directive_id, LetterFilesForm())
    return go(_files_of(directive_id))


@blueprint.post("/directives/<int:directive_id>/relations")
def relate(directive_id: int) -> Response:
    """Put another document beside a letter."""
    found, form = load(directive_id), RelationForm()
    require(rules.can_relate(person(), found))
    if form.perform(_relate, directive_id, form):
        return done(_("Đã ghi văn bản liên quan."), to=_chain_of(directive_id))
    return page(load(directive_id), NumberForm(formdata=None), relation=form, status=422)


@blueprint.route("/directives/<int:directive_id>/relations/<int:citation_id>", methods=["DELETE", "POST"])
def unrelate(directive_id: int, citation_id: int) -> Response:
    """Take away a relation, or the link of what the letter itself cites."""
    require(intended_method() == "DELETE")
    operations.unrelate(queries.get_relation(load(directive_id), citation_id), by=person())
    return done(_("Đã bỏ văn bản liên quan."), to=_chain_of(directive_id))


@blueprint.get("/directives/<int:directive_id>/receipts")
def receipts(directive_id: int) -> Response:
    """Show who has taken note of a letter and who has not yet."""
    found = load(directive_id)
    return show(
        "directives/receipts.html",
        directive=found,
        units=queries.receipts(found),
        taken=queries.taken(found, to=person()),
        rules=rules,
        person=person(),
    )


@blueprint.route("/directives/<int:directive_id>/receipt", methods=["PUT", "POST"])
def acknowledge(directive_id: int) -> Response:
    """Take note of a letter."""
    found = load(directive_id)
    operations.acknowledge(found, by=person())
    if htmx.wants_fragment:
        return show(
            "directives/receipts.html",
            "directives/_receipt.html",
            directive=found,
            taken=queries.taken(found, to=person()),
        )
    return done(
        _("Đã ghi nhận bạn tiếp nhận công văn."),
        to=url_for("directives.directive", directive_id=directive_id),
    )


def _attach_all(directive_id: int, received: list[tuple[Received, str]]) -> list[DirectiveFile]:
    if not received:
        raise Invalid({"files": _("Hãy chọn ít nhất một tệp.")})
    directive = load(directive_id)
    return [operations.attach(directive, by=person(), received=one, name=name) for one, name in received]


def _relate(directive_id: int, form: RelationForm) -> Citation:
    """Relate to the only letter of the register with that number, unless more was typed; else to what was typed."""
    typed = {"kind": form.kind.data or "", "issued_on": form.issued_on.data, "issuer": form.issuer.data or ""}
    cited = None if any(typed.values()) else queries.named(form.number.data, to=person())
    return operations.relate(
        load(directive_id),
        by=person(),
        relation=Relation(form.relation.data),
        cited=cited,
        number=form.number.data,
        **typed,
    )


def _files(directive_id: int, form: LetterFilesForm, *, status: int = 200) -> Response:
    found = load(directive_id)
    return show(
        "directives/files.html",
        "directives/_files.html",
        directive=found,
        files=queries.files(found),
        files_form=form,
        rules=rules,
        person=person(),
        status=status,
    )


def _files_of(directive_id: int) -> str:
    return url_for("directives.directive", directive_id=directive_id) + "#files"


def _chain_of(directive_id: int) -> str:
    return url_for("directives.directive", directive_id=directive_id) + "#chain"
