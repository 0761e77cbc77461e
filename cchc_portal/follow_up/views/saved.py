"""Saved views: list, keep, rename, share, remove."""

from urllib.parse import parse_qsl, urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cchc_portal.accounts.session import person
from cchc_portal.follow_up import operations, queries, rules
from cchc_portal.follow_up.forms import ViewForm, filters_of, grouping_of
from cchc_portal.follow_up.models import SavedView
from cchc_portal.follow_up.queries import Grouping
from cchc_portal.follow_up.views.blueprint import blueprint, path_of
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, show


@blueprint.get("/follow-up/views")
def views() -> Response:
    """Show one's own views and those that colleagues share."""
    return _list(ViewForm(query=_query(request.args)))


@blueprint.post("/follow-up/views")
def save_view() -> Response:
    """Keep the filters of an address under a name."""
    form = ViewForm()
    query = _query(MultiDict(parse_qsl(form.query.data or "")))
    view = form.perform(
        lambda: operations.save_view(query, by=person(), name=form.name.data, is_shared=form.is_shared.data)
    )
    if view is None:
        return _list(form, status=422)
    return done(_("Đã lưu bộ lọc."), to=path_of(view))


@blueprint.get("/follow-up/views/<int:view_id>")
def view(view_id: int) -> Response:
    """Show the form with which a view is renamed, shared or removed."""
    found = queries.get_view(view_id, to=person())
    return _form(found, ViewForm(name=found.name, is_shared=found.is_shared))


@blueprint.post("/follow-up/views/<int:view_id>")
def change_view(view_id: int) -> Response:
    """Rename or share a view; remove it if the form means that."""
    if intended_method() == "DELETE":
        return remove_view(view_id)
    found, form = queries.get_view(view_id, to=person()), ViewForm()
    values = {"name": form.name.data or "", "is_shared": form.is_shared.data}
    if form.perform(lambda: operations.change_view(found, by=person(), **values)):
        return done(_("Đã lưu bộ lọc."), to=url_for("follow_up.views"))
    return _form(queries.get_view(view_id, to=person()), form, status=422)


@blueprint.delete("/follow-up/views/<int:view_id>")
def remove_view(view_id: int) -> Response:
    """Forget a view."""
    operations.remove_view(queries.get_view(view_id, to=person()), by=person())
    return done(_("Đã xóa bộ lọc."), to=url_for("follow_up.views"))


def _query(args: MultiDict[str, str]) -> str:
    """Return the filters and the order of an address, and nothing else that stands in it."""
    by = grouping_of(args)
    grouping = {} if by is Grouping.DEADLINE else {"by": by.value}
    return urlencode(filters_of(args).chosen | grouping)


def _list(form: ViewForm, *, status: int = 200) -> Response:
    found = queries.views(to=person())
    return show("follow_up/views.html", views=found, form=form, rules=rules, status=status)


def _form(saved: SavedView, form: ViewForm, *, status: int = 200) -> Response:
    return show("follow_up/view.html", view=saved, form=form, rules=rules, status=status)
