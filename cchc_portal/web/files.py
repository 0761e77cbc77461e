"""Files at the edge: taking in what a form sends, handing out what people save."""

from flask import Response, request, send_file
from flask_babel import gettext as _

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import clean_name, content_disposition
from cchc_portal.storage.operations import Received, open_file, receive

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_in() -> tuple[list[tuple[Received, str]], list[str]]:
    """Receive the files of the running request; needs no database.

    Returns:
        those that can be kept, each with its name, and a sentence for each that cannot.
    """
    good, bad = [], []
    for sent in request.files.getlist("files"):
        if not sent.filename:
            continue
        name = clean_name(sent.filename)
        try:
            good.append((receive(sent.stream, name=sent.filename), name))
        except Invalid as refused:
            bad.append(f"{name}: {_(refused.message)}")
    return good, bad


def hand_out(
    content: StoredFile | bytes, *, name: str, mimetype: str = "application/octet-stream"
) -> Response:
    """Answer with a file to be saved under its Vietnamese name, never to be opened inside the portal."""
    if isinstance(content, bytes):
        answer = Response(content, content_type=mimetype)
    else:
        answer = send_file(open_file(content), mimetype=mimetype)
    answer.headers["Content-Disposition"] = content_disposition(name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer
