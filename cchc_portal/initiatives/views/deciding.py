"""Withdrawal, return, publication, acceptance, agreement of nominated authors."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.initiatives import operations, rules
from cchc_portal.initiatives.forms import ReasonForm
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.views.blueprint import blueprint, load
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, show


@blueprint.get("/initiatives/<int:initiative_id>/withdrawal")
def withdrawal(initiative_id: int) -> Response:
    """Ask for the reason of a withdrawal."""
    initiative = load(initiative_id)
    require(rules.can_withdraw(person(), initiative))
    return _ask(initiative, ReasonForm(), "withdrawal")


@blueprint.post("/initiatives/<int:initiative_id>/withdrawal")
def withdraw(initiative_id: int) -> Response:
    """Take it back."""
    initiative, form = load(initiative_id), ReasonForm()
    if form.perform(lambda: operations.withdraw(initiative, by=person(), reason=form.reason.data)) is None:
        return _ask(load(initiative_id), form, "withdrawal", status=422)
    return done(_("Đã rút."), to=url_for("initiatives.show", initiative_id=initiative_id))


@blueprint.get("/initiatives/<int:initiative_id>/return")
def return_page(initiative_id: int) -> Response:
    """Ask what has to be completed."""
    initiative = load(initiative_id)
    require(rules.can_return(person(), initiative))
    return _ask(initiative, ReasonForm(), "return")


@blueprint.post("/initiatives/<int:initiative_id>/return")
def return_(initiative_id: int) -> Response:
    """Give it back for completion."""
    initiative, form = load(initiative_id), ReasonForm()
    if form.perform(lambda: operations.return_(initiative, by=person(), reason=form.reason.data)) is None:
        return _ask(load(initiative_id), form, "return", status=422)
    return done(_("Đã trả lại để hoàn thiện."), to=url_for("initiatives.show", initiative_id=initiative_id))


@blueprint.post("/initiatives/<int:initiative_id>/publication")
def publish(initiative_id: int) -> Response:
    """Publish a good practice."""
    operations.publish(load(initiative_id), by=person())
    return done(_("Đã công bố."), to=url_for("initiatives.show", initiative_id=initiative_id))


@blueprint.post("/initiatives/<int:initiative_id>/acceptance")
def accept(initiative_id: int) -> Response:
    """Accept the application of an initiative."""
    operations.accept(load(initiative_id), by=person())
    return done(_("Đã tiếp nhận hồ sơ."), to=url_for("initiatives.show", initiative_id=initiative_id))


@blueprint.get("/initiatives/<int:initiative_id>/confirmation")
def confirmation(initiative_id: int) -> Response:
    """Ask for the reason why a nominated author declines."""
    initiative = load(initiative_id)
    require(rules.can_confirm(person(), initiative))
    return _ask(initiative, ReasonForm(), "confirmation")


@blueprint.route("/initiatives/<int:initiative_id>/confirmation", methods=["PUT", "DELETE", "POST"])
def confirm(initiative_id: int) -> Response:
    """Agree (PUT) or decline (DELETE) as a nominated author."""
    if intended_method() == "DELETE":
        return _refuse(initiative_id)
    operations.confirm(load(initiative_id), by=person())
    return done(_("Cảm ơn bạn đã xác nhận."), to=url_for("initiatives.show", initiative_id=initiative_id))


def _refuse(initiative_id: int) -> Response:
    initiative, form = load(initiative_id), ReasonForm()
    if form.perform(lambda: operations.refuse(initiative, by=person(), reason=form.reason.data)) is None:
        return _ask(load(initiative_id), form, "confirmation", status=422)
    return done(
        _("Đã ghi nhận bạn không đồng ý."), to=url_for("initiatives.show", initiative_id=initiative_id)
    )


def _ask(initiative: Initiative, form: ReasonForm, act: str, *, status: int = 200) -> Response:
    return show("initiatives/reason.html", initiative=initiative, form=form, act=act, status=status)
