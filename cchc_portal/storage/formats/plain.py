"""TXT, MD and CSV: text in UTF-8, or in UTF-16 that says so."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages, signatures
from cchc_portal.storage.formats.kinds import Passage

_PROGRAM = re.compile(r"\s*(#!\s*/|MZ|\x7fELF|<\?|<!|</?[a-z]+[\s>])", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def check(path: Path, _kind: str) -> None:
    """Decode all of the text.

    Raises:
        Invalid: not Unicode, not text, or the text of a page or a program.
    """
    content = path.read_bytes()
    for signature in (signatures.ZIP, signatures.PDF, signatures.JPEG, signatures.PNG):
        if content.startswith(signature):
            raise Invalid({"": messages.WRONG_ENDING})
    signatures.refuse_archive(path)
    signatures.refuse_pdf(content)
    text = _decode(content)
    if _BINARY.search(text):
        raise Invalid({"": messages.WRONG_ENDING})
    if _PROGRAM.match(text):
        raise Invalid({"": messages.MARKUP})


def read(path: Path) -> Iterator[Passage]:
    """Yield the whole text as one passage."""
    yield Passage(_decode(path.read_bytes()), "")


def table(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV file, whatever the three usual separators it uses."""
    text = _decode(path.read_bytes())
    head = text[: text.find("\n")]
    separator = max(";,\t", key=head.count)  # Excel writes ";" where the comma is decimal
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _decode(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"": messages.NOT_UNICODE}) from None
