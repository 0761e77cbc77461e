"""The register to take away: exactly what is filtered, as a document and as a spreadsheet."""

from typing import Any

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.exporting import period_of, row_of, tasks_of
from cchc_portal.follow_up.forms import filters_of, grouping_of
from cchc_portal.follow_up.views.blueprint import blueprint
from cchc_portal.reports.producing import letterhead, produce
from cchc_portal.reports.register import register_document, register_xlsx
from cchc_portal.web.files import DOCX, XLSX, hand_out

NAME = "Sổ theo dõi giải quyết văn bản đến"


@blueprint.get("/follow-up/document")
def document() -> Response:
    """Hand out the register as a document to print and sign."""
    return hand_out(produce(register_document(**_register())), name=f"{NAME}.docx", mimetype=DOCX)


@blueprint.get("/follow-up/spreadsheet")
def spreadsheet() -> Response:
    """Hand out the register as a spreadsheet."""
    return hand_out(register_xlsx(**_register()), name=f"{NAME}.xlsx", mimetype=XLSX)


def _register() -> dict[str, Any]:
    filters, by = filters_of(request.args), grouping_of(request.args)
    tasks = tasks_of(filters, to=person(), by=by, among=queries.choices())
    since, until = period_of(filters, tasks)
    return {
        "rows": [row_of(task) for task in tasks],
        "head": letterhead().head,
        "since": since,
        "until": until,
    }
