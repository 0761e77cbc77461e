"""The register to take away: exactly what is filtered, as a document and as a spreadsheet."""

from typing import Any

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.exporting import period_of, row_of, tasks_of
from cchc_portal.follow_up.forms import filters_of, grouping_of
from cchc_portal.follow_up.views.blueprint import blueprint
from cchc_portal.reports.producing import DOCX, XLSX, letterhead, produce
from cchc_portal.reports.register import register_document, register_xlsx
from cchc_portal.storage.names import content_disposition

NAME = "Sổ theo dõi giải quyết văn bản đến"


@blueprint.get("/follow-up/document")
def document() -> Response:
    """Hand out the register as a document to print and sign."""
    return _download(produce(register_document(**_register())), DOCX, f"{NAME}.docx")


@blueprint.get("/follow-up/spreadsheet")
def spreadsheet() -> Response:
    """Hand out the register as a spreadsheet."""
    return _download(register_xlsx(**_register()), XLSX, f"{NAME}.xlsx")


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


def _download(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = content_disposition(name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
