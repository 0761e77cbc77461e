"""Each rule of Nghị định 30/2020/NĐ-CP, Phụ lục I, measured on produced files."""

from collections.abc import Callable
from datetime import date

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from PIL import ImageFont

from cchc_portal.reports.docx import (
    Align,
    Annex,
    Bases,
    Column,
    Document,
    DocumentKind,
    Heading,
    Item,
    LetterHead,
    Level,
    Paragraph,
    Recipients,
    SignatureBlock,
    Span,
    Table,
    render,
)
from cchc_portal.reports.docx.widths import text_width
from tests.factories.reports import (
    HEAD,
    TWIPS_PER_MM,
    Look,
    Measured,
    make_letter,
    make_plan,
    make_table,
    xml,
)

TIMES = ("Times New Roman",) * 4
LEFT_CELL, RIGHT_CELL = 3600, 5471


def look(size: float, *, bold: bool = False, italic: bool = False) -> Look:
    return Look(size, bold, italic, TIMES)


@pytest.fixture
def letter() -> Measured:
    return Measured(render(make_letter()))


@pytest.fixture
def plan() -> Measured:
    return Measured(render(make_plan()))


@pytest.mark.parametrize("make", [make_letter, make_plan])
def test_paper_is_a4_with_the_margins_of_the_decree(make: Callable[[], Document]) -> None:
    (section,) = Measured(render(make())).word.sections

    sides = (section.page_width.mm, section.page_height.mm)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    assert [round(side) for side in sides] == [210, 297]
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    assert section.orientation is WD_ORIENT.PORTRAIT


def test_every_run_is_in_times_new_roman_for_all_scripts_and_black() -> None:
    document = make_letter(
        blocks=(
            Heading(Level.PART, "Chung"),
            Heading(Level.ARTICLE, "Phạm vi"),
            Paragraph((Span("đậm ", bold=True), Span("nghiêng", italic=True))),
            make_table(),
            Bases(("Căn cứ Luật",)),
            Paragraph("Hết."),
        ),
        annexes=(Annex("Danh mục", (make_table(),)),),
        urgency="Khẩn",
    )
    measured = Measured(render(document))

    fonts = {measured.look(one).fonts for one in measured.paragraphs if one.runs}

    assert fonts == {TIMES}
    colours = {node.get(qn("w:val")) for node in measured.word.styles.element.iter(qn("w:color"))}
    assert colours == {"000000"}


def test_page_number_stands_centred_in_the_top_margin_from_page_2(letter: Measured) -> None:
    (section,) = letter.word.sections
    (number,) = section.header.paragraphs

    assert 'w:instr=" PAGE "' in xml(number).xml
    assert letter.layout(number)["jc.val"] == "center"
    assert letter.look(number) == look(13)
    assert section.different_first_page_header_footer
    assert [one.text for one in section.first_page_header.paragraphs] == [""]
    assert section.header_distance < section.top_margin


def test_head_is_a_borderless_table_of_two_rows_and_columns(letter: Measured) -> None:
    head = letter.tables[0]

    cells = [[cell.text.replace("\n", "|") for cell in row.cells] for row in head.rows]

    assert cells == [
        [
            "ỦY BAN NHÂN DÂN|PHƯỜNG BẮC HỒNG|",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|",
        ],
        [
            "Số:       /UBND-VP|V/v đôn đốc thực hiện nhiệm vụ",
            "Bắc Hồng, ngày       tháng 3 năm 2023",
        ],
    ]
    assert xml(head).find(f".//{qn('w:tblBorders')}") is None
    assert xml(head).find(f".//{qn('w:tcBorders')}") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ỦY BAN NHÂN DÂN", look(13, bold=True)),
        ("PHƯỜNG BẮC HỒNG", look(13, bold=True)),
        ("CỘNG HÒA XÃ HỘI", look(13, bold=True)),
        ("Độc lập - Tự do", look(14, bold=True)),
        ("Số: ", look(13)),
        ("V/v ", look(12)),
        ("Bắc Hồng, ngày", look(13, italic=True)),
    ],
)
def test_head_has_the_sizes_of_the_decree(letter: Measured, words: str, expected: Look) -> None:
    paragraph = letter.find(words)

    assert letter.look(paragraph) == expected
    assert letter.layout(paragraph)["jc.val"] == "center"


