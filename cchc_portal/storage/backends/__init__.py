"""Where bytes lie: one file per place, each with the same functions; `CCHC_STORAGE_URL` chooses."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from flask import Flask, current_app

from cchc_portal.config import BadSetting
from cchc_portal.storage.backends.local import Local


class Backend(Protocol):
    """What a place can do; all of it raises `Unavailable` when the place does not answer."""

    def put(self, source: Path, key: str) -> None:
        """Keep the bytes of a synced file for good before returning; the same key again is fine."""

    def has(self, key: str) -> bool:
        """Return whether there are bytes under the key."""

    def open(self, key: str) -> BinaryIO:
        """Return the bytes, ready to be read from the start."""

    def path(self, key: str) -> AbstractContextManager[Path]:
        """Lend the bytes as a file on this machine."""

    def keys(self, *, before: datetime) -> Iterator[str]:
        """Yield the keys of everything put before a moment."""

    def delete(self, key: str) -> None:
        """Let the bytes go; nothing happens if there are none."""


def init_app(app: Flask) -> None:
    """Choose the place in which this application keeps its files.

    Raises:
        BadSetting: the setting names none.
    """
    folder: Path = app.config["DATA_DIR"] / "files"
    incoming_folder = folder / "incoming"
    for place in (folder, incoming_folder):
        place.mkdir(mode=0o700, exist_ok=True)
    app.extensions["storage"] = _chosen(app.config["CCHC_STORAGE_URL"], folder, incoming_folder)
    app.extensions["storage_incoming"] = incoming_folder


def current() -> Backend:
    """Return the place in which this application keeps its files."""
    backend: Backend = current_app.extensions["storage"]
    return backend


def incoming() -> Path:
    """Return the folder in which uploads wait until they are known and complete."""
    folder: Path = current_app.extensions["storage_incoming"]
    return folder


def _chosen(url: str, folder: Path, incoming_folder: Path) -> Backend:
    if not url:
        return Local(folder)
    place = urlsplit(url)
    if place.scheme != "s3" or not place.netloc:
        raise BadSetting("CCHC_STORAGE_URL phải để trống hoặc có dạng s3://kho/thư-mục.")
    from cchc_portal.storage.backends.s3 import S3  # boto3 takes half a second and few need it

    return S3(place.netloc, place.path.strip("/"), incoming_folder)
