"""Index folders: one per generation, the one in use named by a pointer file, all sealed with sums.

Whoosh neither syncs nor checks its files, and reads parts of them by unpickling. So a list of
the files with their sums is sealed after each commit and compared before they are opened, and
nobody else may enter the folder.
"""

import json
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from cchc_portal.search import analysis
from cchc_portal.search.engines import Damaged

# Raise it whenever fields of the schema change.
SCHEMA_VERSION = 2
VERSIONS = {"schema": SCHEMA_VERSION, "analysis": analysis.VERSION}

_POINTER = "CURRENT"
_SEAL = "SEAL"
_CHANGING = "CHANGING"
_LONGEST_CHANGE = 120.0
_CHUNK = 1 << 20

State = tuple[Path, int, int]


class Generations:
    """The generations under one folder.

    Args:
        root: the folder; made when first written to.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> None:
        """Make the folder, closed to everybody else."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)

    def current(self) -> Path:
        """Return the folder that is read now.

        Raises:
            Damaged: there is none.
        """
        try:
            name = (self.root / _POINTER).read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise Damaged("no index") from error
        folder = self.root / name
        if not name.startswith("g-") or folder.parent != self.root or not folder.is_dir():
            raise Damaged("the index is gone")
        return folder

    def state(self) -> State:
        """Return what changes with every commit and every switch, without reading the index.

        Raises:
            Damaged: there is none.
        """
        folder = self.current()
        try:
            found = (folder / _SEAL).stat()
        except OSError as error:
            raise Damaged("the index was never finished") from error
        return folder, found.st_mtime_ns, found.st_ino

    def create(self) -> Path:
        """Make the folder of a new generation, not yet read by anybody."""
        self.prepare()
        folder = self.root / f"g-{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700)
        return folder

    def publish(self, folder: Path) -> None:
        """Let everybody read this generation from now on, and remove the others."""
        _write(self.root / _POINTER, folder.name)
        self.sweep()

    def sweep(self) -> None:
        """Remove the generations that are not read any more."""
        kept = self.current()
        for folder in self.root.glob("g-*"):
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)


def seal(folder: Path) -> None:
    """Write down what a folder holds, after its files have reached the disk."""
    known = _sealed_files(folder)
    files = {path.name: _described(path, known.get(path.name)) for path in _index_files(folder)}
    _write(folder / _SEAL, json.dumps({"versions": VERSIONS, "files": files}))


def check(folder: Path) -> None:
    """Compare a folder with its seal; only files that were touched since are read.

    Raises:
        Damaged: a file is missing or changed, or the index is of another version.
    """
    content = _read_seal(folder)
    if content.get("versions") != VERSIONS:
        raise Damaged("the index is of another version")
    for name, described in _files(content).items():
        if not _is_same(folder / name, described):
            raise Damaged(f"{name} is not what was written")


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Announce that the files of a folder run ahead of their seal for a moment."""
    mark = folder / _CHANGING
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def is_changing(folder: Path) -> bool:
    """Say whether a writer has announced a change; marks that a killed one left behind do not count."""
    try:
        return time.time() - (folder / _CHANGING).stat().st_mtime < _LONGEST_CHANGE
    except OSError:
        return False


def _is_same(path: Path, described: list[int]) -> bool:
    try:
        found = path.stat()
        if [found.st_size, found.st_mtime_ns] == described[:2]:
            return True
        return found.st_size == described[0] and _sum(path) == described[2]
    except OSError:
        return False


def _described(path: Path, known: list[int] | None) -> list[int]:
    found = path.stat()
    if known is not None and [found.st_size, found.st_mtime_ns] == known[:2]:
        return known
    _sync(path)
    return [found.st_size, found.st_mtime_ns, _sum(path)]


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            total = zlib.crc32(chunk, total)
    return total


def _index_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if (
            path.is_file()
            and path.name not in {_SEAL, _CHANGING}
            and not path.name.endswith(("LOCK", ".draft"))
        ):
            yield path


def _sealed_files(folder: Path) -> Mapping[str, list[int]]:
    with suppress(Damaged):
        return _files(_read_seal(folder))
    return {}


def _read_seal(folder: Path) -> Mapping[str, object]:
    try:
        content = json.loads((folder / _SEAL).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise Damaged("the seal is unreadable") from error
    if not isinstance(content, dict):
        raise Damaged("the seal is unreadable")
    return content


def _files(content: Mapping[str, object]) -> Mapping[str, list[int]]:
    files = content.get("files")
    if not isinstance(files, dict) or not all(isinstance(value, list) for value in files.values()):
        raise Damaged("the seal is unreadable")
    return files


def _write(path: Path, text: str) -> None:
    """Replace a small file whole: written, synced, renamed, and the folder synced."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # folders cannot be synced there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
