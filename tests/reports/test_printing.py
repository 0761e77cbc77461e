"""Documents as LibreOffice shows and prints them: they open, and the pages are as many as they should be."""

from collections.abc import Callable, Mapping
from datetime import date

import pypdfium2
import pytest

from cchc_portal.reports.docx import (
    Annex,
    DocumentKind,
    Heading,
    Item,
    Level,
    Paragraph,
    SignatureBlock,
    render,
    shipped,
)
from cchc_portal.reports.docx.template import require_usable
from cchc_portal.reports.register import RegisterRow, register_document, register_xlsx
from cchc_portal.reports.urging import UrgedTask, urging_letter
from tests.factories.reports import HEAD, Measured, make_letter, make_plan, make_table
from tests.reports.conftest import Printed, Printer

PERIOD = {"since": date(2023, 1, 1), "until": date(2023, 3, 31)}
A4 = (595, 842)


def tasks(count: int) -> list[UrgedTask]:
    words = (
        "Tham mưu giải pháp khắc phục tồn tại, hạn chế đối với các nội dung bị trừ điểm chỉ số CCHC năm 2022"
    )
    letter = "Công văn số 124/UBND-NV ngày 02/02/2023, mục 2"
    return [UrgedTask(words, letter, "trước 15/3/2023", number, "Đang thực hiện") for number in range(count)]


def urging(count: int) -> bytes:
    return render(urging_letter("Bộ phận Văn hóa - Xã hội", tasks(count), head=HEAD, on=date(2023, 3, 22)))


def rows(count: int) -> list[RegisterRow]:
    words = (
        "Công văn 124/UBND-NV, ngày 02 tháng 02 năm 2023, UBND THỊ XÃ HỒNG LĨNH, mục 2: khắc phục các tồn tại, "
        "hạn chế trong công tác cải cách hành chính theo kết quả đánh giá năm 2022"
    )
    return [
        RegisterRow(str(n), words, "Văn phòng - Thống kê", "trước 15/3/2023", "Xong") for n in range(count)
    ]


@pytest.fixture(scope="module")
def prints(printed: Printer) -> Printed:
    """Print everything at once: LibreOffice takes seconds to start."""
    many = tuple(Paragraph("Nội dung thực hiện nhiệm vụ. " * 12) for _ in range(20))
    plan = make_plan(
        blocks=(Heading(Level.ROMAN, "Mục đích"), *many, Item(Level.CLAUSE, "Hết.")),
        annexes=(Annex("Danh mục", (make_table(60),)), Annex("Biểu", (Paragraph("Một."),), landscape=False)),
    )
    return printed(
        {
            "letter.docx": render(make_letter(signature=SignatureBlock(("CHỦ TỊCH",), "Họ Và Tên"))),
            "plan.docx": render(plan),
            "urging-1.docx": urging(1),
            "urging-40.docx": urging(40),
            **{f"urging-{count}.docx": urging(count) for count in range(2, 9)},
            "register-0.docx": render(register_document([], head=HEAD, **PERIOD)),
            "register-300.docx": render(register_document(rows(300), head=HEAD, **PERIOD)),
            "register.xlsx": register_xlsx(rows(300), head=HEAD, **PERIOD),
        }
    )


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("letter.docx", 1),
        ("plan.docx", 8),
        ("urging-1.docx", 1),
        ("urging-40.docx", 5),
        ("register-0.docx", 1),
        ("register-300.docx", 44),
    ],
)
def test_documents_have_the_expected_pages(prints: Printed, name: str, pages: int) -> None:
    assert len(prints[name]) == pages


def test_pages_are_upright_and_annexes_with_tables_lie(prints: Printed) -> None:
    sizes = [tuple(round(side) for side in page.get_size()) for page in prints["urging-40.docx"]]

    assert sizes == [A4, *[A4[::-1]] * 4]


