"""Rows of files, whatever they are called and however they are written."""

import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cchc_portal.core.errors import Invalid
from cchc_portal.imports import sources
from cchc_portal.imports.columns import COLUMN, LABELS, MOST_NAMED, guess, passed_over, said
from cchc_portal.imports.sources import Sheet, read

TITLE = "Tra cứu hồ sơ bằng mã QR"
ROW = {"title": TITLE, "solution": "Dán mã lên giấy hẹn."}

Write = Callable[[str, bytes | str], Path]


def _said(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    """Return the rows by column, as the heads are known."""
    columns = guess(sheet.heads)
    return [(number, said(values, columns)) for number, values in sheet.rows]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def save(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


def test_csv_is_read_by_its_heads(write: Write) -> None:
    path = write("cu.csv", f"title,solution,lạ\n{TITLE},Dán mã lên giấy hẹn.,x\n")

    sheet = read(path, path.name)

    assert _said(sheet) == [(2, ROW)]
    assert passed_over(guess(sheet.heads)) == ["lạ"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_of_any_office_is_read(write: Write, separator: str, mark: str) -> None:
    path = write(
        "cu.csv", f"{mark}Tên sáng kiến{separator}Giải pháp\r\n{TITLE}{separator}Dán mã lên giấy hẹn.\r\n"
    )

    assert _said(read(path, path.name)) == [(2, ROW)]


def test_csv_in_decomposed_letters_becomes_nfc(write: Write) -> None:
    path = write(
        "cu.csv", unicodedata.normalize("NFD", f"Tên sáng kiến,Giải pháp\n{TITLE},Dán mã lên giấy hẹn.\n")
    )

    assert _said(read(path, path.name)) == [(2, ROW)]


def test_cell_of_several_lines_stays_one_cell(write: Write) -> None:
    path = write("cu.csv", f'title,solution\n{TITLE},"dòng 1\r\ndòng 2"\n')

    assert _said(read(path, path.name)) == [(2, {"title": TITLE, "solution": "dòng 1\ndòng 2"})]


def test_empty_lines_are_passed_over_and_numbers_stay_those_of_the_file(write: Write) -> None:
    path = write("cu.csv", f"title,solution\n\n,\n{TITLE},Dán mã lên giấy hẹn.\n")

    assert [number for number, _values in read(path, path.name).rows] == [4]


def test_heads_may_stand_below_a_title(write: Write) -> None:
    path = write(
        "cu.csv", f"DANH MỤC SÁNG KIẾN NĂM 2020,\n,\nTên sáng kiến,Giải pháp\n{TITLE},Dán mã lên giấy hẹn.\n"
    )

    assert _said(read(path, path.name)) == [(4, ROW)]


def test_xlsx_is_read(write: Write) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Mã số", "Tên sáng kiến", "Nội dung", "Năm"])
    book.active.append(["A-1", TITLE, "Dán mã lên giấy hẹn.", 2020])
    target = io.BytesIO()
    book.save(target)
    path = write("cu.xlsx", target.getvalue())

    assert _said(read(path, path.name)) == [(2, {"code": "A-1", **ROW, "year": "2020"})]


def test_lines_of_json_are_read(write: Write) -> None:
    lines = [
        {
            "title": TITLE,
            "solution": "Dán mã lên giấy hẹn.",
            "tags": ["một cửa", "QR"],
            "year": 2020,
            "ghi": None,
        }
    ]
    path = write("cu.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n\n")

    sheet = read(path, path.name)

    assert _said(sheet) == [(1, {**ROW, "tags": "một cửa, QR", "year": "2020"})]
    assert passed_over(guess(sheet.heads)) == ["ghi"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cu.csv", "", sources.NO_HEADS),
        ("cu.csv", "a\n1\n", sources.NO_HEADS),
        ("cu.csv", "title,solution\n", sources.NO_ROWS),
        ("cu.csv", "tên,giải pháp\n".encode("utf-16"), sources.NOT_UTF8),
        ("cu.csv", f'title\n"{"a" * 300_000}"\n', sources.UNREADABLE),
        ("cu.jsonl", "", sources.NO_ROWS),
        ("cu.jsonl", "{'title': 1}", sources.BAD_JSON),
        ("cu.jsonl", "[1, 2]", sources.BAD_JSON),
        ("cu.jsonl", '"title"', sources.BAD_JSON),
        ("cu.jsonl", '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}", sources.BAD_JSON),
        ("cu.jsonl", b"\xff\xfe", sources.NOT_UTF8),
    ],
)
def test_file_that_is_no_sheet_is_refused(write: Write, name: str, content: bytes | str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(write(name, content), name)

    assert refused.value.errors == {"": why}


@pytest.mark.parametrize("name", ["cu.xlsx", "cu.docx", "cu.exe", "cu"])
def test_bytes_that_are_nothing_are_refused(write: Write, name: str) -> None:
    with pytest.raises(Invalid):
        read(write(name, b"\x00\x01\x02 nothing"), name)


def test_file_with_too_many_rows_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_ROWS", 2)

    with pytest.raises(Invalid) as refused:
        read(write("cu.csv", "title\na\nb\nc\n"), "cu.csv")

    assert refused.value.errors == {"": sources.TOO_MANY}


def test_file_that_is_too_large_is_refused_before_it_is_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 3)

    with pytest.raises(Invalid) as refused:
        read(write("cu.csv", "title\nabc\n"), "cu.csv")

    assert refused.value.errors == {"": sources.TOO_LARGE}


def test_every_column_is_known_by_its_label_and_its_name() -> None:
    assert set(COLUMN.values()) == set(LABELS)
    assert all(
        COLUMN[column.replace("_", " ")] == column for column in LABELS if column.replace("_", " ") in COLUMN
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cu.csv", "title,solution\n" + "\n" * 300_000),
        ("cu.csv", "title,solution\n" + "a,b\n" * 30_000),
        ("cu.jsonl", "{}\n" * 30_000),
        ("cu.jsonl", "\n" * 300_000),
    ],
)
def test_file_that_goes_on_and_on_is_not_read_to_its_end(write: Write, name: str, content: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(write(name, content), name)

    assert refused.value.errors == {"": sources.TOO_MANY}


def test_row_of_endless_columns_is_cut(write: Write) -> None:
    path = write("cu.csv", f"title,solution{',x' * 100_000}\n{TITLE},Dán mã lên giấy hẹn.{',y' * 100_000}\n")

    sheet = read(path, path.name)

    assert _said(sheet) == [(2, ROW)]
    assert len(passed_over(guess(sheet.heads))) == MOST_NAMED


def test_object_of_endless_heads_is_cut(write: Write) -> None:
    heads = {
        "title": TITLE,
        "solution": "Dán mã lên giấy hẹn.",
        **{f"cột {number}": "" for number in range(10_000)},
    }
    path = write("cu.jsonl", json.dumps(heads))

    sheet = read(path, path.name)

    assert _said(sheet) == [(1, ROW)]
    assert len(passed_over(guess(sheet.heads))) == MOST_NAMED


def test_half_letters_are_cleaned_away(write: Write) -> None:
    path = write("cu.jsonl", '{"title": "\\ud800Tra cứu", "solution": "Dán\\udfff mã", "\\ud800": 1}')

    assert _said(read(path, path.name)) == [(1, {"title": "Tra cứu", "solution": "Dán mã"})]


def test_file_whose_title_nobody_knows_keeps_its_heads(write: Write) -> None:
    path = write("cu.csv", "DANH SÁCH,,\nTên đề tài mở rộng,Ghi chú,Ghi chú\nTra cứu,một,hai\n")

    sheet = read(path, path.name)

    assert sheet.heads == ["Tên đề tài mở rộng", "Ghi chú", "Ghi chú (2)"]
    assert sheet.rows == [(3, {"Tên đề tài mở rộng": "Tra cứu", "Ghi chú": "một", "Ghi chú (2)": "hai"})]


def test_told_head_finds_the_line_of_heads(write: Write) -> None:
    path = write("cu.csv", "một,hai,ba,bốn\nTên đề tài mở rộng,Cách làm\nTra cứu,Dán mã\n")

    assert read(path, path.name, {"ten de tai mo rong": "title"}).heads == ["Tên đề tài mở rộng", "Cách làm"]


def test_first_head_of_a_kind_counts_and_a_choice_before_it() -> None:
    assert guess(["Tên", "title", "Lạ"]) == {"Tên": "title", "title": "", "Lạ": ""}
    assert guess(["Tên", "Lạ"], {"la": "title"}) == {"Tên": "", "Lạ": "title"}
    assert guess(["Tên", "Lạ"], {"ten": "", "la": "code"}) == {"Tên": "", "Lạ": "code"}


def test_texts_of_several_columns_are_joined_and_of_names_the_first_counts() -> None:
    columns = {"A": "solution", "B": "solution", "C": "title", "D": "title", "E": "authors", "F": "authors"}

    assert said(dict(zip("ABCDEF", "abcdef", strict=True)), columns) == {
        "solution": "a\n\nb",
        "title": "c",
        "authors": "e, f",
    }
