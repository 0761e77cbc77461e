"""Sheets of accounts: reading XLSX and CSV, and the empty one to fill in."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import clean_line, fold_name
from cchc_portal.storage.formats import read_table
from cchc_portal.storage.heads import cell_name, find_heads

MOST_ROWS = 500
NO_HEADS = N_("Không thấy dòng tiêu đề có cột “Tên đăng nhập” và “Họ và tên”. Hãy dùng tệp mẫu.")

HEADS = {
    "username": N_("Tên đăng nhập"),
    "full_name": N_("Họ và tên"),
    "job_title": N_("Chức danh"),
    "email": N_("Thư điện tử"),
    "unit": N_("Bộ phận"),
    "roles": N_("Vai trò"),
}
REQUIRED = ("username", "full_name")
_ALSO = {
    "username": ("tai khoan", "ten tai khoan", "username", "user name"),
    "full_name": ("ho ten", "ho va ten can bo", "ho ten can bo", "full name"),
    "job_title": ("chuc vu", "chuc danh chuc vu", "vi tri viec lam", "job title"),
    "email": ("email", "e mail", "dia chi thu dien tu", "hop thu"),
    "unit": ("don vi", "ma bo phan", "ten bo phan", "phong ban", "unit"),
    "roles": ("quyen", "nhom quyen", "roles", "role"),
}
_COLUMN = {fold_name(head): column for column, head in HEADS.items()} | {
    name: column for column, names in _ALSO.items() for name in names
}


@dataclass(frozen=True)
class Row:
    """One person of a sheet.

    Args:
        number: its line in the sheet, counted from 1.
        values: column -> text; only columns that the sheet has.
        cells: column -> address such as "C5".
    """

    number: int
    values: Mapping[str, str]
    cells: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """Return it as it is kept in the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Row":
        """Return what `as_json` gave."""
        return cls(**kept)


def read(path: Path, name: str) -> list[Row]:
    """Return the people of a sheet.

    Args:
        path: where the bytes are.
        name: the name the file was given by its owner.

    Raises:
        Invalid: no sheet, a hostile one, without the heads, empty or too long.
    """
    table = read_table(path, name)
    heads = find_heads(table, _COLUMN, required=REQUIRED)
    if heads is None:
        raise Invalid({"": NO_HEADS})
    line, columns = heads
    rows = [
        _row(number, cells, columns)
        for number, cells in enumerate(table[line:], start=line + 1)
        if any(cells[index : index + 1] != [""] for index in columns.values() if index < len(cells))
    ]
    if not rows:
        raise Invalid({"": N_("Bảng chưa có dòng nào dưới dòng tiêu đề.")})
    if len(rows) > MOST_ROWS:
        raise Invalid({"": N_("Bảng có hơn 500 người. Hãy chia thành nhiều tệp nhỏ hơn.")})
    return rows


def template(units: Sequence[str], roles: Sequence[str]) -> bytes:
    """Return an XLSX to fill in, with lists to choose units and roles from."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tài khoản")
        _write(book, sheet, list(HEADS.values()), ())
        choices = book.add_worksheet("Danh mục")
        _write(book, choices, [HEADS["unit"], HEADS["roles"]], _side_by_side(units, roles))
        last = MOST_ROWS + 1
        for column, letter, names in (("E", "A", units), ("F", "B", roles)):
            source = f"='Danh mục'!${letter}$2:${letter}${len(names) + 1}"
            sheet.data_validation(
                f"{column}2:{column}{last}", {"validate": "list", "source": source, "error_type": "warning"}
            )
    return target.getvalue()


def password_list(people: Iterable[Sequence[str]]) -> bytes:
    """Return an XLSX of (name, account, password) to hand out."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        heads = [HEADS["full_name"], HEADS["username"], "Mật khẩu lần đầu"]
        _write(book, book.add_worksheet("Mật khẩu"), heads, people)
    return target.getvalue()


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    return Row(
        number,
        {column: clean_line(cells[index]) if index < len(cells) else "" for column, index in columns.items()},
        {column: cell_name(index, number) for column, index in columns.items()},
    )


def _side_by_side(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    longest = max(len(left), len(right))
    padded = [[*names, *[""] * (longest - len(names))] for names in (left, right)]
    return list(zip(*padded, strict=True))


def _write(book: Any, sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 28, text)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, text)  # a string even if it begins with "="