@pytest.mark.parametrize("count", range(1, 9))
def test_urging_letter_fits_a_page_or_takes_words_along_with_the_signature(
    prints: Printed, count: int
) -> None:
    pages = [_text(page) for page in prints[f"urging-{count}.docx"]]

    assert len(pages) == (1 if count <= 3 else 2)
    assert "Cập nhật tiến độ và báo cáo kết quả" in pages[-1]
    assert "TL. CHỦ TỊCH" in pages[-1]
    assert "TL. CHỦ TỊCH" not in pages[0] or len(pages) == 1


def test_first_page_of_the_register_holds_five_letters_with_their_items(prints: Printed) -> None:
    pages = [_text(page).count("mục 2:") for page in prints["register-300.docx"]]

    assert (pages[0], pages[1], sum(pages)) == (5, 7, 300)


def test_page_numbers_begin_on_the_second_page_of_each_section(prints: Printed) -> None:
    firsts = [_lines(page)[0] for page in prints["plan.docx"]]

    numbers = [first if first.isdigit() else "" for first in firsts]
    assert numbers == ["", "2", "3", "4", "", "2", "3", ""]


def test_head_of_a_table_is_repeated_on_every_page(prints: Printed) -> None:
    heads = [_text(page).count("Nội dung nhiệm vụ") for page in prints["urging-40.docx"]]

    assert heads == [0, 1, 1, 1, 1]


def test_signature_is_never_alone_on_a_page(printed: Printer) -> None:
    letters = {
        f"{count}.docx": render(make_letter(blocks=tuple(Paragraph("Nội dung.") for _ in range(count))))
        for count in range(16, 24)
    }

    pages = [_text(pdf[len(pdf) - 1]) for pdf in printed(letters).values()]

    assert all("Nội dung./." in page and "TL. CHỦ TỊCH" in page for page in pages)


def test_end_mark_is_on_the_line_of_the_last_words(prints: Printed) -> None:
    lines = _lines(prints["letter.docx"][0])

    assert [line for line in lines if "./." in line] == ["Yêu cầu thực hiện./."]


def test_number_and_date_stand_on_one_line(prints: Printed) -> None:
    page = prints["letter.docx"][0]

    assert _top(page, "Số:") == pytest.approx(_top(page, "Bắc Hồng, ngày"), abs=2)


def test_national_name_fits_on_one_line(prints: Printed) -> None:
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in _lines(prints["letter.docx"][0]))


def test_recipients_stand_level_with_the_signature(prints: Printed) -> None:
    page = prints["letter.docx"][0]

    assert _top(page, "Nơi nhận:") == pytest.approx(_top(page, "CHỦ TỊCH"), abs=4)


def test_register_prints_as_the_book_does(prints: Printed) -> None:
    book = prints["register.xlsx"]

    assert {tuple(round(side) for side in page.get_size()) for page in book} <= {
        (842, 595),
        (842, 596),
        (843, 596),
    }
    assert all("Số đến" in _text(page) and "(7)" in _text(page) for page in book)


@pytest.fixture(scope="module")
def resaved(soffice: Callable[[Mapping[str, bytes], str], dict[str, bytes]]) -> Mapping[str, bytes]:
    """Open the shipped templates in LibreOffice, save them in its own format and back as DOCX."""
    templates = {f"{kind}.docx": shipped.file_of(kind) for kind in DocumentKind}
    own = soffice(templates, "odt")
    return soffice({name.replace("docx", "odt"): content for name, content in own.items()}, "docx")


@pytest.mark.parametrize("kind", DocumentKind)
def test_templates_saved_by_libreoffice_still_work(resaved: Mapping[str, bytes], kind: DocumentKind) -> None:
    saved = resaved[f"{kind}.odt"]

    require_usable(kind, saved)

    document = make_letter() if kind is DocumentKind.LETTER else make_plan(kind=kind)
    assert Measured(render(document, saved)).lines == Measured(render(document)).lines


def _text(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded().replace("\r\n", "\n")


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    return [line.strip() for line in _text(page).split("\n") if line.strip()]


def _top(page: pypdfium2.PdfPage, words: str) -> float:
    """Return how high some words stand on the page, in points."""
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found is not None, words
    return text.get_charbox(found[0])[1]
