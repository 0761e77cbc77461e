"""The pages of search: results, suggestions under the box, what is close to a title."""

from flask import Blueprint, Response, request, url_for

from cchc_portal.accounts.session import person
from cchc_portal.search import queries
from cchc_portal.search.forms import criteria_of, groups, page_href, words_href
from cchc_portal.web.htmx import piece, show

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def results() -> Response:
    """Show what the person finds: the whole page, or the results alone while typing."""
    found = queries.results(criteria_of(request.args), to=person())
    return show(
        "search/results.html",
        "search/_results.html",
        found=found,
        groups=groups(found, request.args),
        page_href=page_href,
        words_href=words_href,
    )


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """Show the best few things for what is being typed into the box of the top bar."""
    q = request.args.get("q", "")
    return piece("search/_suggestions.html", q=q, cards=queries.suggestions(q, to=person()))


@blueprint.get("/search/similar")
def similar() -> Response:
    """Show what there is already with a title like the one that is being typed."""
    but = request.args.get("but", type=int)
    cards = queries.similar_to(request.args.get("title", ""), to=person(), but=but)
    return show("search/similar.html", "search/_similar.html", cards=cards)


@blueprint.app_template_global("similar_attrs")
def similar_attrs(but: int | None = None) -> dict[str, str]:
    """Return what a title's input needs to fill `#similar` while it is typed.

    Args:
        but: id of the initiative that is being written.
    """
    return {
        "hx-get": url_for("search.similar", but=but),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#similar",
        "hx-swap": "outerHTML",
        "hx-sync": "this:replace",
    }