def test_superior_body_stands_above_the_issuer_upright_and_not_bold() -> None:
    head = LetterHead(("Văn phòng",), "Văn phòng", "Bắc Hồng", ("Ủy ban nhân dân phường Bắc Hồng",))
    measured = Measured(render(make_letter(head=head)))

    assert measured.lines[:2] == ["ỦY BAN NHÂN DÂN PHƯỜNG BẮC HỒNG", "VĂN PHÒNG"]
    assert measured.look(measured.paragraphs[0]) == look(13)
    assert measured.look(measured.paragraphs[1]) == look(13, bold=True)


def test_superior_body_leaves_no_blank_line_where_there_is_none(letter: Measured) -> None:
    assert letter.paragraphs[0].text == "ỦY BAN NHÂN DÂN"


def test_line_below_the_motto_is_as_long_as_the_motto(letter: Measured) -> None:
    rule = letter.paragraphs[letter.paragraphs.index(letter.find("Độc lập")) + 1]
    width = text_width("Độc lập - Tự do - Hạnh phúc", points=14, bold=True)

    assert letter.rule_share(rule, width, RIGHT_CELL) == pytest.approx(1, abs=0.01)
    assert "w:pBdr" in rule.style.element.xml


@pytest.mark.parametrize("name", ["phường Bắc Hồng", "xã Ea", "thị trấn Nông trường Phước An Thượng"])
def test_line_below_the_issuer_is_a_third_to_a_half_of_its_name(name: str) -> None:
    measured = Measured(render(make_letter(head=LetterHead(("Ủy ban nhân dân", name), "UBND", "Nơi"))))
    rule = measured.paragraphs[2]
    width = min(text_width(name.upper(), points=13, bold=True), LEFT_CELL)

    assert 1 / 3 <= measured.rule_share(rule, width, LEFT_CELL) <= 1 / 2


def test_line_below_the_subject_is_a_third_to_a_half_of_it(plan: Measured) -> None:
    subject = plan.find("Khắc phục tồn tại")
    rule = plan.paragraphs[plan.paragraphs.index(subject) + 1]
    width = text_width(subject.text, points=14, bold=True)

    assert 1 / 3 <= plan.rule_share(rule, width, 9071) <= 1 / 2


def test_widths_are_those_of_the_typeface() -> None:
    for style, bold in (("Regular", False), ("Bold", True)):
        path = (
            f"/usr/share/fonts/truetype/liberation/LiberationSerif-{style}.ttf"  # metrics of Times New Roman
        )
        typeface = ImageFont.truetype(path, 1000)
        words = "CONG HOA XA HOI CHU NGHIA VIET NAM 0123 (Doc lap) - Tu do; Hanh phuc/."

        unkerned = sum(map(typeface.getlength, words))  # as Word sets it
        assert text_width(words, points=10, bold=bold) == pytest.approx(unkerned / 5, rel=0.002)


def test_marks_on_letters_make_words_no_wider() -> None:
    assert text_width("Độc lập", points=14, bold=True) == text_width("Doc lap", points=14, bold=True)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("5", "Số: 05/UBND-VP"),
        ("09", "Số: 09/UBND-VP"),
        ("124", "Số: 124/UBND-VP"),
        ("", "Số:       /UBND-VP"),
    ],
)
def test_numbers_below_ten_get_a_zero_and_a_blank_one_leaves_room(number: str, written: str) -> None:
    measured = Measured(render(make_letter(number=number)))

    assert measured.find("Số: ").text == written


