"""The same letter as offices send it: Word with header tables and drawn numbers, PDF, copied from a page."""

import json
import re
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.table import Table, _Cell
from playwright.sync_api import Browser as Chromium

from bench import letters
from cchc_portal.directives.reading import as_json, read_letter
from cchc_portal.storage import formats
from tests.directives import typeset
from tests.factories.storage import WORD, saved

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


AS_WORD = (
    "cong-dien", "thong-bao-giao-ban", "cong-van-hai-cap", "ke-hoach-phu-luc", "chuong-trinh-hanh-dong", "truyen-dat-y-kien",
    "quyet-dinh-phan-cong", "cong-van-hoa-toc", "ke-hoach-dang-uy", "u-ket-luan-hop", "u-chi-thi-huyen", "u-bo-tra-loi",
)  # fmt: skip
AS_PDF = ("ke-hoach-phu-luc", "thong-bao-giao-ban", "cong-van-hai-cap", "u-ket-luan-hop")


@pytest.mark.parametrize("name", AS_WORD)
def test_word_file_with_numbers_drawn_by_word_is_read_as_by_hand(tmp_path: Path, name: str) -> None:
    path = _letter(name)
    file = tmp_path / "letter.docx"
    file.write_bytes(typeset.word_file(path.read_text("utf-8")))

    found = _score(path, formats.read_document(file, file.name))

    assert found.mistakes == []


@pytest.mark.parametrize("name", AS_PDF)
def test_printed_file_with_ruled_tables_is_read_as_by_hand(
    tmp_path: Path, name: str, chromium: Chromium
) -> None:
    path = _letter(name)
    file = tmp_path / "letter.pdf"
    _print(chromium, typeset.page(path.read_text("utf-8")), file)

    found = _score(path, formats.read_document(file, file.name))

    assert found.mistakes == []


def test_merged_cells_of_a_word_table_say_what_the_cell_above_says(tmp_path: Path) -> None:
    document = docx.Document()
    table = _grid(document, ["STT", "Nhiệm vụ", "Chủ trì"], ["1", "Rà soát", "Công an"], ["2", "Báo cáo", ""])
    table.cell(1, 2).merge(table.cell(2, 2))

    text = _text(tmp_path, document)

    assert text.split("\n")[-1] == '| 2 | Báo cáo | " |'


def test_heading_over_several_columns_leaves_the_others_empty(tmp_path: Path) -> None:
    document = docx.Document()
    table = _grid(document, ["STT", "Nhiệm vụ", "Chủ trì"], ["I", "Thể chế", ""], ["1", "Rà soát", "Tư pháp"])
    table.cell(1, 1).merge(table.cell(1, 2))

    text = _text(tmp_path, document)

    assert text.split("\n") == [
        "| STT | Nhiệm vụ | Chủ trì |",
        "| I | Thể chế |  |",
        "| 1 | Rà soát | Tư pháp |",
    ]


def test_table_that_sets_a_page_is_read_cell_by_cell(tmp_path: Path) -> None:
    document = docx.Document()
    _grid(
        document,
        ["ỦY BAN NHÂN DÂN", "", "CỘNG HÒA"],
        ["Số: 1/KH-UBND", "", "Tân An, ngày 1 tháng 2 năm 2024"],
    )

    text = _text(tmp_path, document)

    assert text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA",
        "Số: 1/KH-UBND",
        "Tân An, ngày 1 tháng 2 năm 2024",
    ]


def test_numbers_that_word_draws_in_empty_cells_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    table = _grid(
        document, ["STT", "Nhiệm vụ", "Chủ trì"], ["", "Rà soát", "Tư pháp"], ["", "Báo cáo", "Văn phòng"]
    )
    for row in (1, 2):
        table.cell(row, 0).paragraphs[0].style = "List Number"

    text = _text(tmp_path, document)

    assert [line.split("|")[1].strip() for line in text.split("\n")] == ["STT", "1.", "2."]


def test_rows_and_words_that_were_deleted_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    table = _grid(document, ["STT", "Nhiệm vụ", "Chủ trì"], ["1", "Cũ", "Tư pháp"], ["2", "Mới", "Văn phòng"])
    properties = table.rows[1]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no words for changes
    properties.append(parse_xml(f'<w:del xmlns:w="{WORD}" w:id="1" w:author="a"/>'))
    table.cell(2, 1).paragraphs[0]._p.append(  # noqa: SLF001 - nor for what was put in
        parse_xml(
            f'<w:ins xmlns:w="{WORD}" w:id="2" w:author="a"><w:r><w:t xml:space="preserve"> hẳn</w:t></w:r></w:ins>'
        )
    )

    text = _text(tmp_path, document)

    assert text.split("\n") == ["| STT | Nhiệm vụ | Chủ trì |", "| 2 | Mới hẳn | Văn phòng |"]


def test_words_in_a_text_box_are_read_where_it_is_anchored(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Trước")
    paragraph._p.append(  # noqa: SLF001 - nor for text boxes
        parse_xml(
            f'<w:r xmlns:w="{WORD}"><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>'
        )
    )
    document.add_paragraph("Sau")

    text = _text(tmp_path, document)

    assert text.split("\n") == ["Trước", "Trong khung", "Sau"]


def _letter(name: str) -> Path:
    return next(path for path in letters.letters() if path.stem == name)


def _score(path: Path, text: str) -> letters.Score:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return letters.score(path.stem, read_letter(text), wanted)


def _print(chromium: Chromium, content: str, file: Path) -> None:
    page = chromium.new_page()
    page.set_content(content)
    page.pdf(
        path=str(file), format="A4", margin={"top": "20mm", "bottom": "20mm", "left": "30mm", "right": "15mm"}
    )
    page.close()


def _grid(document: docx.document.Document, *rows: list[str]) -> Table:
    table = document.add_table(len(rows), 3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    return table


def _text(folder: Path, document: docx.document.Document) -> str:
    file = folder / "letter.docx"
    file.write_bytes(saved(document))
    return formats.read_document(file, file.name)
