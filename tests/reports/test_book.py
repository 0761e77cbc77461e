import csv
import io
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import User
from cchc_portal.directives.entry import FIELDS
from cchc_portal.directives.models import Direction, State
from cchc_portal.reports.book import book_csv, book_xlsx
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive

ClientOf = Callable[[User], FlaskClient]
LABELS, NAMES = [field.label for field in FIELDS], [field.name for field in FIELDS]
DAY = date(2023, 3, 31)
ROW = dict.fromkeys(NAMES) | {
    "TypeName": "Công văn",
    "CodeNumber": "01",
    "Subject": "Đôn đốc\nthực hiện",
    "IssuedDate": date(2023, 2, 2),
    "ArrivalNumber": 57,
}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_book_has_names_of_the_decree_in_its_second_row(count: int) -> None:
    rows = list(_sheet(book_xlsx([ROW] * count, on=DAY)))

    assert rows[:2] == [LABELS, NAMES]
    assert len(rows) == 2 + count


def test_cells_are_text_and_days_as_the_office_writes_them() -> None:
    sheet, text = _sheet(book_xlsx([ROW], on=DAY)), _csv(book_csv([ROW]))

    for rows in (sheet, text):
        row = dict(zip(NAMES, rows[2], strict=True))
        assert {name: row[name] for name in ("CodeNumber", "IssuedDate", "ArrivalNumber", "Subject")} == {
            "CodeNumber": "01",
            "IssuedDate": "02/02/2023",
            "ArrivalNumber": "57",
            "Subject": "Đôn đốc\nthực hiện",
        }


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "=HYPERLINK(1)"],
)
def test_no_cell_begins_like_a_formula(hostile: str) -> None:
    content = [ROW | {"Subject": hostile, "OrganName": hostile, "Description": hostile}]

    for rows in (_sheet(book_xlsx(content, on=DAY)), _csv(book_csv(content))):
        cells = [cell for row in rows for cell in row if cell]
        assert [cell for cell in cells if re.match(r"[\s\u200b]*[=+\-@\t\r\n]", cell)] == []


def test_same_letters_give_the_same_bytes() -> None:
    assert book_xlsx([ROW], on=DAY) == book_xlsx([ROW], on=DAY)


def test_csv_tells_excel_it_is_unicode() -> None:
    assert book_csv([ROW]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/reports/register", ["2", "1"]),
        ("/reports/register?direction=outgoing", ["1"]),
        ("/reports/register?words=thu%20hai&format=xlsx", ["2"]),
        ("/reports/register?number=9&format=csv", []),
        ("/reports/register?format=csv", ["2", "1"]),
    ],
)
def test_export_holds_exactly_what_is_filtered(client_of: ClientOf, address: str, found: list[str]) -> None:
    make_directive(number="1", subject="thứ nhất", direction=Direction.OUTGOING)
    make_directive(number="2", subject="thứ hai")
    make_directive(number="3", state=State.DRAFT)

    answer = client_of(make_user()).get(address)

    rows = _csv(answer.data) if "csv" in address else _sheet(answer.data)
    assert [row[NAMES.index("CodeNumber")] for row in rows[2:]] == found


def test_export_is_a_download_with_a_vietnamese_name(client_of: ClientOf) -> None:
    answer = client_of(make_user()).get("/reports/register?format=csv")

    assert unquote(answer.headers["Content-Disposition"]).startswith("attachment; ")
    assert "Sổ công văn" in unquote(answer.headers["Content-Disposition"])
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_export_bears_the_identifier_of_the_office(app: Flask, client_of: ClientOf) -> None:
    make_directive(file_notation="12/CCHC", file_catalog=2023)
    app.config["CCHC_ORGAN_ID"] = "000.00.19.H29"
    try:
        rows = _csv(client_of(make_user()).get("/reports/register?format=csv").data)
    finally:
        app.config["CCHC_ORGAN_ID"] = ""

    assert rows[2][0] == "000.00.19.H29.2023.12/CCHC"


def test_register_leads_to_its_export_with_the_same_filters(client_of: ClientOf) -> None:
    page = client_of(make_user()).get("/directives?issuer=thi+xa&direction=incoming").text

    links = re.findall(r'href="(/reports/register\?[^"]+)"', page)
    assert [link.replace("&amp;", "&") for link in links] == [
        "/reports/register?direction=incoming&issuer=thi+xa&format=xlsx",
        "/reports/register?direction=incoming&issuer=thi+xa&format=csv",
    ]


def _sheet(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
