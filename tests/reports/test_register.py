import io
import time
from dataclasses import astuple, replace
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cchc_portal.reports.docx import LetterHead, render
from cchc_portal.reports.register import (
    LONGEST_CELL,
    RegisterRow,
    register_document,
    register_xlsx,
    text_cell,
)
from tests.factories.reports import HEAD, Measured

PERIOD = {"since": date(2023, 1, 1), "until": date(2023, 3, 31)}
ROW = RegisterRow(
    "12",
    "Công văn số 124/UBND-NV ngày 02/02/2023 của UBND thị xã",
    "Văn phòng - Thống kê",
    "trước 15/3/2023",
    "Đang thực hiện",
    "35/UBND-VP",
    "Ưu tiên",
)
HEADS = (
    "Số đến",
    "Tên loại, số, ký hiệu, ngày tháng và cơ quan ban hành văn bản",
    "Đơn vị hoặc người nhận",
    "Thời hạn giải quyết",
    "Tiến độ giải quyết",
    "Số, ký hiệu văn bản trả lời",
    "Ghi chú",
)
NUMBERS = tuple(f"({number})" for number in range(1, 8))


def sheet_of(*rows: RegisterRow, head: LetterHead = HEAD) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(rows, head=head, **PERIOD)))
    return book.active


@pytest.mark.parametrize("count", [0, 1, 3])
def test_document_has_the_seven_columns_of_the_decree(count: int) -> None:
    measured = Measured(render(register_document([ROW] * count, head=HEAD, **PERIOD)))

    cells = [tuple(cell.text for cell in row.cells) for row in measured.tables[1].rows]

    assert cells == [HEADS, NUMBERS, *[astuple(ROW)] * count]


def test_document_names_issuer_title_and_period() -> None:
    measured = Measured(render(register_document([ROW], head=HEAD, **PERIOD)))

    assert measured.lines[:7] == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG BẮC HỒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bắc Hồng, ngày 31 tháng 3 năm 2023",
        "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN",
        "Từ ngày 01/01/2023 đến ngày 31/03/2023",
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_sheet_has_the_same_columns_and_rows(count: int) -> None:
    rows = list(sheet_of(*[ROW] * count).iter_rows(values_only=True))

    assert [row[0] for row in rows[:3]] == [
        "ỦY BAN NHÂN DÂN PHƯỜNG BẮC HỒNG",
        "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN",
        "Từ ngày 01/01/2023 đến ngày 31/03/2023",
    ]
    assert rows[3:] == [HEADS, NUMBERS, *[astuple(ROW)] * count]


def test_sheet_keeps_numbers_and_dates_as_text() -> None:
    sheet = sheet_of(replace(ROW, arrival_number="007", deadline="15/03/2023", answer="1e5"))

    cells = next(iter(sheet.iter_rows(min_row=6)))

    assert [cells[place].value for place in (0, 3, 5)] == ["007", "15/03/2023", "1e5"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+84 239",
        "-2+3",
        "@SUM(A1)",
        " =1+1",
        "\u00a0=1+1",
        "\t=1+1",
        "\r=1",
        "\n+1",
        "'=1",
        '=HYPERLINK("http://evil.example")',
        "\u200b=cmd|'/c calc'!A1",
        "\ufeff@x",
    ],
)
def test_no_cell_can_be_taken_for_a_formula(typed: str) -> None:
    sheet = sheet_of(*[RegisterRow(*[typed] * 7)], head=replace(HEAD, issuer=(typed,)))

    written = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]

    assert not [value for value in written if value.lstrip(" \u00a0\u200b\ufeff")[:1] in "=+-@\t\r\n"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("- rà soát\n- báo cáo", "– rà soát\n- báo cáo"),
        ("Đã xong", "Đã xong"),
        ("", ""),
        ("  ", ""),
        ("a = b", "a = b"),
        ("Đâ\u0323y", "Đậy"),
        ("xong\x00\x1f", "xong"),
        ("=" * 40_000, "'" + "=" * (LONGEST_CELL - 1)),
    ],
)
def test_other_text_stays_as_the_office_wrote_it(typed: str, written: str) -> None:
    assert text_cell(typed) == written


def test_sheet_is_ready_for_printing_and_filtering() -> None:
    sheet = sheet_of(ROW, ROW)

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:G7"


def test_rows_are_as_high_as_their_words_need() -> None:
    sheet = sheet_of(ROW, replace(ROW, document="Công văn " * 60), replace(ROW, note="\n".join("abc")))

    heights = [sheet.row_dimensions[number].height for number in (6, 7, 8)]

    assert heights[0] < heights[1]
    assert heights[2] >= 3 * 16


@pytest.mark.parametrize("make", [register_xlsx, lambda *a, **k: render(register_document(*a, **k))])
def test_same_register_gives_the_same_bytes(make: object) -> None:
    assert make([ROW], head=HEAD, **PERIOD) == make([ROW], head=HEAD, **PERIOD)  # type: ignore[operator]


def test_register_of_300_rows_is_made_in_two_seconds() -> None:
    rows = [replace(ROW, arrival_number=str(number)) for number in range(300)]
    start = time.process_time()

    render(register_document(rows, head=HEAD, **PERIOD))
    register_xlsx(rows, head=HEAD, **PERIOD)

    assert time.process_time() - start < 2
