"""Templates as clerks bring them back from Word, and as nobody should bring them."""

import io
import re
import time
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from cchc_portal.core.errors import Invalid
from cchc_portal.reports.docx import Document, DocumentKind, Paragraph, render, shipped
from cchc_portal.reports.docx.marks import BLOCKS, Mark, named
from cchc_portal.reports.docx.package import DAMAGED, TOO_LARGE, WRONG_PICTURE
from cchc_portal.reports.docx.safety import EMBEDDED, FIELDS, MARGINS, PAPER
from cchc_portal.reports.docx.styles import Style
from cchc_portal.reports.docx.template import (
    ALLOWED,
    MISSING,
    NEEDED,
    NOT_ALONE,
    UNKNOWN,
    WrongMarks,
    require_usable,
)
from cchc_portal.reports.docx.widths import text_width
from tests.factories.reports import HEAD, Measured, edited, make_letter, make_plan, make_table, repacked, xml
from tests.factories.storage import docx_bytes, image_bytes, saved, zipped

LETTER = DocumentKind.LETTER
BODY = "{{ nội dung }}"
RUN = '<w:r><w:t xml:space="preserve">{{ nội dung }}</w:t></w:r>'


@pytest.fixture
def template() -> bytes:
    return shipped.file_of(LETTER)


@pytest.mark.parametrize("kind", DocumentKind)
def test_shipped_templates_are_usable_and_fill_in_as_if_none_was_given(kind: DocumentKind) -> None:
    content = shipped.file_of(kind)
    document = Document(
        kind, HEAD, "Khắc phục", date(2023, 3, 22), title="Kế hoạch", blocks=(make_table(), Paragraph("Hết."))
    )

    require_usable(kind, content)

    assert Measured(render(document, content)).lines == Measured(render(document)).lines


@pytest.mark.parametrize("kind", DocumentKind)
def test_shipped_templates_hold_every_allowed_mark(kind: DocumentKind) -> None:
    words = re.findall(r"\{\{([^{}]+)\}\}", " ".join(Measured(shipped.file_of(kind)).lines))

    assert {named(one) for one in words} >= set(NEEDED[kind])
    assert {named(one) for one in words} <= ALLOWED[kind]


@pytest.mark.parametrize(
    ("kind", "mark"), [(kind, mark) for kind in DocumentKind for mark in sorted(NEEDED[kind])]
)
def test_missing_marks_are_named(kind: DocumentKind, mark: Mark) -> None:
    content = edited(shipped.file_of(kind), {mark.written: "…"})

    with pytest.raises(WrongMarks) as refused:
        require_usable(kind, content)

    assert (refused.value.message, refused.value.found) == (MISSING, mark.written)


def test_optional_marks_may_go(template: bytes) -> None:
    content = edited(template, {Mark.SUPERIOR.written: "", Mark.URGENCY.written: ""})

    require_usable(LETTER, content)

    assert Measured(render(make_letter(urgency="KHẨN"), content)).lines[0] == "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    "written",
    [
        "{{nội dung}}",
        "{{   Nội Dung }}",
        "{{ NỘI DUNG }}",
        "{{ noi dung }}",
        "{{ nội\u00a0dung }}",
        "{{ nô\u0323i dung }}",
    ],
)
def test_marks_are_known_however_they_are_typed(template: bytes, written: str) -> None:
    content = edited(template, {BODY: written})

    require_usable(LETTER, content)

    assert "Yêu cầu thực hiện./." in Measured(render(make_letter(), content)).lines


