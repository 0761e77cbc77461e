"""The first page of the administration."""

from flask import Response

from cchc_portal import audit
from cchc_portal.accounts import queries
from cchc_portal.accounts.session import person
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.admin.views.events import lines_of
from cchc_portal.web.htmx import show

NEWEST = 8


@blueprint.get("")
def index() -> Response:
    """Show what there is to do, and what happened last."""
    return show(
        "admin/index.html",
        numbers=queries.overview(to=person()),
        lines=lines_of(audit.timeline(limit=NEWEST)),
    )
