"""Keeping files: bytes first and for good, then the row; bytes may outlive a rollback, never the reverse."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, Unavailable
from cchc_portal.storage import backends, faults, formats
from cchc_portal.storage.formats import (
    MAX_ARCHIVE_BYTES,
    MAX_BYTES,
    Kind,
    Passage,
    extract_text,
    identify,
    messages,
)
from cchc_portal.storage.models import StoredFile

CHUNK = 256 * 1024


class Stream(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


@dataclass(frozen=True)
class Received:
    """Bytes that are kept already but have no row yet."""

    sha256: str
    size: int
    kind: Kind


def store(stream: Stream, *, name: str) -> StoredFile:
    """Receive a file and add its row to the running transaction.

    A request that holds SQLite's write lock makes everybody wait meanwhile: call `receive` before
    the transaction and `keep` inside it where that matters.

    Raises:
        Invalid: too large, or nothing the portal takes; see `formats.identify`.
        Unavailable: the bytes cannot be kept now.
    """
    return keep(receive(stream, name=name))


def receive(stream: Stream, *, name: str) -> Received:
    """Read, identify and keep the bytes; needs no database.

    Args:
        stream: read once, in pieces, never more than the limit.
        name: the name its owner gave it; the ending must fit the content.

    Raises:
        Invalid: too large, or nothing the portal takes; see `formats.identify`.
        Unavailable: the bytes cannot be kept now.
    """
    with _draft() as draft:
        sha256, size = _write(draft, stream)
        kind = identify(draft, name)
        backends.current().put(draft, sha256)
    return Received(sha256, size, kind)


def receive_archive(stream: Stream) -> Received:
    """Read, check and keep a ZIP of files that are brought in together; needs no database.

    Raises:
        Invalid: too large, or no ZIP that can be read without harm; see `formats.check_archive`.
        Unavailable: the bytes cannot be kept now.
    """
    with _draft() as draft:
        sha256, size = _write(draft, stream, most=MAX_ARCHIVE_BYTES, why=messages.ARCHIVE_TOO_LARGE)
        formats.check_archive(draft)
        backends.current().put(draft, sha256)
    return Received(sha256, size, Kind.ZIP)


def keep(received: Received) -> StoredFile:
    """Return the row of received bytes, added to the running transaction if there is none yet.

    Raises:
        Unavailable: the bytes were swept away in the meantime; the upload must be repeated.
    """
    stored = _find(received.sha256) or _add(received)
    if not backends.current().has(received.sha256):
        raise Unavailable(faults.UNREADABLE)
    return stored


@contextmanager
def borrow(stream: Stream) -> Iterator[Path]:
    """Lend uploaded bytes as a path and forget them afterwards; they are not kept or identified.

    Raises:
        Invalid: too large.
        Unavailable: there is no room for them now.
    """
    with _draft() as draft:
        _write(draft, stream)
        yield draft


def open_file(stored: StoredFile) -> BinaryIO:
    """Return the bytes of a file; the caller closes it.

    Raises:
        Unavailable: they cannot be read now.
    """
    return backends.current().open(stored.sha256)


def lend(stored: StoredFile | Received) -> AbstractContextManager[Path]:
    """Lend a file as a path on this machine, for reading only.

    Raises:
        Unavailable: it cannot be read now.
    """
    return backends.current().path(stored.sha256)


def text_of(stored: StoredFile | Received) -> list[Passage]:
    """Return the text of a file; see `formats.extract_text`.

    Raises:
        Invalid: it cannot be read within the limits.
        Unavailable: its bytes cannot be read now.
    """
    with lend(stored) as path:
        return extract_text(path, Kind(stored.kind))


def words_of(received: Received, *, name: str) -> str:
    """Return the text of a document line by line; takes seconds and no database, so ask before the transaction.

    Args:
        received: a document, kept already.
        name: the name its owner gave it.

    Raises:
        Invalid: no text document, no text in it, or it cannot be read within the limits.
        Unavailable: its bytes cannot be read now.
    """
    with lend(received) as path:
        return formats.read_document(path, name)


@contextmanager
def _draft() -> Iterator[Path]:
    with faults.translated():
        handle, name = tempfile.mkstemp(dir=backends.incoming())
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _write(
    draft: Path, stream: Stream, *, most: int = MAX_BYTES, why: str = messages.TOO_LARGE
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with faults.translated(), draft.open("wb") as file:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > most:
                raise Invalid({"": why})
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _find(sha256: str) -> StoredFile | None:
    # The lock keeps `sweeping.forget_unused` from deleting a row that is about to be pointed to.
    query = select(StoredFile).where(StoredFile.sha256 == sha256).with_for_update(read=True, key_share=True)
    return db.session.scalar(query)


def _add(received: Received) -> StoredFile:
    stored = StoredFile(sha256=received.sha256, size=received.size, kind=received.kind)
    try:
        with db.session.begin_nested():
            db.session.add(stored)
    except IntegrityError:  # somebody sent the same file at the same time
        return db.session.scalars(select(StoredFile).where(StoredFile.sha256 == received.sha256)).one()
    return stored