@pytest.mark.parametrize(
    "runs",
    [
        "<w:r><w:t>{</w:t></w:r><w:r><w:t>{ nội</w:t></w:r><w:r><w:t xml:space='preserve'> dung }}</w:t></w:r>",
        "<w:r><w:t>{{ n</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr><w:t>ội dung }}</w:t></w:r>",
        "<w:r><w:t>{{ nội </w:t><w:t>dung }</w:t></w:r><w:bookmarkStart w:id='1' w:name='a'/><w:r><w:t>}</w:t></w:r>",
        "<w:r><w:t>{{ </w:t></w:r><w:ins w:id='1' w:author='x'><w:r><w:t>nội dung }}</w:t></w:r></w:ins>",
        "<w:r><w:t>{{ nội dung</w:t></w:r><w:del w:id='1'><w:r><w:delText>xx</w:delText></w:r></w:del><w:r><w:t> }}</w:t></w:r>",
        "<w:smartTag w:element='x'><w:r><w:t>{{ nội dung }}</w:t></w:r></w:smartTag>",
        "<w:r><w:t>{{ nội dung }}</w:t></w:r><w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>",
    ],
)
def test_marks_that_word_has_cut_up_still_work(template: bytes, runs: str) -> None:
    content = edited(template, {RUN: runs})

    require_usable(LETTER, content)

    measured = Measured(render(make_letter(), content))
    assert "Yêu cầu thực hiện./." in measured.lines
    assert not [line for line in measured.lines if "{{" in line]


def test_marks_between_other_words_take_on_the_look_of_their_place(template: bytes) -> None:
    runs = "<w:r><w:t>Số: </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>{{ số, </w:t></w:r><w:r><w:t>ký hiệu }} (dự thảo)</w:t></w:r>"
    content = edited(template, {'<w:r><w:t xml:space="preserve">Số: {{ số, ký hiệu }}</w:t></w:r>': runs})

    measured = Measured(render(make_letter(number="7"), content))
    paragraph = measured.find("Số: ")

    assert [(run.text, run.italic) for run in paragraph.runs] == [
        ("Số: ", None),
        ("07/UBND-VP", True),
        (" (dự thảo)", None),
    ]


def test_template_saved_by_word_comes_out_clean(template: bytes) -> None:
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 wp14" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"'
    )
    issuer = '<w:t xml:space="preserve">{{ cơ quan ban hành }}</w:t></w:r></w:p>'
    main = (
        Measured(template)
        .part("word/document.xml")
        .replace("<w:document ", f"<w:document {spaces} ", 1)
        .replace(
            "<w:p>", '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00A1" w:rsidRDefault="00A1">'
        )
        .replace(
            issuer,
            f'{issuer[:-6]}<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/></w:p>',
        )
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Page Numbers (Top of Page)"/></w:docPartObj></w:sdtPr>'
        '<w:sdtContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>PAGE   \\* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
    )
    header = re.sub(
        r"(<w:hdr[^>]*>).*(</w:hdr>)",
        lambda found: found[1] + control + found[2],
        Measured(template).part("word/header1.xml"),
    )
    content = repacked(template, {"word/document.xml": main, "word/header1.xml": header})

    require_usable(LETTER, content)

    produced = Measured(render(make_letter(), content))
    text = produced.part("word/document.xml")
    assert produced.lines == Measured(render(make_letter())).lines
    assert "_GoBack" not in text
    assert "paraId=" not in text
    assert 'mc:Ignorable="w14 wp14"' in text
    assert text.count("xmlns:w14=") == 1
    assert "PAGE" in produced.word.sections[0].header.paragraphs[0]._p.xml  # noqa: SLF001


def test_content_controls_are_seen_through(template: bytes) -> None:
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="VBNoiDung"/></w:pPr>{RUN}</w:p>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
    content = edited(template, {paragraph: control})

    require_usable(LETTER, content)

    assert "Yêu cầu thực hiện./." in Measured(render(make_letter(), content)).lines


def test_a_file_saved_again_by_another_program_still_works(template: bytes) -> None:
    word = docx.Document(io.BytesIO(template))
    word.core_properties.author = "Người sửa mẫu"
    word.styles[Style.BODY.value].font.size = Pt(13)
    word.add_paragraph("Điện thoại: …")
    content = saved(word)

    require_usable(LETTER, content)

    measured = Measured(render(make_letter(), content))
    assert measured.look(measured.find("Yêu cầu thực hiện")).size == 13
    assert "Điện thoại: …" in measured.lines
    assert measured.word.core_properties.author == ""


