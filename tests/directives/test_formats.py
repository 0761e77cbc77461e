"""The same letter as offices send it: Word with header tables and drawn numbers, PDF, copied from a page."""

import json
import re
from pathlib import Path

import docx
import pytest
from docx.table import _Cell

from cchc_portal.directives.reading import as_json, read_letter
from cchc_portal.storage import formats
from tests.factories.storage import saved

LETTERS = Path(__file__).parent / "letters"
DEMO = Path(__file__).parents[2] / "cchc_portal" / "cli" / "demo" / "data"
HEAD = [
    ["ỦY BAN NHÂN DÂN\nPHƯỜNG BẮC HỒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
    [
        "Số:       /UBND-VP\nV/v tập trung triển khai thực hiện kế\nhoạch cải cách hành chính năm 2023",
        "Bắc Hồng, ngày      tháng 3 năm 2023",
    ],
]


@pytest.fixture
def expected() -> object:
    return json.loads((DEMO / "directive-2023.expected.json").read_text("utf-8"))


@pytest.fixture
def parts() -> tuple[list[str], list[list[str]]]:
    """Give the paragraphs of the body and the two cells of the foot."""
    text = (DEMO / "directive-2023.md").read_text("utf-8").replace("*", "").replace("đặc\n\nbiệt", "đặc biệt")
    body, _word, foot = text[text.index("Kính gửi") :].partition("Nơi nhận:")
    recipients, _capacity, signer = foot.partition("TM. ")
    paragraphs = [" ".join(part.split()) for part in body.split("\n\n") if part.strip()]
    return paragraphs, [["Nơi nhận:\n" + recipients.strip(), "TM. " + signer.strip()]]


def test_word_file_with_tables_and_drawn_numbers(
    tmp_path: Path, expected: object, parts: tuple[list[str], list[list[str]]]
) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(_word(*parts))

    assert as_json(read_letter(formats.read_document(file, file.name))) == expected


def test_pdf_with_page_numbers_and_wrapped_lines(expected: object) -> None:
    file = LETTERS / "directive-2023.pdf"

    assert as_json(read_letter(formats.read_document(file, file.name))) == expected


def test_text_copied_from_a_page_with_columns_parted_by_tabs(
    expected: object, parts: tuple[list[str], list[list[str]]]
) -> None:
    paragraphs, foot = parts
    rows = ["\t".join(row) for row in HEAD]

    assert as_json(read_letter("\n".join([*rows, "", *paragraphs, "", "\t".join(foot[0])]))) == expected


def _word(paragraphs: list[str], foot: list[list[str]]) -> bytes:
    document = docx.Document()
    _table(document, HEAD)
    for paragraph in paragraphs:
        label = re.match(r"(\d\. |- )", paragraph)
        style = {"- ": "List Bullet", None: None}.get(label and label[0], "List Number")
        document.add_paragraph(paragraph[label.end() :] if label else paragraph, style=style)
    _table(document, foot)
    return saved(document)


def _table(document: docx.document.Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), 2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text.split("\n"))


def _fill(cell: _Cell, lines: list[str]) -> None:
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph().add_run(line)
