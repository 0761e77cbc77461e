"""What a search finds, to take away: exactly what is filtered, in the order of the page."""

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.reports.listing import CSV, Listing, listing_csv, listing_document, listing_xlsx
from cchc_portal.reports.producing import letterhead, produce
from cchc_portal.search.forms import criteria_of
from cchc_portal.searches.exporting import listing_of
from cchc_portal.searches.views.blueprint import blueprint
from cchc_portal.web.files import DOCX, XLSX, hand_out

NAME = "Kết quả tìm kiếm"


@blueprint.get("/search/document")
def document() -> Response:
    """Hand out the results as a list in the official layout."""
    made = listing_document(_listing(to_print=True), head=letterhead().head)
    return hand_out(produce(made), name=f"{NAME}.docx", mimetype=DOCX)


@blueprint.get("/search/spreadsheet")
def spreadsheet() -> Response:
    """Hand out the results as a spreadsheet."""
    return hand_out(listing_xlsx(_listing()), name=f"{NAME}.xlsx", mimetype=XLSX)


@blueprint.get("/search/table")
def table() -> Response:
    """Hand out the results as CSV."""
    return hand_out(listing_csv(_listing()), name=f"{NAME}.csv", mimetype=CSV)


def _listing(*, to_print: bool = False) -> Listing:
    return listing_of(criteria_of(request.args), to=person(), to_print=to_print)