def test_words_and_looks_a_clerk_changed_by_hand_come_out(template: bytes) -> None:
    changes = {
        "Số: {{": "Số văn bản: {{",
        RUN: RUN.replace("<w:r>", '<w:r><w:rPr><w:sz w:val="26"/></w:rPr>'),
    }

    measured = Measured(render(make_letter(), edited(template, changes)))

    assert measured.find("Số văn bản: ").text == "Số văn bản:       /UBND-VP"
    assert measured.look(measured.find("Yêu cầu thực hiện")).size == 13


def test_missing_styles_come_from_the_shipped_template(template: bytes) -> None:
    styles = Measured(template).part("word/styles.xml")
    without = re.sub(
        r'  <w:style w:type="paragraph" w:customStyle="1".*?</w:style>\n', "", styles, flags=re.DOTALL
    )
    content = repacked(template, {"word/styles.xml": without})

    require_usable(LETTER, content)

    measured = Measured(render(make_letter(blocks=(make_table(), Paragraph("Hết."))), content))
    known = {style.style_id for style in measured.word.styles}
    assert {"VBNoiDung", "VBBangTieuDe", "VBNguoiKy"} <= known
    assert measured.look(measured.find("Hết")).size == 14


def test_styles_are_found_by_name_whatever_word_calls_them_inside(template: bytes) -> None:
    styles = Measured(template).part("word/styles.xml").replace('"VBNoiDung"', '"a17"')
    main = Measured(template).part("word/document.xml").replace('"VBNoiDung"', '"a17"')
    content = repacked(template, {"word/styles.xml": styles, "word/document.xml": main})

    measured = Measured(render(make_letter(), content))

    assert measured.find("Yêu cầu thực hiện").style.name == Style.BODY.value
    assert [style.name for style in measured.word.styles].count(Style.BODY.value) == 1


def test_a_style_id_that_is_taken_gets_another(template: bytes) -> None:
    name = f'<w:name w:val="{Style.BODY.value}"/>'
    styles = Measured(template).part("word/styles.xml").replace(name, '<w:name w:val="Khác"/>', 1)
    content = repacked(template, {"word/styles.xml": styles})

    measured = Measured(render(make_letter(blocks=(Paragraph("a"), Paragraph("b"))), content))

    ids = [style.style_id for style in measured.word.styles]
    assert len(ids) == len(set(ids))


def test_pictures_and_contact_links_are_kept(template: bytes) -> None:
    word = docx.Document(io.BytesIO(template))
    word.paragraphs[-1].add_run().add_picture(io.BytesIO(image_bytes("PNG")))
    relation = word.part.relate_to("mailto:ubnd@example.vn", _kind("hyperlink"), is_external=True)
    xml(word.paragraphs[-1]).append(_hyperlink(relation))
    content = saved(word)

    require_usable(LETTER, content)

    produced = render(make_letter(), content)
    with zipfile.ZipFile(io.BytesIO(produced)) as archive:
        assert [name for name in archive.namelist() if "image" in name] == ["word/image1.png"]
    assert 'Target="mailto:ubnd@example.vn" TargetMode="External"' in Measured(produced).part(
        "word/_rels/document.xml.rels"
    )


@pytest.mark.parametrize("written", ["{{ ngày sinh }}", "{{ }}", "{{ 1+1 }}", "{{ config }}"])
def test_unknown_marks_are_refused(template: bytes, written: str) -> None:
    content = edited(template, {"Độc lập - Tự do": f"Độc lập {written}"})

    with pytest.raises(WrongMarks) as refused:
        require_usable(LETTER, content)

    assert (refused.value.message, refused.value.found) == (UNKNOWN, written)


@pytest.mark.parametrize("mark", sorted(BLOCKS))
def test_block_marks_stand_alone(template: bytes, mark: Mark) -> None:
    content = edited(template, {mark.written: f"{mark.written} và chữ khác"})

    with pytest.raises(WrongMarks) as refused:
        require_usable(LETTER, content)

    assert (refused.value.message, refused.value.found) == (NOT_ALONE, mark.written)


