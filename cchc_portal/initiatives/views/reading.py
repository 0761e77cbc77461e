"""Reading: the list, one initiative, its versions, the initiatives of a letter's item."""

from flask import Response, request, url_for

from cchc_portal.accounts.session import person
from cchc_portal.directives import queries as letters
from cchc_portal.initiatives import queries, rules
from cchc_portal.initiatives.content import LABELS, differences
from cchc_portal.initiatives.forms import ReasonForm
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.initiatives.queries.listing import sorting_values
from cchc_portal.initiatives.stages import stages
from cchc_portal.initiatives.views.blueprint import blueprint, load
from cchc_portal.initiatives.views.filters import address, filters_of, groups, sort_of
from cchc_portal.initiatives.views.words import worded
from cchc_portal.web.htmx import go
from cchc_portal.web.htmx import show as answer
from cchc_portal.web.pagination import PAGE_SIZE, Page, cut, unmark


@blueprint.get("/initiatives")
def index() -> Response:
    """Show the store of initiatives, narrowed down by the address; words are for the search page."""
    if words := request.args.get("q"):
        return go(address("search.results", changes={"q": words, "type": "initiative"}))
    filters, sort = filters_of(request.args), sort_of(request.args)
    return answer(
        "initiatives/index.html",
        "initiatives/_list.html",
        page=_page(filters, sort),
        filters=filters,
        sort=sort,
        address=address,
        may_import=rules.can_import(person()),
    )


@blueprint.get("/initiatives/facets")
def facets() -> Response:
    """Show the filters with their counts."""
    filters = filters_of(request.args)
    counts = queries.facets(filters, to=person())
    return answer("initiatives/facets.html", "initiatives/_facets.html", groups=groups(counts, request.args))


@blueprint.get("/initiatives/<int:initiative_id>")
def show(initiative_id: int) -> Response:
    """Show one initiative as it was last submitted; a draft opens in its editor."""
    initiative = load(initiative_id)
    if initiative.state is State.DRAFT:
        return go(url_for("initiatives.draft", initiative_id=initiative.id))
    version = queries.newest_version(initiative)
    return answer(
        "initiatives/show.html",
        initiative=initiative,
        version=version,
        text=version.content if version else {},
        stages=stages(initiative),
        rules=rules,
        form=ReasonForm(),
    )


@blueprint.get("/initiatives/<int:initiative_id>/versions")
def versions(initiative_id: int) -> Response:
    """Show the submitted texts and what changed between the two newest, or two chosen ones."""
    initiative = load(initiative_id)
    found = queries.versions(initiative)
    newer = next(
        (one for one in found if str(one.number) == request.args.get("newer")), found[0] if found else None
    )
    older = next((one for one in found if newer and one.number == newer.number - 1), None)
    return answer(
        "initiatives/versions.html",
        "initiatives/_versions.html",
        initiative=initiative,
        versions=found,
        newer=newer,
        older=older,
        changes=_changes(older.content, newer.content) if older and newer else [],
    )


@blueprint.get("/directives/<int:directive_id>/items/<code>/initiatives")
def of_item(directive_id: int, code: str) -> Response:
    """Show the initiatives that answer an item of a letter; a section of the letter's page."""
    item = letters.get_item(directive_id, code, to=person())
    found = queries.answering(item, to=person())
    return answer(
        "initiatives/of_item.html",
        "initiatives/_of_item.html",
        item=item,
        initiatives=found,
        can_start=rules.can_start(person()),
    )


def _page(filters: queries.Filters, sort: str) -> Page[Initiative]:
    mark = request.args.get("page", "")
    after = unmark(mark, kinds=(int, int)) if mark else None
    rows = queries.page_of(filters, to=person(), sort=sort, after=after, size=PAGE_SIZE)
    return cut(rows, key=lambda row: sorting_values(row, sort=sort), size=PAGE_SIZE, is_first=not mark)


def _changes(older: dict[str, object], newer: dict[str, object]) -> list[tuple[str, list[object]]]:
    parts = [
        (LABELS[name], worded(name, older.get(name)), worded(name, newer.get(name)))
        for name in LABELS
        if name in newer
    ]
    return [(label, list(differences(before, after))) for label, before, after in parts if before != after]
