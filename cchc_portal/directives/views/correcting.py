"""Correcting drafts and issued letters; issue, closing, the bin."""

from collections.abc import Callable

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.directives import operations, queries, rules
from cchc_portal.directives.contributions import work_of
from cchc_portal.directives.forms import AmendmentForm, CorrectionForm, ReasonForm
from cchc_portal.directives.marking import doubts, pieces
from cchc_portal.directives.models import Directive, Relation
from cchc_portal.directives.views.blueprint import blueprint, load
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, show


@blueprint.get("/directives/<int:directive_id>/correction")
def correction(directive_id: int) -> Response:
    """Show what was recognised beside the text, to be corrected."""
    found = load(directive_id)
    require(rules.can_correct(person(), found))
    return _correction(found, CorrectionForm.of(found))


@blueprint.post("/directives/<int:directive_id>/correction")
def correct(directive_id: int) -> Response:
    """Keep the corrections."""
    found = load(directive_id)
    require(rules.can_correct(person(), found))
    form = CorrectionForm()
    if form.change_rows():
        return _correction(found, form)
    if form.perform(
        lambda: operations.correct(
            found, by=person(), content=form.content(), seen=form.seen, entry=form.entry()
        )
    ):
        return done(_("Đã lưu bản rà soát."), to=url_for("directives.directive", directive_id=directive_id))
    return _correction(load(directive_id), form, status=422)


@blueprint.get("/directives/<int:directive_id>/amendment")
def amendment(directive_id: int) -> Response:
    """Show an issued letter, to be corrected by a new version."""
    found = load(directive_id)
    require(rules.can_amend(person(), found))
    return _correction(found, AmendmentForm.of(found))


@blueprint.post("/directives/<int:directive_id>/amendment")
def amend(directive_id: int) -> Response:
    """Keep the correction of an issued letter as a new version."""
    found = load(directive_id)
    require(rules.can_amend(person(), found))
    form = AmendmentForm()
    if form.change_rows():
        return _correction(found, form)
    if form.perform(_amend(found, form)):
        return done(
            _("Đã lưu bản đính chính."), to=url_for("directives.directive", directive_id=directive_id)
        )
    return _correction(load(directive_id), form, status=422)


@blueprint.post("/directives/<int:directive_id>/issue")
def issue(directive_id: int) -> Response:
    """Issue a letter: an official act."""
    found = operations.issue(load(directive_id), by=person())
    return done(_("Đã ban hành công văn."), to=url_for("directives.directive", directive_id=found.id))


@blueprint.get("/directives/<int:directive_id>/closure")
def closure(directive_id: int) -> Response:
    """Show where a letter is ended."""
    found = load(directive_id)
    require(rules.can_close(person(), found))
    return _closure(found, ReasonForm())


@blueprint.post("/directives/<int:directive_id>/closure")
def close(directive_id: int) -> Response:
    """End a letter whose work is done."""
    found, form = load(directive_id), ReasonForm()
    require(rules.can_handle(person()))
    if form.perform(lambda: operations.close(found, by=person(), reason=form.reason.data)):
        return done(_("Đã kết thúc công văn."), to=url_for("directives.directive", directive_id=directive_id))
    return _closure(load(directive_id), form, status=422)


@blueprint.route("/directives/<int:directive_id>/draft", methods=["DELETE", "POST"])
def discard(directive_id: int) -> Response:
    """Put a draft into the bin."""
    require(intended_method() == "DELETE")
    operations.discard(load(directive_id), by=person())
    return done(_("Đã bỏ bản nhập công văn."), to=url_for("directives.index"))


def _closure(directive: Directive, form: ReasonForm, *, status: int = 200) -> Response:
    work = work_of([directive.id])[directive.id]
    return show("directives/closure.html", directive=directive, form=form, work=work, status=status)


def _amend(directive: Directive, form: AmendmentForm) -> Callable[[], object]:
    return lambda: operations.amend(
        directive,
        by=person(),
        content=form.content(),
        seen=form.seen,
        entry=form.entry(),
        reason=form.reason.data or "",
    )


def _correction(directive: Directive, form: CorrectionForm, *, status: int = 200) -> Response:
    return show(
        "directives/correction.html",
        directive=directive,
        pieces=pieces(directive),
        reviews=form.reviews(doubts(directive) if directive.is_open else {}),
        doubles=queries.doubles(directive, to=person()),
        anchors={row.form.code.data: row.form.code.id for row in form.items},
        relations=Relation,
        form=form,
        status=status,
    )
