"""The page of figures, and what pages that are opened from results tell."""

import re
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from cchc_portal.accounts.rules import is_office
from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.search.documents import INITIATIVE, LETTER
from cchc_portal.search.statistics import queries
from cchc_portal.search.statistics.counting import month, note_opened
from cchc_portal.web.htmx import show

OPENED = {"initiatives.show": (INITIATIVE, "initiative_id"), "directives.directive": (LETTER, "directive_id")}
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

blueprint = Blueprint("search_statistics", __name__)


@blueprint.get("/search/statistics")
def index() -> Response:
    """Show what was searched for and opened in a month."""
    require(is_office(person()))
    asked = request.args.get("month", "")
    chosen = asked if _MONTH.fullmatch(asked) else month()
    figures = queries.figures(chosen, to=person())
    return show("search_statistics/index.html", figures=figures, chosen=chosen)


@blueprint.app_template_global("may_see_statistics")
def may_see_statistics() -> bool:
    """Say whether the person is led to the figures."""
    return is_office(person())


@blueprint.after_app_request
def _note(answer: Response) -> Response:
    """Count a page that was opened from the results; the browser says where it comes from."""
    what = OPENED.get(request.endpoint or "")
    if what and request.method == "GET" and answer.status_code == 200:  # noqa: PLR2004
        came_from = urlsplit(request.referrer or "")
        if came_from.path == "/search" and came_from.netloc == request.host:
            note_opened(f"{what[0]}:{(request.view_args or {})[what[1]]}")
    return answer