@pytest.mark.parametrize(
    ("on", "has_day", "written"),
    [
        (date(2023, 3, 5), True, "Bắc Hồng, ngày 05 tháng 3 năm 2023"),
        (date(2023, 2, 15), True, "Bắc Hồng, ngày 15 tháng 02 năm 2023"),
        (date(2023, 11, 30), True, "Bắc Hồng, ngày 30 tháng 11 năm 2023"),
        (date(2023, 1, 1), False, "Bắc Hồng, ngày       tháng 01 năm 2023"),
    ],
)
def test_days_below_ten_and_the_months_1_and_2_are_padded(on: date, written: str, *, has_day: bool) -> None:
    measured = Measured(render(make_letter(on=on, has_day=has_day)))

    assert measured.find("Bắc Hồng, ngày").text == written


def test_subject_of_a_letter_stands_six_points_below_its_number(letter: Measured) -> None:
    assert letter.layout(letter.find("V/v"))["spacing.before"] == "120"


def test_type_and_subject_of_other_documents_are_centred_and_bold(plan: Measured) -> None:
    title, subject = plan.find("KẾ HOẠCH"), plan.find("Khắc phục tồn tại")

    assert [plan.look(one) for one in (title, subject)] == [look(14, bold=True)] * 2
    assert [plan.layout(one)["jc.val"] for one in (title, subject)] == ["center"] * 2


def test_one_addressee_stands_on_the_line_of_the_word(letter: Measured) -> None:
    paragraph = letter.find("Kính gửi")

    assert paragraph.text == "Kính gửi: Các bộ phận chuyên môn thuộc UBND phường."
    assert letter.look(paragraph) == look(14)


def test_several_addressees_stand_below_each_other_with_dashes_under_the_colon() -> None:
    measured = Measured(render(make_letter(addressees=("UBND thị xã;", "Phòng Nội vụ."))))
    head = measured.find("Kính gửi")
    first = measured.find("- UBND")

    assert measured.lines[7:10] == ["Kính gửi:", "- UBND thị xã;", "- Phòng Nội vụ."]
    assert measured.look(first) == look(14)
    colon = int(measured.layout(head)["ind.left"]) + text_width("Kính gửi", points=14, bold=False)
    layout = measured.layout(first)
    assert abs(int(layout["ind.left"]) - int(layout["ind.hanging"]) - colon) <= 60  # a millimetre


def test_documents_without_addressees_have_no_such_line(plan: Measured) -> None:
    assert not [line for line in plan.lines if line.startswith("Kính gửi")]


def test_legal_bases_are_in_italics_one_per_line_with_their_stops(plan: Measured) -> None:
    bases = [one for one in plan.paragraphs if one.text.startswith("Căn cứ")]

    assert [one.text for one in bases] == [
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Kế hoạch số 46/KH-UBND.",
    ]
    assert {plan.look(one) for one in bases} == {look(14, italic=True)}


def test_body_is_justified_with_first_line_gap_and_line_spacing(letter: Measured) -> None:
    body = letter.find("Thực hiện Công văn")

    assert letter.look(body) == look(14)
    layout = letter.layout(body)
    assert (layout["jc.val"], layout["ind.firstLine"]) == ("both", "720")  # 1,27 cm
    assert (layout["spacing.after"], layout["spacing.line"]) == ("120", "276")  # 6 pt; 1,15
    assert layout["spacing.lineRule"] == "auto"


