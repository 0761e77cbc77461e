"""What people type comes out as it was typed, whatever it is, and the file is always sound."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
import time_machine
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cchc_portal.reports.docx import (
    Annex,
    Bases,
    Column,
    Document,
    DocumentKind,
    Heading,
    Item,
    Level,
    Paragraph,
    SignatureBlock,
    Span,
    Table,
    render,
    shipped,
)
from cchc_portal.reports.docx.blocks import closed
from tests.factories.reports import HEAD, Measured, make_letter, make_plan, make_table, xml


def register(**changes: object) -> Document:
    values = {
        "kind": DocumentKind.TABLE,
        "head": HEAD,
        "subject": "Quý I",
        "on": date(2023, 3, 31),
        "title": "Sổ",
    }
    return Document(**{**values, **changes})


@pytest.mark.parametrize("make", [make_letter, make_plan, register])
def test_same_document_gives_the_same_bytes_at_any_time(make: Callable[[], Document]) -> None:
    with time_machine.travel("2023-03-22T01:00:00Z"):
        first = render(make())
    with time_machine.travel("2026-11-23T22:00:00Z"):
        second = render(make())

    assert first == second


@pytest.mark.parametrize("kind", DocumentKind)
def test_templates_are_the_same_bytes_on_the_same_day(kind: DocumentKind) -> None:
    with time_machine.travel("2023-03-22T01:00:00Z"):
        first = shipped.file_of(kind)
    with time_machine.travel("2023-03-22T09:00:00Z"):
        assert shipped.file_of(kind) == first


def test_properties_name_the_subject_and_nobody() -> None:
    properties = Measured(render(make_letter())).word.core_properties

    assert properties.title == "đôn đốc thực hiện nhiệm vụ"
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.created.date() == date(2023, 3, 22)


@pytest.mark.parametrize(
    "words",
    [
        "A & B < C > D \"E\" 'F'",
        "]]> <!-- --> <![CDATA[x]]>",
        "&amp; &lt; &#x41;",
        "<w:t>chèn</w:t>",
        "100 % {{ x }} {% y %} ${z} %(n)s",
        "\\ / : * ? | “ngoặc” ‘đơn’ – — …",
        "𝒳 😀 漢字",
    ],
)
def test_special_characters_come_out_as_typed(words: str) -> None:
    document = make_letter(
        subject=f"a {words} b",
        addressees=(words,),
        blocks=(Paragraph(words), Table((Column(words),), ((words,),)), Paragraph("Hết.")),
    )
    measured = Measured(render(document))

    assert measured.find("V/v").text == f"V/v a {words} b"
    assert [line for line in measured.lines if line == words] == [words] * 3
    assert measured.find("Kính gửi").text.startswith(f"Kính gửi: {words}".rstrip(".;"))


def test_words_that_look_like_marks_stay_words() -> None:
    document = make_letter(
        subject="{{ nội dung }} và {{ người ký }}", blocks=(Paragraph("{{ số, ký hiệu }} {{ trích yếu }}"),)
    )
    measured = Measured(render(document))

    assert measured.find("V/v").text == "V/v {{ nội dung }} và {{ người ký }}"
    assert measured.find("{{ số").text == "{{ số, ký hiệu }} {{ trích yếu }}./."


def test_control_and_invisible_characters_are_left_out() -> None:
    text = "Ủy\x00 ban\x0b nhân\x1f dân\u200b \ufeffphường\u202e\ud800\ufffe\uffff"
    measured = Measured(render(make_letter(subject=text, blocks=(Paragraph(text), make_table()))))

    assert "V/v Ủy ban nhân dân phường" in measured.lines
    assert "Ủy ban nhân dân phường" in measured.lines


def test_decomposed_letters_are_composed() -> None:
    words = "Đẩy mạnh số hóa thủ tục hành chính"
    typed = unicodedata.normalize("NFD", words)
    head = type(HEAD)((unicodedata.normalize("NFD", "Ủy ban nhân dân"),), "UBND", "Bắc Hồng")
    document = make_plan(
        head=head,
        subject=typed,
        title=typed,
        blocks=(Paragraph(typed), Table((Column(typed),), ((typed,),)), Item(Level.DASH, typed)),
    )
    content = render(document)

    main = Measured(content).part("word/document.xml")
    assert typed not in main
    assert unicodedata.is_normalized("NFC", main)
    assert main.count(words) == 5  # and once more in capitals


def test_lines_of_a_paragraph_become_paragraphs() -> None:
    measured = Measured(render(make_letter(blocks=(Paragraph("một\r\n\n  hai\t3  \nba"),))))

    assert [line for line in measured.lines if line in {"một", "hai 3", "ba./."}] == ["một", "hai 3", "ba./."]


def test_lines_of_a_cell_become_paragraphs_of_it() -> None:
    table = Table((Column("Việc"),), (("một\nhai",), ("",)))
    measured = Measured(render(register(blocks=(table,))))

    cells = [row.cells[0].text for row in measured.tables[1].rows]
    assert cells == ["Việc", "(1)", "một\nhai", ""]


def test_spans_keep_their_look_and_their_blanks() -> None:
    text = (Span("thường "), Span("đậm ", bold=True), Span("nghiêng", italic=True))
    measured = Measured(render(make_letter(blocks=(Paragraph(text), Paragraph("Hết.")))))
    paragraph = measured.find("thường")

    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("thường ", None, None),
        ("đậm ", True, None),
        ("nghiêng", None, True),
    ]


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_tables_hold_their_rows(rows: int) -> None:
    measured = Measured(render(make_letter(blocks=(make_table(rows), Paragraph("Hết.")))))

    assert len(measured.tables[1].rows) == 2 + rows


def test_tables_without_numbers_have_one_head_row() -> None:
    table = Table((Column("Tên"),), (("Một",),), numbered=False)

    assert [row.cells[0].text for row in Measured(render(register(blocks=(table,)))).tables[1].rows] == [
        "Tên",
        "Một",
    ]


@pytest.mark.parametrize("columns", [(), (Column("Một"), Column("Hai"))])
def test_tables_refuse_rows_that_do_not_fit(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="columns"):
        Table(columns, (("một",),))


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (make_table(1),),
        (make_table(1), make_table(1)),
        (Paragraph("a"), make_table(1)),
        (Bases(()),),
        (Bases(("Căn cứ Luật",)),),
        (Heading(Level.ROMAN, ""),),
        (Paragraph(""), Item(Level.POINT, ()), Paragraph("  \n ")),
        (make_table(0),),
    ],
    ids=repr,
)
@pytest.mark.parametrize("make", [make_letter, make_plan])
def test_odd_bodies_make_sound_files(make: Callable[..., Document], blocks: tuple[object, ...]) -> None:
    measured = Measured(render(make(blocks=blocks)))

    _require_sound(measured)


def test_neighbouring_tables_are_kept_apart() -> None:
    measured = Measured(render(make_letter(addressees=(), blocks=(make_table(1), make_table(1)))))

    names = [etree.QName(node).localname for node in measured.word.element.body]
    assert names == ["tbl", "p", "tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize(
    ("blocks", "last"),
    [
        ((Paragraph("Một."),), Paragraph("Một./.")),
        ((Paragraph("Một."), Paragraph(" \n")), Paragraph("Một./.")),
        ((Item(Level.CLAUSE, "Một;"),), Item(Level.CLAUSE, "Một./.")),
        ((Heading(Level.ARTICLE, "Một."),), Heading(Level.ARTICLE, "Một./.")),
        ((Paragraph((Span("a"), Span("b. ", bold=True))),), Paragraph((Span("a"), Span("b./.", bold=True)))),
        ((Bases(("Căn cứ A", "Căn cứ B")),), Paragraph("Căn cứ A; Căn cứ B./.")),
        ((Table((Column("a"), Column("b")), (("1", ""), ("2", ""))),), Table((Column("a"), Column("b")), (("1", ""), ("2./.", "")))),
        ((make_table(0),), make_table(0)),
    ],
)  # fmt: skip
def test_end_mark_is_glued_to_whatever_comes_last(blocks: tuple[object, ...], last: object) -> None:
    assert closed(blocks)[-1] == last  # type: ignore[arg-type]


def test_nothing_to_close_gets_no_end_mark() -> None:
    assert closed(()) == ()
    assert closed((Paragraph(""),)) == ()


def test_registers_have_no_end_mark() -> None:
    measured = Measured(render(register(blocks=(make_table(1), Paragraph("Cộng: 1.")))))

    assert measured.lines[-1] == "Cộng: 1."


def test_last_words_go_along_with_the_signature() -> None:
    measured = Measured(render(make_letter()))
    properties = xml(measured.find("Yêu cầu")).pPr

    assert properties.find(qn("w:keepNext")) is not None
    assert xml(measured.tables[1]).find(f".//{qn('w:cantSplit')}") is not None


def test_long_names_stay_whole() -> None:
    unit = "Bộ phận " + "Địa chính - Xây dựng - Đô thị và Môi trường " * 5
    head = type(HEAD)(("Ủy ban nhân dân", "phường " + "Nguyễn " * 20), "UBND", "Nơi " * 20)
    measured = Measured(render(make_letter(head=head, addressees=(unit,), subject="việc " * 100)))

    assert f"Kính gửi: {unit.strip()}." in measured.lines
    indents = [
        int(value)
        for node in measured.word.element.body.iter(qn("w:ind"))
        for key, value in node.items()
        if key in {qn("w:left"), qn("w:right")}
    ]
    assert min(indents) >= 0


def test_parts_are_those_of_a_plain_text_document() -> None:
    with zipfile.ZipFile(io.BytesIO(render(make_letter()))) as archive:
        names = archive.namelist()

    assert names == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "docProps/core.xml",
    ]


anything = st.text(st.characters(exclude_categories=()), max_size=40)
block = st.one_of(
    st.builds(Paragraph, anything),
    st.builds(Heading, st.sampled_from(Level), anything),
    st.builds(Item, st.sampled_from(Level), anything),
    st.builds(Bases, st.lists(anything, max_size=3).map(tuple)),
    st.builds(
        Table,
        st.just((Column("a"), Column("b"))),
        st.lists(st.tuples(anything, anything), max_size=3).map(tuple),
    ),
)


@given(
    text=anything,
    lines=st.lists(anything, max_size=3).map(tuple),
    blocks=st.lists(block, max_size=6).map(tuple),
)
@settings(max_examples=60, deadline=None)
def test_no_input_makes_an_unsound_file(
    text: str, lines: tuple[str, ...], blocks: tuple[object, ...]
) -> None:
    document = make_letter(
        subject=text,
        number=text,
        symbol=text,
        urgency=text,
        addressees=lines,
        blocks=blocks,
        signature=SignatureBlock(lines, text),
        annexes=(Annex(text, blocks),),
    )

    content = render(document)

    assert content == render(document)
    _require_sound(Measured(content))


def _require_sound(measured: Measured) -> None:
    """Check what Word asks for before it opens a file without repairing it."""
    body = measured.word.element.body
    cells = list(body.iter(qn("w:tc")))
    assert all(cell[-1].tag == qn("w:p") for cell in cells)
    assert body[-1].tag == qn("w:sectPr")
    assert body[-2].tag == qn("w:p")
    tables = [node.getnext() for node in body.findall(qn("w:tbl"))]
    assert all(following.tag == qn("w:p") for following in tables)
    known = {style.style_id for style in measured.word.styles}
    assert {node.get(qn("w:val")) for node in body.iter(qn("w:pStyle"))} <= known
    docx.Document(io.BytesIO(measured.content))
