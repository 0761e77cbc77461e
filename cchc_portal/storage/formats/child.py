"""One file, one process, little memory and time. Run by `sandbox`; never imported."""

import importlib
import json
import sys
import types
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
MEMORY = 400 * 1024 * 1024
CPU_SECONDS = 8
OUTPUT = 8 * 1024 * 1024
LETTERS = 2_000_000
TABLE_ROWS, TABLE_COLUMNS, TABLE_LETTERS = 20_000, 60, 50_000_000
REFUSED = 3
MODULES = {
    "docx": "word",
    "xlsx": "excel",
    "pptx": "slides",
    "pdf": "pdf",
    "jpeg": "image",
    "png": "image",
    "txt": "plain",
    "md": "plain",
    "csv": "plain",
    "zip": "archive",
}


def main(task: str, path: Path, kind: str) -> None:
    """Check or read one file; passages go to the output as JSON lines.

    A refusal is the last line of the output, as a JSON string, and exit status `REFUSED`.
    """
    _limit()
    _stand_alone()
    from cchc_portal.core.errors import Invalid
    from cchc_portal.storage.formats import messages

    try:
        _work(task, path, kind)
    except Invalid as refusal:
        _refuse(refusal.message)
    except (MemoryError, RecursionError):
        _refuse(messages.TOO_COMPLEX)
    except Exception:  # noqa: BLE001  parsers fail in a hundred ways over damaged files
        _refuse(messages.DAMAGED)


def _work(task: str, path: Path, kind: str) -> None:
    module = importlib.import_module(f"cchc_portal.storage.formats.{MODULES[kind]}")
    if task == "check":
        module.check(path, kind)
    elif task == "table":
        _print_rows(module.table(path))
    else:
        _print(module.read(path))


def _print(passages: Iterable[tuple[str, str]]) -> None:
    from cchc_portal.core.text import clean

    left = LETTERS
    for text, where in passages:
        if kept := clean(text)[:left]:
            sys.stdout.write(json.dumps([kept, where]) + "\n")
        left -= len(kept)
        if not left:
            return


def _print_rows(rows: Iterable[Iterable[str]]) -> None:
    """Print rows up to the last that holds anything; sheets often end in thousands of empty ones."""
    from cchc_portal.core.errors import Invalid
    from cchc_portal.core.text import clean
    from cchc_portal.storage.formats import messages

    left, empty = TABLE_LETTERS, 0
    for number, row in enumerate(rows, start=1):
        cells = [clean(cell) for cell in islice(row, TABLE_COLUMNS)]
        if not any(cells):
            empty += 1
            continue
        left -= sum(map(len, cells))
        if number > TABLE_ROWS or left < 0:
            raise Invalid({"": messages.TABLE_TOO_LONG})
        sys.stdout.write("[]\n" * empty + json.dumps(cells) + "\n")
        empty = 0


def _refuse(message: str) -> None:
    sys.stdout.write("\n" + json.dumps(message) + "\n")
    sys.stdout.flush()
    sys.exit(REFUSED)


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        limits = {
            resource.RLIMIT_AS: MEMORY,
            resource.RLIMIT_CPU: CPU_SECONDS,
            resource.RLIMIT_FSIZE: OUTPUT,
            resource.RLIMIT_CORE: 0,
        }
        for kind, wanted in limits.items():
            _, hard = resource.getrlimit(kind)
            allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (allowed, allowed))


def _stand_alone() -> None:
    """Let modules of the package be imported without the `__init__` files, which start Flask."""
    for name in ("cchc_portal", "cchc_portal.storage", "cchc_portal.storage.formats"):
        package = types.ModuleType(name)
        package.__path__ = [str(PACKAGE.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