def test_parts_and_articles_are_numbered_and_bold() -> None:
    blocks = (
        Heading(Level.CHAPTER, "Quy định chung"),
        Heading(Level.ARTICLE, "Phạm vi"),
        Item(Level.CLAUSE, "Khoản một."),
        *(Item(Level.POINT, f"điểm {place}") for place in range(1, 7)),
        Item(Level.CLAUSE, "Khoản hai."),
        Item(Level.POINT, "lại từ đầu"),
        Heading(Level.ARTICLE, "Hiệu lực"),
        Item(Level.CLAUSE, "Khoản đầu."),
    )
    measured = Measured(render(make_plan(blocks=blocks)))
    start = measured.lines.index("Chương I")

    assert measured.lines[start : start + 14] == [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
        "1. Khoản một.",
        "a) điểm 1",
        "b) điểm 2",
        "c) điểm 3",
        "d) điểm 4",
        "đ) điểm 5",
        "e) điểm 6",
        "2. Khoản hai.",
        "a) lại từ đầu",
        "Điều 2. Hiệu lực",
        "1. Khoản đầu./.",
    ]
    assert measured.look(measured.find("Chương I")) == look(14, bold=True)
    assert measured.layout(measured.find("Chương I"))["jc.val"] == "center"
    assert measured.look(measured.find("Điều 1.")) == look(14, bold=True)
    assert measured.look(measured.find("a) điểm 1")) == look(14)


def test_tables_have_a_bold_head_numbers_thin_lines_and_whole_rows() -> None:
    table = Table((Column("STT", 1, Align.CENTER), Column("Nội dung", 5)), (("1", "Việc"), ("2", "Việc")))
    measured = Measured(render(make_letter(blocks=(table, Paragraph("Hết.")))))
    made = xml(measured.tables[1])

    rows = made.findall(qn("w:tr"))
    borders = made.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    widths = [int(column.get(qn("w:w"))) for column in made.iter(qn("w:gridCol"))]

    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
        True,
        True,
        False,
        False,
    ]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    assert {(side.get(qn("w:val")), side.get(qn("w:sz"))) for side in borders} == {("single", "4")}
    assert len(borders) == 6
    assert sum(widths) == 9071  # 160 mm: all of the text
    assert measured.look(measured.find("STT")) == look(12, bold=True)
    assert [cell.text for cell in measured.tables[1].rows[1].cells] == ["(1)", "(2)"]
    assert measured.layout(measured.find("STT"))["jc.val"] == "center"


def test_end_mark_is_glued_to_the_last_sentence(letter: Measured) -> None:
    assert letter.find("Yêu cầu").text == "Yêu cầu thực hiện./."
    assert [line for line in letter.lines if "./." in line] == ["Yêu cầu thực hiện./."]


def test_signature_is_in_capitals_and_bold_with_four_lines_of_room() -> None:
    signature = SignatureBlock(("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), "Họ Và Tên")
    measured = Measured(render(make_letter(signature=signature)))
    cell = measured.tables[1].rows[0].cells[1]

    lines = [paragraph.text for paragraph in cell.paragraphs]

    assert lines == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "", "", "Họ Và Tên"]
    shown = [one for one in cell.paragraphs if one.text]
    assert {measured.look(one) for one in shown} == {look(14, bold=True)}
    assert {measured.layout(one)["jc.val"] for one in shown} == {"center"}


@pytest.mark.parametrize("name", ["Ông Họ Và Tên", "TS. Họ Và Tên", "PGS.TS. Họ Và Tên", "Bà  Họ Và Tên"])
def test_no_title_stands_before_a_signers_name(name: str) -> None:
    measured = Measured(render(make_letter(signature=SignatureBlock(("CHỦ TỊCH",), name))))

    assert measured.lines[-1] == "Họ Và Tên"


def test_recipients_stand_level_with_the_signature(letter: Measured) -> None:
    (row,) = letter.tables[1].rows
    left, right = row.cells

    assert [one.text for one in left.paragraphs] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lãnh đạo UBND phường;",
        "- Lưu: VT, VP.",
    ]
    assert right.paragraphs[0].text == "TL. CHỦ TỊCH"
    assert letter.look(left.paragraphs[0]) == look(12, bold=True, italic=True)
    assert {letter.look(one) for one in left.paragraphs[1:]} == {look(11)}


