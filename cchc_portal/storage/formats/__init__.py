"""What a file is, found by opening it, and the text in it; hostile files cannot hurt the portal."""

from pathlib import Path

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages, sandbox
from cchc_portal.storage.formats.kinds import Kind, Passage, claimed

__all__ = [
    "MAX_ARCHIVE_BYTES",
    "MAX_BYTES",
    "Kind",
    "Passage",
    "check_archive",
    "extract_text",
    "identify",
    "read_document",
    "read_table",
]

MAX_BYTES = 20 * 1024 * 1024
MAX_ARCHIVE_BYTES = 200 * 1024 * 1024
_DOCUMENTS = frozenset({Kind.DOCX, Kind.PDF, Kind.TXT, Kind.MD})
_TABLES = frozenset({Kind.XLSX, Kind.CSV})


def identify(path: Path, name: str) -> Kind:
    """Return what the file is, having opened it in a process of its own.

    Args:
        path: where the bytes are.
        name: the name the file was given by its owner; its ending must fit the content.

    Raises:
        Invalid: not accepted, damaged, protected, disguised or dangerous; says what to do.
    """
    kind = claimed(name)
    _require_size(path)
    sandbox.check(path, kind)
    return kind


def extract_text(path: Path, kind: Kind) -> list[Passage]:
    """Return the text of an identified file in reading order, in NFC, at most 2 million letters.

    Images and scanned documents have none: the list is empty.

    Raises:
        Invalid: cannot be read within the limits of time and memory.
    """
    return sandbox.read(path, kind) if kind.has_text else []


def read_document(path: Path, name: str) -> str:
    """Identify a document and return its text, line by line.

    Args:
        path: where the bytes are.
        name: the name the file was given by its owner.

    Raises:
        Invalid: no text document, or `identify` refuses it, or there is no text in it.
    """
    if claimed(name) not in _DOCUMENTS:
        raise Invalid({"": messages.NOT_A_DOCUMENT})
    kind = identify(path, name)
    text = "\n".join(passage.text for passage in extract_text(path, kind)).strip()
    if not text:
        raise Invalid({"": messages.SCANNED if kind is Kind.PDF else messages.NO_TEXT})
    return text


def read_table(path: Path, name: str) -> list[list[str]]:
    """Identify a spreadsheet and return the rows of its first visible sheet, cells as text.

    Row n of the sheet is element n - 1; empty cells are "". A formula arrives as it was
    written, beginning with "=": callers refuse it rather than guess what it showed.

    Args:
        path: where the bytes are.
        name: the name the file was given by its owner.

    Raises:
        Invalid: neither XLSX nor CSV, or `identify` refuses it, or it has too many rows.
    """
    if claimed(name) not in _TABLES:
        raise Invalid({"": messages.NOT_A_TABLE})
    kind = identify(path, name)
    return sandbox.table(path, kind)


def check_archive(path: Path) -> None:
    """Check that a file is a ZIP whose list can be read here without harm; what is in it may still be hostile.

    Raises:
        Invalid: no ZIP, damaged, or too much in it.
    """
    if path.stat().st_size > MAX_ARCHIVE_BYTES:
        raise Invalid({"": messages.ARCHIVE_TOO_LARGE})
    sandbox.check(path, Kind.ZIP)


def _require_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise Invalid({"": messages.EMPTY})
    if size > MAX_BYTES:
        raise Invalid({"": messages.TOO_LARGE})
