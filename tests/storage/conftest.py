import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from cchc_portal.storage import backends


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Give the application an empty place of its own for files."""
    before = app.config["DATA_DIR"], app.config["CCHC_STORAGE_URL"]
    app.config["DATA_DIR"] = tmp_path
    backends.init_app(app)
    yield tmp_path / "files"
    app.config["DATA_DIR"], app.config["CCHC_STORAGE_URL"] = before
    backends.init_app(app)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_address(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let boto3 find the test server and a fresh bucket; return the storage address."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = f"cchc-{os.urandom(4).hex()}"
    boto3.client("s3").create_bucket(Bucket=bucket)
    return f"s3://{bucket}/tep/dinh-kem"


@pytest.fixture(params=["local", "s3"])
def place(request: pytest.FixtureRequest, app: Flask, folder: Path) -> backends.Backend:
    """Give each kind of place, empty, as the one the application uses."""
    if request.param == "s3":
        app.config["CCHC_STORAGE_URL"] = request.getfixturevalue("s3_address")
        backends.init_app(app)
    return backends.current()
