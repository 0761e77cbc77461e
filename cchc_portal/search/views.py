"""The pages of search: results, suggestions under the box, what is close to a title."""

from flask import Blueprint, Response, request, url_for

from cchc_portal.accounts.session import person
from cchc_portal.core.labels import Labelled
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.search import queries
from cchc_portal.search.addresses import Addresses
from cchc_portal.search.forms import SORTS, Grouping, Look, Wish, wish_of
from cchc_portal.search.queries import PAGE_SIZE, Card, Criteria, Line, Results, Sections, line_of
from cchc_portal.search.statistics.counting import note_search
from cchc_portal.web.htmx import htmx, piece, show

NEAREST = 3

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def results() -> Response:
    """Show what the person finds: the whole page, or the results alone while typing."""
    wish = wish_of(request.args)
    limit, whole = 1 if wish.grouping else PAGE_SIZE, request.args.get("all", "")
    found = queries.results(wish.criteria, to=person(), limit=limit, whole=whole)
    _count(found)
    return show(
        "search/results.html",
        "search/_results.html",
        found=found,
        wish=wish,
        sections=_sections(found, wish),
        nearest=_nearest(found),
        addresses=Addresses(found, request.args),
        choices={"sort": SORTS, "view": _labels(Look), "group": _labels(Grouping)},
    )


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """Show the best few things for what is being typed into the box of the top bar."""
    q = request.args.get("q", "")
    return piece("search/_suggestions.html", q=q, found=queries.suggestions(q, to=person()))


@blueprint.get("/search/similar")
def similar() -> Response:
    """Show what there is already that says much like the title or the problem that is being typed."""
    name = "problem" if "problem" in request.args else "title"
    text, but = request.args.get(name, ""), request.args.get("but", type=int)
    close = queries.similar_to(text, to=person(), but=but)
    return show("search/similar.html", "search/_similar.html", close=close, name=name)


@blueprint.get("/initiatives/<int:initiative_id>/similar")
def similar_to(initiative_id: int) -> Response:
    """Show what is close to an initiative: a section of its page."""
    initiative = initiatives.get(initiative_id, to=person())
    close = queries.similar_to_initiative(initiative, to=person())
    return show("search/similar_to.html", "search/_similar_to.html", initiative=initiative, close=close)


@blueprint.app_template_filter("line")
def line(card: Card) -> Line:
    """Return what a table says of a found thing."""
    return line_of(card)


@blueprint.app_template_global("similar_attrs")
def similar_attrs(name: str = "title", but: int | None = None) -> dict[str, str]:
    """Return what an input needs to fill the place below it with what is close while one types.

    Args:
        name: "title" or "problem"; the place is `#similar-title` or `#similar-problem`.
        but: id of the initiative that is being written.
    """
    return {
        "hx-get": url_for("search.similar", but=but),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": f"#similar-{name}",
        "hx-swap": "outerHTML",
        "hx-sync": "this:replace",
    }


def _count(found: Results) -> None:
    """Count a search, but no further page of it and nothing that is only being typed."""
    criteria = found.criteria
    if criteria.q.strip() and criteria.page == 1 and not criteria.after and not htmx.wants_fragment:
        note_search(criteria.q, user_id=person().id, is_empty=found.total == 0)


def _sections(found: Results, wish: Wish) -> Sections | None:
    """Return the results in sections; one by one while the index is missing: each would be asked slowly."""
    if not wish.grouping or found.is_fallback:
        return None
    return queries.sections(found, wish.grouping.value, to=person())


def _nearest(found: Results) -> Results | None:
    """Return what is found without the filters where nothing is found with them."""
    if found.cards or not found.meaning.terms.runs or not (found.criteria.filters or found.operators):
        return None
    words = " ".join(word.surface for word in found.meaning.terms.words)
    return queries.results(Criteria(q=f"{words} "), to=person(), limit=NEAREST)


def _labels(kind: type[Labelled]) -> dict[str, str]:
    return {member.value: member.label for member in kind}
