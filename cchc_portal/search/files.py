"""The text inside files: read once for all things they lie with, kept passage by passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import structlog
from sqlalchemy import delete, or_, select

from cchc_portal.core.db import db
from cchc_portal.core.errors import DomainError, Unavailable
from cchc_portal.directives.models import DirectiveFile
from cchc_portal.initiatives.models import Attachment
from cchc_portal.search import index
from cchc_portal.search.analysis import column_text
from cchc_portal.search.models import FilePassage, FileText
from cchc_portal.storage import operations as storage
from cchc_portal.storage.formats import Passage
from cchc_portal.storage.models import StoredFile

LONGEST_FILE = 200_000  # characters of a file by which it is found; some eighty pages
LONGEST_PASSAGE = 4_000  # what a snippet is cut from; a page of print has fewer

log = structlog.get_logger()

UNREAD = (
    select(StoredFile)
    .where(
        or_(
            StoredFile.id.in_(select(Attachment.file_id).where(Attachment.deleted_at.is_(None))),
            StoredFile.id.in_(select(DirectiveFile.file_id).where(DirectiveFile.deleted_at.is_(None))),
        ),
        StoredFile.sha256.not_in(select(FileText.sha256)),
    )
    .order_by(StoredFile.id.desc())
)


def texts_of(sums: Iterable[str]) -> Mapping[str, str]:
    """Return what files say that were read: sum of the file -> text."""
    wanted = set(sums)
    query = select(FilePassage.sha256, FilePassage.text).where(FilePassage.sha256.in_(wanted))
    rows = db.session.execute(query.order_by(FilePassage.sha256, FilePassage.position)) if wanted else ()
    return {sha256: "\n".join(row[1] for row in found) for sha256, found in groupby(rows, lambda row: row[0])}


def passages_of(stored: StoredFile) -> list[Passage] | None:
    """Return a file's text, nothing if it has none that can be read, None if it cannot be reached now."""
    try:
        return list(_pages(storage.text_of(stored)))
    except Unavailable:
        return None
    except DomainError as refused:
        log.info("file_without_text", sha256=stored.sha256, reason=type(refused).__name__)
        return []


def keep(sha256: str, passages: Sequence[Passage]) -> None:
    """Add what a file says to the running transaction, in place of what is known of it."""
    db.session.merge(FileText(sha256=sha256))
    db.session.execute(delete(FilePassage).where(FilePassage.sha256 == sha256))
    dictionary = index.current().dictionary
    db.session.add_all(
        FilePassage(
            sha256=sha256,
            position=position,
            place=passage.where[:80],
            text=passage.text,
            folded=column_text((passage.text,), dictionary),
        )
        for position, passage in enumerate(passages)
    )
    db.session.flush()


def _pages(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield passages short enough to be shown from, up to the longest text of a file."""
    left = LONGEST_FILE
    for text, where in passages:
        for piece in _pieces(text):
            if left <= 0:
                return
            yield Passage(piece[:left], where)
            left -= len(piece)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that end with a line or at least a word, without the empty ones."""
    while text.strip():
        end = len(text) if len(text) <= LONGEST_PASSAGE else _end(text)
        yield text[:end].strip()
        text = text[end:]


def _end(text: str) -> int:
    for mark in ("\n", " "):
        if (at := text.rfind(mark, LONGEST_PASSAGE // 2, LONGEST_PASSAGE)) > 0:
            return at
    return LONGEST_PASSAGE