def test_block_marks_stand_once(template: bytes) -> None:
    content = edited(template, {"Độc lập - Tự do - Hạnh phúc": BODY})

    with pytest.raises(WrongMarks) as refused:
        require_usable(LETTER, content)

    assert refused.value.message == NOT_ALONE


def test_body_mark_stands_in_no_table(template: bytes) -> None:
    content = edited(template, {"{{ người ký }}": BODY, BODY: "{{ người ký }}"})

    with pytest.raises(WrongMarks) as refused:
        require_usable(LETTER, content)

    assert refused.value.found == BODY


def test_marks_in_page_headers_are_filled_and_checked(template: bytes) -> None:
    header = Measured(template).part("word/header1.xml")
    line = "<w:p><w:r><w:t>{{ cơ quan ban hành }}: {{ trích yếu }}</w:t></w:r></w:p></w:hdr>"
    content = repacked(template, {"word/header1.xml": header.replace("</w:hdr>", line)})
    require_usable(LETTER, content)

    filled = Measured(render(make_letter(), content)).word.sections[0].header.paragraphs[1].text
    assert filled == "ỦY BAN NHÂN DÂN PHƯỜNG BẮC HỒNG: đôn đốc thực hiện nhiệm vụ"

    with pytest.raises(WrongMarks):
        require_usable(
            LETTER,
            repacked(
                content, {"word/header1.xml": header.replace("</w:hdr>", line.replace("trích yếu", "lạ"))}
            ),
        )
    with pytest.raises(WrongMarks):
        require_usable(
            LETTER,
            repacked(
                content,
                {"word/header1.xml": header.replace("</w:hdr>", line.replace("trích yếu", "nội dung"))},
            ),
        )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({'w:w="11906" w:h="16838"': 'w:w="12240" w:h="15840"'}, PAPER),
        ({'w:left="1701"': 'w:left="1134"'}, MARGINS),
        ({'w:right="1134"': 'w:right="567"'}, MARGINS),
        ({'w:top="1134"': 'w:top="0"'}, MARGINS),
        ({'w:bottom="1134"': 'w:bottom="x"'}, MARGINS),
    ],
)  # fmt: skip
def test_pages_the_decree_does_not_know_are_refused(
    template: bytes, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, edited(template, changes))

    assert refused.value.message == message


def test_margins_within_the_decree_are_kept(template: bytes) -> None:
    content = edited(template, {'w:left="1701"': 'w:left="1984"', 'w:right="1134"': 'w:right="850"'})

    require_usable(LETTER, content)

    section = Measured(render(make_letter(), content)).word.sections[0]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [35, 15]


@pytest.mark.parametrize(
    "inside",
    [
        '<w:altChunk r:id="rId1"/>',
        '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Package"/></w:object>',
        '<w:control r:id="rId1"/>',
        '<w:subDoc r:id="rId1"/>',
        '<w:p><w:hyperlink r:id="rId99"><w:r/></w:hyperlink></w:p>',
        '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" src="http://evil.example/a"/></w:pict></w:r></w:p>',
        '<w:p><w:r><w:pict><v:fill xmlns:v="urn:schemas-microsoft-com:vml" src="\\\\evil\\share"/></w:pict></w:r></w:p>',
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="rId98"/></w:drawing></w:r></w:p>',
    ],
)
def test_embedded_and_fetching_things_are_refused(template: bytes, inside: str) -> None:
    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, edited(template, {"<w:body>": f"<w:body>{inside}"}))

    assert refused.value.message == EMBEDDED


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/>',
        "<w:r><w:delInstrText>DDEAUTO cmd</w:delInstrText></w:r>",
        '<w:fldSimple w:instr=" INCLUDETEXT \\\\evil\\a.docx"/>',
        '<w:r><w:instrText>INCLUDEPICTURE "http://evil.example/x.png"</w:instrText></w:r>',
        "<w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>E x y</w:instrText></w:r>",
        "<w:r><w:instrText>MACROBUTTON x</w:instrText></w:r>",
        '<w:r><w:instrText>HYPERLINK "http://evil.example"</w:instrText></w:r>',
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:instrText> QUOTE 68 68 69</w:instrText></w:r>",
    ],
)
def test_fields_other_than_page_numbers_are_refused(template: bytes, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, edited(template, {"<w:body>": f"<w:body><w:p>{field}</w:p>"}))

    assert refused.value.message == FIELDS


