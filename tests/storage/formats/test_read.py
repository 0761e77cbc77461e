import datetime as dt
import unicodedata
from pathlib import Path

import openpyxl
import pytest

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import Kind, Passage, extract_text, messages, read_document
from tests.factories import storage as files
from tests.factories.storage import Keep


def test_read_pdf_page_by_page(keep: Keep) -> None:
    content = files.pdf_bytes("Kinh gui", "", "Noi nhan")

    assert extract_text(keep(content), Kind.PDF) == [
        Passage("Kinh gui", "trang 1"),
        Passage("Noi nhan", "trang 3"),
    ]


def test_read_xlsx_sheet_by_sheet(keep: Keep) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Thu chi"
    book.active.append(["Tên", None, 12, 0.5, dt.date(2023, 3, 15), dt.datetime(2023, 3, 15, 7, 30)])  # noqa: DTZ001
    book.active["B3"] = unicodedata.normalize("NFD", "Tổng")
    book.create_sheet("Ẩn").append(["bí mật"])
    book["Ẩn"].sheet_state = "hidden"
    book.create_sheet("Điểm").append(["điểm số"])

    passages = extract_text(keep(files.saved(book)), Kind.XLSX)

    assert passages == [
        Passage("Tên\t12\t0,5\t15/03/2023\t15/03/2023 07:30\nTổng", "sheet Thu chi"),
        Passage("điểm số", "sheet Điểm"),
    ]


def test_read_xlsx_with_one_cell_far_away(keep: Keep) -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "góc xa"

    assert extract_text(keep(files.saved(book)), Kind.XLSX) == [Passage("góc xa", "sheet Sheet")]


def test_read_long_sheet_in_several_passages(keep: Keep) -> None:
    passages = extract_text(keep(files.xlsx_bytes([[n] for n in range(450)])), Kind.XLSX)

    assert [len(passage.text.splitlines()) for passage in passages] == [200, 200, 50]


def test_read_pptx_slide_by_slide(keep: Keep) -> None:
    passages = extract_text(keep(files.pptx_bytes("Chào mừng", "Kết thúc", notes="nói chậm")), Kind.PPTX)

    assert passages == [
        Passage("Chào mừng", "slide 1"),
        Passage("nói chậm", "ghi chú slide 1"),
        Passage("Kết thúc", "slide 2"),
        Passage("nói chậm", "ghi chú slide 2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read_plain_text(keep: Keep, encoding: str) -> None:
    content = unicodedata.normalize("NFD", "Một cửa\r\nliên thông").encode(encoding)

    assert extract_text(keep(content), Kind.TXT) == [Passage("Một cửa\nliên thông", "")]


def test_read_picture(keep: Keep) -> None:
    assert extract_text(keep(files.image_bytes()), Kind.JPEG) == []


def test_read_no_more_than_two_million_letters(keep: Keep) -> None:
    passages = extract_text(keep(b"chu " * 600_000), Kind.TXT)

    assert [len(passage.text) for passage in passages] == [2_000_000]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("thư.docx", files.docx_bytes("Kinh gui", "Noi nhan")),
        ("thư.pdf", files.pdf_bytes("Kinh gui", "Noi nhan")),
        ("thư.txt", b"Kinh gui\r\nNoi nhan\r\n"),
        ("thư.md", b"Kinh gui\nNoi nhan"),
    ],
)
def test_read_document_as_lines(keep: Keep, name: str, content: bytes) -> None:
    assert read_document(keep(content), name) == "Kinh gui\nNoi nhan"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("thư.xlsx", files.xlsx_bytes(), messages.NOT_A_DOCUMENT),
        ("thư.jpg", files.image_bytes(), messages.NOT_A_DOCUMENT),
        ("thư.pdf", files.image_bytes("PDF"), messages.SCANNED),
        ("thư.docx", files.docx_bytes(), messages.NO_TEXT),
        ("thư.txt", b"  \n ", messages.NO_TEXT),
        ("thư.txt", b"", messages.EMPTY),
        ("thư.doc", b"x", messages.OLD_OFFICE),
    ],
)
def test_read_document_refused(keep: Keep, name: str, content: bytes, message: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_document(keep(content), name)

    assert raised.value.message == message


def test_read_document_whose_path_looks_like_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-c").write_text("Kính gửi")

    assert read_document(Path("-c"), "thư.txt") == "Kính gửi"
