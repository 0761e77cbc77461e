"""Rows of spreadsheets."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from cchc_portal.core.errors import Invalid
from cchc_portal.storage import backends
from cchc_portal.storage.formats import messages, read_table
from cchc_portal.storage.formats.child import TABLE_ROWS
from cchc_portal.storage.operations import borrow
from tests.factories.storage import saved, xlsx_bytes


def table(content: bytes, tmp_path: Path, name: str = "bang.xlsx") -> list[list[str]]:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return read_table(path, name)


def test_cells_are_text_as_the_office_writes_it(tmp_path: Path) -> None:
    rows = table(xlsx_bytes([("Tên", None, 12.5), (1, dt.date(2023, 3, 5), True)]), tmp_path)

    assert rows == [["Tên", "", "12,5"], ["1", "05/03/2023", "True"]]


def test_formulas_arrive_as_they_were_written(tmp_path: Path) -> None:
    assert table(xlsx_bytes([("=1+1", '=HYPERLINK("https://evil.example")')]), tmp_path) == [
        ["=1+1", '=HYPERLINK("https://evil.example")'],
    ]


def test_rows_keep_their_numbers_and_empty_ones_at_the_end_are_left_out(tmp_path: Path) -> None:
    assert table(xlsx_bytes([("a",), (None,), (), ("b",), (None,), (" ",)]), tmp_path) == [
        ["a"],
        [],
        [],
        ["b"],
    ]


def test_first_visible_sheet_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ẩn"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Hiện").append(["hiện"])
    book.create_sheet("Sau").append(["sau"])

    assert table(saved(book), tmp_path) == [["hiện"]]


def test_quoted_cells_of_a_csv_may_hold_separators_and_lines(tmp_path: Path) -> None:
    content = 'Tên;Ghi chú\n"An; Bình";"một\nhai"\n'.encode("utf-8-sig")

    assert table(content, tmp_path, "bang.csv") == [["Tên", "Ghi chú"], ["An; Bình", "một\nhai"]]


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        table(b"a\n" * (TABLE_ROWS + 1), tmp_path, "bang.csv")

    assert refused.value.errors == {"": messages.TABLE_TOO_LONG}


@pytest.mark.parametrize("name", ["bang.docx", "bang.pdf", "bang.png", "bang.txt"])
def test_other_kinds_of_files_are_no_tables(tmp_path: Path, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        table(b"a;b\n", tmp_path, name)

    assert refused.value.errors == {"": messages.NOT_A_TABLE}


def test_borrowed_upload_is_forgotten(app: Flask) -> None:
    with borrow(io.BytesIO(b"a;b\n")) as path:
        assert path.read_bytes() == b"a;b\n"

    assert not path.exists()
    assert list(Path(backends.incoming()).iterdir()) == []
