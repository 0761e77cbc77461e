"""Bytes in a folder of this machine, named by their hash and spread over 256 folders."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from cchc_portal.core.errors import Unavailable
from cchc_portal.storage import faults


class Local:
    """A folder.

    Args:
        folder: it must exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, source: Path, key: str) -> None:
        """Move a synced file in; once this returns, a power cut cannot take it.

        Raises:
            Unavailable: the disk is full, read-only or failing.
        """
        target = self._place(key)
        with faults.translated():
            if not target.parent.exists():
                target.parent.mkdir(mode=0o700, exist_ok=True)
                _sync(self._folder)
            source.replace(target)
            os.utime(target)  # young again: the same content may wait for its row a second time
            _sync(target.parent)

    def has(self, key: str) -> bool:
        """Return whether there are bytes under the key."""
        return self._place(key).is_file()

    def open(self, key: str) -> BinaryIO:
        """Return the bytes.

        Raises:
            Unavailable: they cannot be read.
        """
        with faults.translated():
            return self._place(key).open("rb")

    @contextmanager
    def path(self, key: str) -> Iterator[Path]:
        """Lend the file itself.

        Raises:
            Unavailable: it is not there.
        """
        if not self.has(key):
            raise Unavailable(faults.UNREADABLE)
        yield self._place(key)

    def keys(self, *, before: datetime) -> Iterator[str]:
        """Yield the keys of everything put before a moment."""
        for file in self._folder.glob("??/*"):
            if datetime.fromtimestamp(file.stat().st_mtime, UTC) < before:
                yield file.name

    def delete(self, key: str) -> None:
        """Let the bytes go.

        Raises:
            Unavailable: the disk is read-only or failing.
        """
        with faults.translated():
            self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _sync(folder: Path) -> None:
    """Make a rename survive a power cut; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
