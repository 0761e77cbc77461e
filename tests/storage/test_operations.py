import hashlib
import io
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, Unavailable
from cchc_portal.storage import backends
from cchc_portal.storage.formats import MAX_BYTES, Kind, Passage, messages
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.operations import (
    Received,
    keep,
    lend,
    open_file,
    receive,
    store,
    text_of,
)
from tests.factories import storage as files

NOTE = "Một cửa liên thông".encode()
LATER = timedelta(hours=1)


def stored_note(content: bytes = NOTE) -> StoredFile:
    with unit_of_work():
        return store(io.BytesIO(content), name="ghi chú.txt")


def read(stored: StoredFile) -> bytes:
    with open_file(stored) as file:
        return file.read()


def row_count() -> int:
    return db.session.scalar(select(func.count(StoredFile.id))) or 0


def kept_bytes() -> set[str]:
    return set(backends.current().keys(before=now() + LATER))


def test_store_keeps_bytes_and_row(place: backends.Backend) -> None:
    content = files.docx_bytes("Kính gửi")

    with unit_of_work():
        stored = store(io.BytesIO(content), name="Công văn.docx")

    assert (stored.sha256, stored.size, stored.kind) == (
        hashlib.sha256(content).hexdigest(),
        len(content),
        "docx",
    )
    assert read(stored) == content
    assert text_of(stored) == [Passage("Kính gửi", "")]
    assert list(backends.incoming().iterdir()) == []


def test_lend_as_a_path(place: backends.Backend) -> None:
    stored = stored_note()

    with lend(stored) as path:
        assert path.read_bytes() == NOTE


def test_store_same_content_twice(folder: Path) -> None:
    first, second = stored_note(), stored_note()

    assert first.id == second.id
    assert row_count() == 1


def test_store_same_content_at_the_same_time(app: Flask, folder: Path) -> None:
    start = threading.Barrier(6)
    ids: list[int] = []

    def send() -> None:
        with app.app_context():
            received = receive(io.BytesIO(NOTE), name="a.txt")
            start.wait()
            with unit_of_work():
                stored = keep(received)
                db.session.flush()
                ids.append(stored.id)
            db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) == 6
    assert len(set(ids)) == row_count() == 1


def test_store_rolled_back(folder: Path) -> None:
    store(io.BytesIO(NOTE), name="a.txt")

    db.session.rollback()

    assert row_count() == 0
    assert kept_bytes() == {hashlib.sha256(NOTE).hexdigest()}


def test_receive_reads_no_more_than_the_limit(folder: Path) -> None:
    class Endless:
        given = 0

        def read(self, size: int, /) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(Invalid) as raised:
        receive(stream, name="a.txt")

    assert raised.value.message == messages.TOO_LARGE
    assert stream.given <= MAX_BYTES + 1024 * 1024
    assert kept_bytes() == set()
    assert list(backends.incoming().iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", messages.NOT_ACCEPTED),
        ("a.txt", b"", messages.EMPTY),
        ("a.pdf", NOTE, messages.WRONG_ENDING),
    ],
)
def test_receive_refused_file(folder: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(Invalid) as raised:
        receive(io.BytesIO(content), name=name)

    assert raised.value.message == message
    assert kept_bytes() == set()
    assert list(backends.incoming().iterdir()) == []


def test_receive_stream_that_breaks_off(folder: Path) -> None:
    class Broken:
        def read(self, _size: int, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(Unavailable):
        receive(Broken(), name="a.txt")

    assert list(backends.incoming().iterdir()) == []


def test_keep_after_the_bytes_were_swept(folder: Path) -> None:
    received = Received(hashlib.sha256(NOTE).hexdigest(), len(NOTE), Kind.TXT)

    with pytest.raises(Unavailable), unit_of_work():
        keep(received)

    assert row_count() == 0


def test_open_file_whose_bytes_are_gone(folder: Path) -> None:
    stored = stored_note()
    backends.current().delete(stored.sha256)

    with pytest.raises(Unavailable):
        open_file(stored)
