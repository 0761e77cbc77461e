import hashlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.config import BadSetting
from cchc_portal.core.clock import now
from cchc_portal.core.errors import Unavailable
from cchc_portal.storage import backends, faults
from cchc_portal.storage.backends.local import Local

KEY = hashlib.sha256(b"noi dung").hexdigest()


@pytest.fixture
def source(folder: Path) -> Path:
    path = backends.incoming() / "draft"
    path.write_bytes(b"noi dung")
    return path


def content(place: backends.Backend) -> bytes:
    with place.open(KEY) as file:
        return file.read()


def test_put_then_read(place: backends.Backend, source: Path) -> None:
    place.put(source, KEY)

    assert place.has(KEY)
    assert content(place) == b"noi dung"
    assert not source.exists()
    with place.path(KEY) as path:
        assert path.read_bytes() == b"noi dung"


def test_put_same_content_again(place: backends.Backend, source: Path) -> None:
    place.put(source, KEY)
    source.write_bytes(b"noi dung")

    place.put(source, KEY)

    assert content(place) == b"noi dung"
    assert list(place.keys(before=now() + timedelta(hours=1))) == [KEY]


def test_keys_put_before_a_moment(place: backends.Backend, source: Path) -> None:
    place.put(source, KEY)

    assert list(place.keys(before=now() - timedelta(hours=1))) == []


def test_delete(place: backends.Backend, source: Path) -> None:
    place.put(source, KEY)

    place.delete(KEY)
    place.delete(KEY)

    assert not place.has(KEY)


def test_read_what_is_not_there(place: backends.Backend) -> None:
    with pytest.raises(Unavailable):
        place.open(KEY)
    with pytest.raises(Unavailable), place.path(KEY):
        pass


@pytest.mark.parametrize("url", ["ftp://host/x", "s3:///prefix", "bucket"])
def test_storage_address_that_makes_no_sense(app: Flask, folder: Path, url: str) -> None:
    app.config["CCHC_STORAGE_URL"] = url

    with pytest.raises(BadSetting):
        backends.init_app(app)


def test_local_files_are_private(folder: Path, source: Path) -> None:
    Local(folder).put(source, KEY)

    assert [oct(path.stat().st_mode & 0o077) for path in (folder, folder / KEY[:2])] == ["0o0", "0o0"]


def test_local_disk_that_is_full(tmp_path: Path) -> None:
    """The kernel refuses bytes beyond a limit, as a full disk does."""
    program = """
import io, resource, sys
from pathlib import Path
from cchc_portal import create_app
from cchc_portal.core.errors import Unavailable
from cchc_portal.storage import backends, operations
app = create_app({"DATA_DIR": Path(sys.argv[1]), "SECRET_KEY": "x" * 64, "TESTING": True})
with app.app_context():
    incoming = backends.incoming()
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        operations.receive(io.BytesIO(b"day " * 100_000), name="a.txt")
    except Unavailable as fault:
        print(fault.message)
    print(len(list(incoming.iterdir())))
    print(operations.receive(io.BytesIO(b"con cho"), name="a.txt").size)
"""
    answer = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True, timeout=60
    )

    assert answer.stdout.splitlines()[-3:] == [faults.FULL, "0", "7"]


def test_local_folder_that_is_no_folder(folder: Path, source: Path) -> None:
    (folder / KEY[:2]).write_text("một tệp nằm đúng chỗ của thư mục")

    with pytest.raises(Unavailable) as raised:
        Local(folder).put(source, KEY)

    assert raised.value.message == faults.UNWRITABLE
    assert source.exists()


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Give the address of a server that accepts and then sends a byte now and then."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not stop.wait(0.1):
                connection.sendall(b".")

    threading.Thread(target=drip, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    stop.set()
    listener.close()


def test_s3_that_drips(
    app: Flask, folder: Path, s3_address: str, silent_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", silent_server)
    app.config["CCHC_STORAGE_URL"] = s3_address
    backends.init_app(app)
    monkeypatch.setattr("cchc_portal.storage.backends.s3.SECONDS", 0.5)
    began = time.monotonic()

    with pytest.raises(Unavailable) as raised:
        backends.current().open(KEY)

    assert raised.value.message == faults.UNREACHABLE
    assert time.monotonic() - began < 2


def test_s3_that_is_down(app: Flask, folder: Path, s3_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    app.config["CCHC_STORAGE_URL"] = s3_address
    backends.init_app(app)

    with pytest.raises(Unavailable) as raised:
        backends.current().has(KEY)

    assert raised.value.message == faults.UNREACHABLE
