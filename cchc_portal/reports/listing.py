"""A list of what a search has found, to be printed, filtered on and handed on."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from cchc_portal.reports.docx import Align, Column, Document, DocumentKind, LetterHead, Table
from cchc_portal.reports.register import text_cell

TITLE = "Danh mục kết quả tìm kiếm"
CSV = "text/csv; charset=utf-8"
COLUMNS = (
    Column("STT", 0.5, Align.CENTER),
    Column("Số, mã", 1.2),
    Column("Tên, trích yếu", 4.2),
    Column("Loại", 1.3),
    Column("Trạng thái", 1.3),
    Column("Bộ phận, cơ quan", 1.8),
    Column("Ngày", 1.1, Align.CENTER),
    Column("Bình chọn", 0.7, Align.CENTER),
)
_WIDTH_PER_WEIGHT = 11
_LOOK: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "border": 1, "valign": "top"}
_HEAD_ROW = 2

Row = tuple[str, ...]  # as many as COLUMNS but the first


@dataclass(frozen=True)
class Listing:
    """A list to take away.

    Args:
        asked: what was searched for, in words.
        rows: a text for every column but the number of the line.
        on: the day it is made.
    """

    asked: str
    rows: Sequence[Row]
    on: date

    @property
    def lines(self) -> list[Row]:
        """The rows with their numbers."""
        return [(str(number), *row) for number, row in enumerate(self.rows, start=1)]

    @property
    def subject(self) -> str:
        """What stands under the title."""
        said = f"{self.asked}; " if self.asked else ""
        return f"{said}{len(self.rows)} mục, đến ngày {self.on:%d/%m/%Y}"


def listing_document(listing: Listing, *, head: LetterHead) -> Document:
    """Return a list as a document in landscape, in the official layout."""
    return Document(
        kind=DocumentKind.TABLE,
        head=head,
        title=TITLE,
        subject=listing.subject,
        on=listing.on,
        has_day=True,
        blocks=(Table(COLUMNS, tuple(listing.lines)),),
    )


def listing_xlsx(listing: Listing) -> bytes:
    """Return a list as a spreadsheet; every cell is text, so that nothing is taken for a formula."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        # Without a fixed day the same list would give other bytes at every download.
        made = datetime(listing.on.year, listing.on.month, listing.on.day)  # noqa: DTZ001
        book.set_properties({"title": TITLE, "created": made})
        sheet = book.add_worksheet("Kết quả")
        _set_up(sheet, len(listing.rows))
        sheet.write_string(0, 0, TITLE.upper(), book.add_format({**_LOOK, "border": 0, "bold": True}))
        sheet.write_string(1, 0, text_cell(listing.subject), book.add_format({**_LOOK, "border": 0}))
        head = book.add_format(_LOOK | {"bold": True, "align": "center", "text_wrap": True})
        cell = book.add_format(_LOOK | {"text_wrap": True, "num_format": "@"})
        for place, column in enumerate(COLUMNS):
            sheet.write_string(_HEAD_ROW, place, column.head, head)
        for line, row in enumerate(listing.lines, start=_HEAD_ROW + 1):
            for place, words in enumerate(row):
                sheet.write_string(line, place, text_cell(words), cell)
    return target.getvalue()


def listing_csv(listing: Listing) -> bytes:
    """Return a list as CSV; the mark at its beginning tells Excel it is Unicode."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerow([column.head for column in COLUMNS])
    writer.writerows([text_cell(words) for words in row] for row in listing.lines)
    return target.getvalue().encode("utf-8-sig")


def _set_up(sheet: Any, count: int) -> None:
    """Let it be printed: A4 landscape, heads on every page, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + count, len(COLUMNS) - 1)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.weight * _WIDTH_PER_WEIGHT)
