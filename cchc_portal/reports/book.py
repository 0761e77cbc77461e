"""The book of letters in and out, for spreadsheets and for systems that keep documents."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter

from cchc_portal.directives.entry import FIELDS
from cchc_portal.reports.register import text_cell

TITLE = "Sổ công văn"
CSV = "text/csv; charset=utf-8"
Row = Mapping[str, str | int | date | None]
_WIDEST, _WIDTHS = 40, {"Subject": 60, "OrganName": 34, "ToPlaces": 40, "TraceHeaderList": 34}
_LOOK: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12}


def book_xlsx(rows: Iterable[Row], *, on: date) -> bytes:
    """Return letters as a spreadsheet: what offices call each column, its name in Phụ lục VI, then the letters.

    Every cell is text, so that "01" stays "01" and nothing is taken for a formula.

    Args:
        rows: by the names of `directives.entry.FIELDS`.
        on: the day it is made.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        # Without a fixed moment the same letters would give other bytes at every download.
        book.set_properties({"title": TITLE, "created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001
        sheet = book.add_worksheet(TITLE)
        _set_up(sheet)
        head = book.add_format(_LOOK | {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        name = book.add_format(_LOOK | {"italic": True, "border": 1})
        cell = book.add_format(_LOOK | {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
        lines = _lines(rows)
        for number, (line, look) in enumerate(zip(lines, _looks(head, name, cell), strict=False)):
            for place, words in enumerate(line):
                sheet.write_string(number, place, words, look)
    return target.getvalue()


def book_csv(rows: Iterable[Row]) -> bytes:
    """Return letters as CSV with the same two head rows; the mark at its beginning tells Excel it is Unicode."""
    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows(_lines(rows))
    return target.getvalue().encode("utf-8-sig")


def _lines(rows: Iterable[Row]) -> Iterable[list[str]]:
    yield [field.label for field in FIELDS]
    yield [field.name for field in FIELDS]
    for row in rows:
        yield [_cell(row[field.name]) for field in FIELDS]


def _cell(value: str | int | date | None) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else text_cell(str(value))


def _looks(head: Any, name: Any, cell: Any) -> Iterable[Any]:
    yield head
    yield name
    while True:
        yield cell


def _set_up(sheet: Any) -> None:
    """Let it be printed: A4 landscape, heads on every page, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(2, 0)
    for place, field in enumerate(FIELDS):
        width = _WIDTHS.get(field.name, min(max(len(field.name), 12) + 2, _WIDEST))
        sheet.set_column(place, place, width)
