"""XLSX."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl

from cchc_portal.storage.formats import ooxml
from cchc_portal.storage.formats.kinds import Passage

ROWS = 200  # one passage; a sheet of 100,000 rows is not kept in memory as one text


def check(path: Path, kind: str) -> None:
    """Open the archive and the list of sheets.

    Raises:
        Invalid: see `ooxml.check`.
    """
    ooxml.check(path, kind)
    with path.open("rb") as file:
        _open(file)


def read(path: Path) -> Iterator[Passage]:
    """Yield what the visible sheets show, rows as lines, cells parted by tabs."""
    with path.open("rb") as file:
        for sheet in _open(file).worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # files lie about their size
                yield from _sheet(sheet)


def table(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first visible sheet; formulas as they were written."""
    with path.open("rb") as file:
        visible = [sheet for sheet in _open(file, values=False).worksheets if sheet.sheet_state == "visible"]
        for sheet in visible[:1]:
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield ["" if value is None else _shown(value) for value in row]


def _open(file: BinaryIO, *, values: bool = True) -> openpyxl.Workbook:
    # A file, not a path: openpyxl looks at a path's ending, and stored files have none.
    return openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)


def _sheet(sheet: Any) -> Iterator[Passage]:
    where = f"sheet {sheet.title}"
    lines: list[str] = []
    for row in sheet.iter_rows(values_only=True):
        if line := "\t".join(_shown(value) for value in row if value is not None).strip():
            lines.append(line)
        if len(lines) == ROWS:
            yield Passage("\n".join(lines), where)
            lines = []
    yield Passage("\n".join(lines), where)


def _shown(value: object) -> str:
    """Return a cell's value as the office writes it: dates by day, decimals with a comma."""
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M").removesuffix(" 00:00")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return str(value)
