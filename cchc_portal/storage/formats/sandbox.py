"""Opening files in a child process: a file that crashes, fills or stalls a parser harms nobody else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import structlog

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages
from cchc_portal.storage.formats.kinds import Kind, Passage

SECONDS = 9  # the whole request promises ten
REFUSED = 3  # exit status of a child that explains itself on its output

_CHILD = Path(__file__).with_name("child.py")
# A parser of foreign files gets no secrets: nothing of the environment but what starts Python.
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}

log = structlog.get_logger()


def check(path: Path, kind: Kind) -> None:
    """Open the file as what it claims to be.

    Raises:
        Invalid: it is something else, or something the portal does not take.
    """
    _run("check", path, kind)


def read(path: Path, kind: Kind) -> list[Passage]:
    """Return the passages of a file that was checked before.

    Raises:
        Invalid: it cannot be read within the limits.
    """
    return [Passage(*json.loads(line)) for line in _run("read", path, kind).splitlines()]


def table(path: Path, kind: Kind) -> list[list[str]]:
    """Return the rows of a spreadsheet that was checked before.

    Raises:
        Invalid: it cannot be read within the limits.
    """
    return [json.loads(line) for line in _run("table", path, kind).splitlines()]


def _run(task: str, path: Path, kind: Kind) -> bytes:
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), task, str(path.resolve()), kind]
    try:
        child = subprocess.run(  # noqa: S603  no shell, no word of the command comes from the file
            command,
            capture_output=True,
            check=False,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Invalid({"": messages.TOO_COMPLEX}) from None
    if child.returncode == REFUSED:
        raise Invalid({"": json.loads(child.stdout.splitlines()[-1])})
    if child.returncode != 0:
        log.warning("file_reader_died", kind=kind, status=child.returncode, fault=_fault(child.stderr))
        raise Invalid({"": messages.TOO_COMPLEX})
    return child.stdout


def _fault(errors: bytes) -> str:
    """Return the name of the exception the child died of, without its words: they may be the file's."""
    return errors.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0][:80]
