"""The blueprint, and loading a letter through the person who asks."""

from flask import Blueprint, Response, send_file

from cchc_portal.accounts.session import person
from cchc_portal.directives import queries
from cchc_portal.directives.models import Directive
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import content_disposition
from cchc_portal.storage.operations import open_file

blueprint = Blueprint("directives", __name__)


def load(directive_id: int) -> Directive:
    """Return a letter the person may see."""
    return queries.get(directive_id, to=person())


def handed_out(file: StoredFile, name: str) -> Response:
    """Answer with a file, never to be opened inside the portal."""
    answer = send_file(open_file(file), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition(name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer
