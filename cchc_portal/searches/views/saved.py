"""Saved searches: list, keep, rename, share, remove, be told of what is new."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cchc_portal.accounts.session import person
from cchc_portal.search.forms import query_of
from cchc_portal.searches import operations, queries, rules
from cchc_portal.searches.forms import SearchForm
from cchc_portal.searches.models import SavedSearch, Sharing
from cchc_portal.searches.views.blueprint import blueprint
from cchc_portal.searches.watching import keys_of
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, show

BESIDE = 8  # on the page of results


@blueprint.get("/searches")
def index() -> Response:
    """Show one's own searches and those that are shared; the form to keep the one of the address."""
    return _list(SearchForm(person(), query=query_of(request.args)))


@blueprint.post("/searches")
def save() -> Response:
    """Keep the search of an address under a name."""
    form = SearchForm(person())
    query = query_of(MultiDict(parse_qsl(form.query.data or "")))
    search = form.perform(
        lambda: operations.save_search(
            query, by=person(), name=form.name.data, sharing=Sharing(form.sharing.data)
        )
    )
    if search is None:
        return _list(form, status=422)
    return done(_("Đã lưu tìm kiếm."), to=path_of(search))


@blueprint.get("/searches/<int:search_id>")
def search(search_id: int) -> Response:
    """Show the form with which a search is renamed, shared or removed."""
    found = queries.get_search(search_id, to=person())
    return _form(found, SearchForm(person(), name=found.name, sharing=found.sharing.value))


@blueprint.post("/searches/<int:search_id>")
def change(search_id: int) -> Response:
    """Rename or share a search; remove it if the form means that."""
    if intended_method() == "DELETE":
        return remove(search_id)
    found, form = queries.get_search(search_id, to=person()), SearchForm(person())
    if form.perform(
        lambda: operations.change_search(
            found, by=person(), name=form.name.data, sharing=Sharing(form.sharing.data)
        )
    ):
        return done(_("Đã lưu tìm kiếm."), to=url_for("searches.index"))
    return _form(queries.get_search(search_id, to=person()), form, status=422)


@blueprint.delete("/searches/<int:search_id>")
def remove(search_id: int) -> Response:
    """Forget a search."""
    operations.remove_search(queries.get_search(search_id, to=person()), by=person())
    return done(_("Đã xóa tìm kiếm đã lưu."), to=url_for("searches.index"))


@blueprint.post("/searches/<int:search_id>/alert")
def change_alert(search_id: int) -> Response:
    """Watch a search, or watch it no more if the form means that."""
    return unwatch(search_id) if intended_method() == "DELETE" else watch(search_id)


@blueprint.put("/searches/<int:search_id>/alert")
def watch(search_id: int) -> Response:
    """Tell the person from now on when something new matches."""
    found = queries.get_search(search_id, to=person())
    until, known = queries.filed_until(), keys_of(found, to=person())
    operations.start_alert(found, by=person(), known=known, until=until)
    return done(_("Từ nay khi có mục mới khớp, bạn sẽ được báo."), to=url_for("searches.index"))


@blueprint.delete("/searches/<int:search_id>/alert")
def unwatch(search_id: int) -> Response:
    """Tell the person of a search no more."""
    operations.stop_alert(queries.get_search(search_id, to=person()), by=person())
    return done(_("Đã tắt báo mục mới."), to=url_for("searches.index"))


@blueprint.app_template_global("saved_searches")
def saved_searches() -> Sequence[SavedSearch]:
    """Return the first few searches that the person keeps or sees."""
    return queries.searches(to=person(), limit=BESIDE)


@blueprint.app_template_global("path_of_search")
def path_of(saved: SavedSearch) -> str:
    """Return where a saved search leads."""
    return f"{url_for('search.results')}?{saved.address}"


def _list(form: SearchForm, *, status: int = 200) -> Response:
    found, alerts = queries.searches(to=person()), queries.alerts_of(person())
    return show("searches/index.html", searches=found, alerts=alerts, form=form, rules=rules, status=status)


def _form(saved: SavedSearch, form: SearchForm, *, status: int = 200) -> Response:
    return show("searches/search.html", saved=saved, form=form, rules=rules, status=status)
