"""Roles of an account."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts import operations, queries
from cchc_portal.accounts.models import Role
from cchc_portal.accounts.session import person
from cchc_portal.admin.forms import GrantForm, PersonForm
from cchc_portal.admin.views.accounts import show_account
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.core.errors import NotFound
from cchc_portal.web.htmx import done


@blueprint.post("/accounts/<int:user_id>/roles")
def grant_role(user_id: int) -> Response:
    """Give the person a role for a period."""
    user, form = queries.get_account(user_id, to=person()), GrantForm()
    grant = form.perform(
        lambda: operations.grant_role(
            user,
            Role(form.role.data),
            by=person(),
            unit=form.unit.unit,
            since=form.since.data,
            until=form.until.data,
        ),
    )
    if grant is None:
        return show_account(user, PersonForm(user=user, formdata=None), form, status=422)
    return done(_("Đã giao vai trò."), to=url_for("admin.account", user_id=user.id))


@blueprint.route("/accounts/<int:user_id>/roles/<int:grant_id>", methods=["DELETE", "POST"])
def revoke_role(user_id: int, grant_id: int) -> Response:
    """End a role; it no longer holds today."""
    grant = queries.get_grant(grant_id, to=person())
    if grant.user_id != user_id:
        raise NotFound
    operations.revoke_role(grant, by=person())
    return done(_("Đã thu hồi vai trò."), to=url_for("admin.account", user_id=user_id))