def test_recipients_are_left_out_where_there_are_none() -> None:
    measured = Measured(render(make_letter(recipients=None)))

    assert measured.tables[1].rows[0].cells[0].text == ""


def test_annex_is_a_section_of_its_own_numbered_from_one() -> None:
    document = make_plan(
        annexes=(
            Annex("Danh mục nhiệm vụ", (make_table(),)),
            Annex("Biểu mẫu", (Paragraph("Một."),), landscape=False),
        )
    )
    measured = Measured(render(document))
    main, first, second = measured.word.sections

    orientations = [section.orientation for section in (main, first, second)]
    assert orientations == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [round(side.mm) for side in (first.page_width, first.page_height)] == [297, 210]
    starts = [node.find(qn("w:pgNumType")) for node in measured.word.element.body.iter(qn("w:sectPr"))]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]
    assert all(section.different_first_page_header_footer for section in (first, second))
    assert [round(first.left_margin.mm), round(first.right_margin.mm)] == [30, 20]


def test_annex_names_itself_and_its_document() -> None:
    measured = Measured(render(make_plan(annexes=(Annex("Danh mục nhiệm vụ", (make_table(),)),))))
    start = measured.lines.index("Phụ lục")

    assert measured.lines[start : start + 3] == [
        "Phụ lục",
        "DANH MỤC NHIỆM VỤ",
        "(Kèm theo Kế hoạch số       /KH-UBND ngày       tháng 3 năm 2023 của UBND phường Bắc Hồng)",
    ]
    looks = [measured.look(measured.find(line)) for line in measured.lines[start : start + 3]]
    assert looks == [look(14, bold=True), look(14, bold=True), look(14, italic=True)]


def test_two_annexes_carry_roman_numbers() -> None:
    annexes = tuple(Annex(f"Bảng {number}", (Paragraph("Một."),)) for number in (1, 2))
    measured = Measured(render(make_letter(annexes=annexes)))

    assert [line for line in measured.lines if line.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]
    assert [line for line in measured.lines if "Kèm theo Công văn số" in line] == [
        "(Kèm theo Công văn số       /UBND-VP ngày       tháng 3 năm 2023 của UBND phường Bắc Hồng)"
    ] * 2


def test_urgency_stands_in_a_box_in_capitals() -> None:
    measured = Measured(render(make_letter(urgency="hỏa tốc")))
    box = measured.find("HỎA TỐC")

    assert measured.look(box) == look(13, bold=True)
    assert len(box.style.element.pPr.find(qn("w:pBdr"))) == 4


def test_landscape_register_keeps_the_margins() -> None:
    document = Document(
        DocumentKind.TABLE, HEAD, "Quý I", date(2023, 3, 31), title="Sổ", blocks=(make_table(),)
    )
    measured = Measured(render(document))
    (section,) = measured.word.sections

    assert section.orientation is WD_ORIENT.LANDSCAPE
    assert [round(one.mm) for one in (section.page_width, section.left_margin, section.right_margin)] == [
        297,
        30,
        20,
    ]
    widths = [int(column.get(qn("w:w"))) for column in xml(measured.tables[1]).iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(247 * TWIPS_PER_MM, abs=2)


def test_minutes_are_signed_on_both_sides() -> None:
    document = make_plan(
        title="Biên bản",
        signature=SignatureBlock(("CHỦ TỊCH HỘI ĐỒNG",)),
        co_signature=SignatureBlock(("THƯ KÝ",)),
        recipients=Recipients(("Thành viên Hội đồng",)),
    )
    left, right = Measured(render(document)).tables[1].rows[0].cells

    assert [one.text for one in left.paragraphs if one.text] == [
        "THƯ KÝ",
        "Nơi nhận:",
        "- Thành viên Hội đồng;",
        "- Lưu: VT.",
    ]
    assert right.paragraphs[0].text == "CHỦ TỊCH HỘI ĐỒNG"
