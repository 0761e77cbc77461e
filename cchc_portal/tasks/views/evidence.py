"""Files that come with a form: received first, kept with it while something else is refused."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from cchc_portal.accounts.session import person
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import Kind
from cchc_portal.storage.operations import Received
from cchc_portal.tasks.forms import WithFiles
from cchc_portal.web.files import take_in

KEPT_SECONDS = 12 * 60 * 60  # less than what nobody points to is left alone (`storage.sweeping`)
MOST_KEPT = 20

File = tuple[Received, str]
_T = TypeVar("_T")


def perform(form: WithFiles, operation: Callable[[list[File]], _T]) -> _T | None:
    """Receive the files of a form, then run an operation with them; None if anything is refused.

    The files that could be received stay with the form as signed words: a browser does not send
    them again by itself. Those that could not are named, and nothing is saved without them.
    """
    let_others_write()
    files, refused = _received()
    form.kept = [(_sign(file), file[1]) for file in files]
    if not refused:
        return form.perform(operation, files)
    form.validate()
    form.show(Invalid({"files": " ".join(refused)}))
    return None


def _received() -> tuple[list[File], list[str]]:
    good, bad = take_in()
    return [*_kept_before(), *good], bad


def _kept_before() -> list[File]:
    """Return the files that came with an earlier try of the same person."""
    files = []
    for word in request.form.getlist("kept")[:MOST_KEPT]:
        try:
            user_id, sha256, size, kind, name = _signer().loads(word, max_age=KEPT_SECONDS)
        except (BadData, ValueError):
            continue
        if user_id == person().id:
            files.append((Received(sha256, size, Kind(kind)), name))
    return files


def _sign(file: File) -> str:
    # Signed, for whoever knew the hash of somebody's file could have it handed out otherwise.
    received, name = file
    word = _signer().dumps([person().id, received.sha256, received.size, received.kind.value, name])
    return word if isinstance(word, str) else word.decode()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="tasks.evidence")
