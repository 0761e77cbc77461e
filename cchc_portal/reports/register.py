"""D12, sổ theo dõi giải quyết văn bản đến: the seven columns of Nghị định 30/2020/NĐ-CP, Phụ lục IV."""

import io
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from cchc_portal.core.text import clean
from cchc_portal.reports.docx import Align, Column, Document, DocumentKind, LetterHead, Table
from cchc_portal.reports.docx.widths import text_width

TITLE = "Sổ theo dõi giải quyết văn bản đến"
COLUMNS = (
    Column("Số đến", 0.7, Align.CENTER),
    # It holds the words of the item too: any narrower and rows grow until a page has three of them.
    Column("Tên loại, số, ký hiệu, ngày tháng và cơ quan ban hành văn bản", 5.2),
    Column("Đơn vị hoặc người nhận", 2),
    Column("Thời hạn giải quyết", 1.4, Align.CENTER),
    Column("Tiến độ giải quyết", 1.6),
    Column("Số, ký hiệu văn bản trả lời", 1.3),
    Column("Ghi chú", 1),
)
LONGEST_CELL = 32_767  # letters; Excel repairs files with more
_FORMULA = re.compile(r"^[\s'\u00a0\u200b\ufeff]*[=+@\t\r\n-]")
_WIDTH_PER_WEIGHT = 10
_TWIPS_PER_WIDTH = 105  # Excel counts widths in digits of its usual font, seven pixels each
_POINTS, _LINE_HEIGHT, _TALLEST = 12, 16, 400
_HEAD_ROW = 3  # counted from 0, below issuer, title and period


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register; dates and deadlines come in words."""

    arrival_number: str
    document: str
    receiver: str
    deadline: str
    progress: str
    answer: str = ""
    note: str = ""


def register_document(rows: Sequence[RegisterRow], *, head: LetterHead, since: date, until: date) -> Document:
    """Return the register of a period as a document in landscape."""
    return Document(
        kind=DocumentKind.TABLE,
        head=head,
        title=TITLE,
        subject=_period(since, until),
        on=until,
        has_day=True,
        blocks=(Table(COLUMNS, tuple(map(astuple, rows))),),
    )


def register_xlsx(rows: Sequence[RegisterRow], *, head: LetterHead, since: date, until: date) -> bytes:
    """Return the register of a period as a spreadsheet to be filtered and printed; every cell is text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        # Without a fixed day the same register would give other bytes at every download.
        book.set_properties({"title": TITLE, "created": datetime(until.year, until.month, until.day)})  # noqa: DTZ001
        sheet = book.add_worksheet("Sổ theo dõi")
        _set_up(sheet, len(rows))
        _write_heads(book, sheet, head, _period(since, until))
        cell = book.add_format(_LOOK | {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
        for line, row in enumerate(rows, start=_HEAD_ROW + 2):
            cells = [text_cell(words) for words in astuple(row)]
            sheet.set_row(line, _height(cells))
            for place, words in enumerate(cells):
                sheet.write_string(line, place, words, cell)
    return target.getvalue()


def text_cell(words: str) -> str:
    """Return text that no spreadsheet takes for a formula, also after it went through CSV.

    >>> text_cell("=1+1"), text_cell(" - rà soát hồ sơ"), text_cell("Đã xong")
    ("'=1+1", '– rà soát hồ sơ', 'Đã xong')
    """
    kept = clean(words)[:LONGEST_CELL]
    if kept.startswith("-"):  # a list in the office's manner, not a sum
        kept = f"–{kept[1:]}"
    return f"'{kept}"[:LONGEST_CELL] if _FORMULA.match(kept) else kept


def _height(cells: Sequence[str]) -> float:
    """Return the height of a row in points; not every program stretches rows to their words by itself."""
    lines = [
        sum(
            _lines_of(line, column.weight * _WIDTH_PER_WEIGHT * _TWIPS_PER_WIDTH)
            for line in cell.splitlines()
        )
        for cell, column in zip(cells, COLUMNS, strict=True)
    ]
    return min(max(1, *lines) * _LINE_HEIGHT, _TALLEST)


def _lines_of(line: str, room: float) -> int:
    return 1 + int(text_width(line, points=_POINTS, bold=False) * 1.1 // room)  # words do not fill lines


_LOOK: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12}


def _period(since: date, until: date) -> str:
    return f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}"


def _set_up(sheet: Any, count: int) -> None:
    """Let it be printed as the book is: A4 landscape, heads on every page, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)  # inches: 30, 20, 20, 20 mm
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW, _HEAD_ROW + 1)
    sheet.freeze_panes(_HEAD_ROW + 2, 0)
    sheet.set_header("&C&P", {"margin": 0.4})
    sheet.autofilter(_HEAD_ROW + 1, 0, _HEAD_ROW + 1 + count, len(COLUMNS) - 1)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.weight * _WIDTH_PER_WEIGHT)


def _write_heads(book: Any, sheet: Any, head: LetterHead, period: str) -> None:
    last = len(COLUMNS) - 1
    bold = book.add_format(_LOOK | {"bold": True})
    centred = book.add_format(_LOOK | {"bold": True, "align": "center", "font_size": 14})
    italic = book.add_format(_LOOK | {"italic": True, "align": "center"})
    heads = book.add_format(
        _LOOK | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
    )
    numbers = book.add_format(_LOOK | {"italic": True, "align": "center", "border": 1})
    sheet.write_string(0, 0, text_cell(" ".join(head.issuer).upper()), bold)
    sheet.merge_range(1, 0, 1, last, TITLE.upper(), centred)
    sheet.merge_range(2, 0, 2, last, period, italic)
    sheet.set_row(_HEAD_ROW, 3 * _LINE_HEIGHT)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(_HEAD_ROW, place, column.head, heads)
        sheet.write_string(_HEAD_ROW + 1, place, f"({place + 1})", numbers)
