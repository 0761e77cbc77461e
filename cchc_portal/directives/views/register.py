"""The register: letters in and out, narrowed down by the address."""

from collections.abc import Sequence

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.directives import queries, rules
from cchc_portal.directives.contributions import work_of
from cchc_portal.directives.forms import FilterForm, address, filters
from cchc_portal.directives.models import Direction, Directive
from cchc_portal.directives.views.blueprint import blueprint
from cchc_portal.web.htmx import show
from cchc_portal.web.pagination import PAGE_SIZE, Page, cut, unmark


@blueprint.get("/directives")
def index() -> Response:
    """Show the register, newest entry first; drafts above it to the Office."""
    chosen, page = filters(), _page()
    return show(
        "directives/index.html",
        "directives/_register.html",
        page=page,
        chosen=chosen,
        form=FilterForm(kinds=queries.kinds(to=person())),
        address=address,
        directions=Direction,
        work=work_of([row.id for row in page.rows]),
        drafts=_drafts() if page.is_first and not chosen.is_narrow else (),
        may_import=rules.can_import(person()),
    )


def _page() -> Page[Directive]:
    mark = request.args.get("page", "")
    after = unmark(mark, kinds=(int, int, int)) if mark else None
    rows = queries.page_of(filters(), to=person(), after=after, size=PAGE_SIZE)
    return cut(rows, key=queries.place_of, size=PAGE_SIZE, is_first=not mark)


def _drafts() -> Sequence[Directive]:
    return queries.drafts(to=person()) if rules.can_import(person()) else ()