@pytest.mark.parametrize(
    "field", [" PAGE  \\* MERGEFORMAT ", "PAGE \\* Arabic \\* MERGEFORMAT", " NUMPAGES ", "SECTIONPAGES"]
)
def test_page_number_fields_of_word_are_kept(template: bytes, field: str) -> None:
    header = Measured(template).part("word/header1.xml").replace(" PAGE ", field)
    content = repacked(template, {"word/header1.xml": header})

    require_usable(LETTER, content)

    assert field in Measured(render(make_letter(), content)).part("word/header1.xml")


def test_what_else_a_file_carries_stays_behind(template: bytes) -> None:
    relation = '<Relationship Id="rId77" Type="{}/{}" Target="{}"{}/></Relationships>'
    listing = Measured(template).part("word/_rels/document.xml.rels")
    outside = ' TargetMode="External"'
    for number, (kind, target, mode) in enumerate(
        [
            ("attachedTemplate", "file:///C:/Normal.dotm", outside),
            ("settings", "settings2.xml", ""),
            ("customXml", "../customXml/item1.xml", ""),
            ("vbaProject", "vbaProject.bin", ""),
            ("oleObject", "embeddings/a.bin", ""),
            ("image", "http://evil.example/a.png", outside),
            ("hyperlink", "file://evil/share", outside),
            ("webSettings", "webSettings.xml", ""),
        ],
    ):
        row = relation.format(_kind(""), kind, target, mode).replace("rId77", f"rId7{number}")
        listing = listing.replace("</Relationships>", row)
    content = repacked(
        template,
        {
            "word/_rels/document.xml.rels": listing,
            "word/vbaProject.bin": b"macro",
            "customXml/item1.xml": "<a/>",
        },
    )

    produced = render(make_letter(), content)

    with zipfile.ZipFile(io.BytesIO(produced)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist())
        assert len(archive.namelist()) == 9
    assert not [word for word in (b"evil", b"vba", b"customXml", b"Normal.dotm", b"macro") if word in text]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", DAMAGED),
        (b"PK\x03\x04 nothing", DAMAGED),
        (zipped({"a.txt": "a"}), DAMAGED),
        (zipped({"_rels/.rels": "<a>"}), DAMAGED),
        (zipped({"_rels/.rels": "<Relationships/>"}), DAMAGED),
        (b"x" * (2 * 1024 * 1024 + 1), TOO_LARGE),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, content)

    assert refused.value.message == message


@pytest.mark.parametrize("size", [3 * 1024 * 1024])
def test_parts_that_unpack_too_large_are_refused(template: bytes, size: int) -> None:
    content = repacked(template, {"word/styles.xml": b"<a>" + b" " * size + b"</a>"})

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, content)

    assert refused.value.message == TOO_LARGE


def test_document_types_are_refused_before_anything_is_resolved(template: bytes) -> None:
    main = Measured(template).part("word/document.xml")
    doctype = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    evil = main.replace("<w:document", f"{doctype}<w:document", 1).replace("Độc lập", "&a;Độc lập")

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, repacked(template, {"word/document.xml": evil}))

    assert refused.value.message == DAMAGED


