"""PDF."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages, signatures
from cchc_portal.storage.formats.kinds import Passage


def check(path: Path, _kind: str) -> None:
    """Open the document and its first page.

    Raises:
        Invalid: no PDF, damaged or without pages, or needs a password to be read.
    """
    signatures.require(path, signatures.PDF)
    signatures.refuse_archive(path)
    _open(path)[0].get_size()


def read(path: Path) -> Iterator[Passage]:
    """Yield the text of each page; a scanned page has none."""
    document = _open(path)
    for number in range(len(document)):
        page = document[number]
        # Where a word is broken at the line's end pdfium puts U+FFFE for the hyphen.
        text = page.get_textpage().get_text_range().replace("\ufffe", "-")
        page.close()
        yield Passage(text, f"trang {number + 1}")


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == FPDF_ERR_PASSWORD
        raise Invalid({"": messages.PDF_PASSWORD if locked else messages.DAMAGED}) from None
