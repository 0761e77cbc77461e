"""PDF."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import grids, messages, signatures
from cchc_portal.storage.formats.kinds import Passage
from cchc_portal.storage.formats.rulings import Bounds, Grid, find_grids


def check(path: Path, _kind: str) -> None:
    """Open the document and its first page.

    Raises:
        Invalid: no PDF, damaged or without pages, or needs a password to be read.
    """
    signatures.require(path, signatures.PDF)
    signatures.refuse_archive(path)
    _open(path)[0].get_size()


def read(path: Path) -> Iterator[Passage]:
    """Yield the text of each page, its tables row by row; a scanned page has none."""
    document = _open(path)
    for number in range(len(document)):
        page = document[number]
        yield Passage(_clean(_text(page)), f"trang {number + 1}")
        page.close()


def _text(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    tables = find_grids(page)
    if not tables:
        return str(words.get_text_range())
    left, bottom, right, top = page.get_mediabox()
    pieces = []
    for table in tables:
        box = table.bounds
        pieces += [_within(words, (left, box[3], right, top)), *_rows(words, table)]
        top = box[1]
    return "\n".join([*pieces, _within(words, (left, bottom, right, top))])


def _rows(words: pypdfium2.PdfTextPage, table: Grid) -> Iterator[str]:
    for row in table.rows():
        yield grids.line([_cell(words, table, box) for box in row])


def _cell(words: pypdfium2.PdfTextPage, table: Grid, box: Bounds | None) -> list[str]:
    if box is None:
        return []
    if table.is_joined_above(box):
        return grids.SAME
    return [" ".join(_clean(_within(words, box)).split())]


def _within(words: pypdfium2.PdfTextPage, box: Bounds) -> str:
    left, bottom, right, top = box
    if top - bottom < 1 or right - left < 1:
        return ""
    return str(words.get_text_bounded(left=left, bottom=bottom, right=right, top=top))


def _clean(text: str) -> str:
    # Where a word is broken at the line's end pdfium puts U+FFFE for the hyphen.
    return text.replace("\ufffe", "-")


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == FPDF_ERR_PASSWORD
        raise Invalid({"": messages.PDF_PASSWORD if locked else messages.DAMAGED}) from None