@pytest.mark.parametrize(
    "many",
    ["<w:p/>" * 300_000, "<w:p><w:r><w:t>{{ cơ quan ban hành }}</w:t></w:r></w:p>" * 20_000, "<w:tbl/>" * 50_000],
    ids=["paragraphs", "marks", "tables"],
)  # fmt: skip
def test_templates_of_very_many_pieces_are_refused_at_once(template: bytes, many: str) -> None:
    content = edited(template, {"<w:body>": f"<w:body>{many}"})
    start = time.process_time()

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, content)

    assert refused.value.message == TOO_LARGE
    assert time.process_time() - start < 1


def test_templates_with_elements_of_very_many_attributes_are_refused_at_once(template: bytes) -> None:
    many = " ".join(f'a{number}="1"' for number in range(100_000))
    content = edited(template, {"<w:body>": f"<w:body {many}>"})
    start = time.process_time()

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, content)

    assert refused.value.message == TOO_LARGE
    assert time.process_time() - start < 1


def test_templates_of_many_paragraphs_are_filled_in_seconds(template: bytes) -> None:
    content = edited(template, {"<w:body>": "<w:body>" + "<w:p><w:r><w:t>Dòng</w:t></w:r></w:p>" * 2_000})
    start = time.process_time()

    require_usable(LETTER, content)
    produced = render(make_letter(), content)

    assert Measured(produced).lines.count("Dòng") == 2_000
    assert time.process_time() - start < 10


def test_messages_name_a_few_marks_at_most(template: bytes) -> None:
    strange = "".join(f"<w:p><w:r><w:t>{{{{ lạ {number} }}}}</w:t></w:r></w:p>" for number in range(500))

    with pytest.raises(WrongMarks) as refused:
        require_usable(LETTER, edited(template, {"<w:body>": f"<w:body>{strange}"}))

    assert refused.value.found == "{{ lạ 0 }}, {{ lạ 1 }}, {{ lạ 2 }}"


def test_depth_is_limited(template: bytes) -> None:
    deep = "<w:p>" * 5000 + "</w:p>" * 5000

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, edited(template, {"<w:body>": f"<w:body>{deep}"}))

    assert refused.value.message == DAMAGED


def test_strict_documents_are_asked_for_in_the_usual_form(template: bytes) -> None:
    usual, strict = (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, edited(template, {usual: strict}))

    assert refused.value.message == DAMAGED


def test_pictures_of_other_kinds_are_refused(template: bytes) -> None:
    listing = Measured(template).part("word/_rels/document.xml.rels")
    row = f'<Relationship Id="rId70" Type="{_kind("image")}" Target="media/a.emf"/></Relationships>'
    content = repacked(
        template,
        {
            "word/_rels/document.xml.rels": listing.replace("</Relationships>", row),
            "word/media/a.emf": b"\x01\x00\x00\x00 EMF",
        },
    )

    with pytest.raises(Invalid) as refused:
        require_usable(LETTER, content)

    assert refused.value.message == WRONG_PICTURE


def test_any_other_document_names_what_it_lacks() -> None:
    content = docx_bytes("Một tệp Word bất kỳ")

    with pytest.raises(Invalid):
        require_usable(LETTER, content)


def test_plan_template_is_no_letter_template() -> None:
    with pytest.raises(WrongMarks) as refused:
        require_usable(LETTER, shipped.file_of(DocumentKind.ACT))

    assert refused.value.message == UNKNOWN
    assert Measured(render(make_plan())).lines[0] == "ỦY BAN NHÂN DÂN"


def _kind(name: str) -> str:
    return f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}".rstrip("/")


def _hyperlink(relation: str) -> object:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    return link


@pytest.mark.parametrize("kind", DocumentKind)
def test_lines_of_the_shipped_template_look_right_before_it_is_filled(kind: DocumentKind) -> None:
    measured = Measured(shipped.file_of(kind))
    rule = measured.paragraphs[measured.paragraphs.index(measured.find("Độc lập")) + 1]
    room = int(xml(measured.tables[0]).findall(f".//{qn('w:tcW')}")[1].get(qn("w:w")))

    width = text_width("Độc lập - Tự do - Hạnh phúc", points=14, bold=True)

    assert measured.rule_share(rule, width, room) == pytest.approx(1, abs=0.01)
