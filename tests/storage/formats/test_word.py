import io
import unicodedata

import docx
import pytest

from cchc_portal.storage.formats import Kind, Passage, extract_text
from tests.factories import storage as files
from tests.factories.storage import Keep, paragraph, word_package, word_part

LEVELS = [
    ("decimal", "%1."),
    ("lowerLetter", "%2)"),
    ("decimal", "%1.%2.%3"),
    ("upperRoman", "%4"),
    ("bullet", "\uf0b7"),
]


def body(keep: Keep, content: bytes) -> list[str]:
    passages = extract_text(keep(content), Kind.DOCX)
    return [line for text, where in passages if where == "" for line in text.splitlines()]


def lists(*numbers: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(LEVELS)
    )
    instances = "".join(numbers) or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return word_part(
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{instances}', root="numbering"
    )


def item(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_read_letter_head_in_a_table(keep: Keep) -> None:
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    cells = (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG BẮC HỒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/UBND-VP",
        "ngày 6 tháng 3",
    )
    for cell, text in zip([*head.rows[0].cells, *head.rows[1].cells], cells, strict=True):
        cell.text = text
    document.add_paragraph("Kính gửi: Các bộ phận chuyên môn")

    lines = body(keep, files.saved(document))

    assert lines == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG BẮC HỒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/UBND-VP",
        "ngày 6 tháng 3",
        "Kính gửi: Các bộ phận chuyên môn",
    ]


def test_read_text_in_decomposed_form(keep: Keep) -> None:
    content = files.docx_bytes(unicodedata.normalize("NFD", "Cải cách hành chính"))

    assert body(keep, content) == ["Cải cách hành chính"]


def test_read_numbered_list(keep: Keep) -> None:
    items = [
        item("Một"),
        item("a", 1),
        item("b", 1),
        item("sâu", 2),
        item("La Mã", 3),
        item("Hai"),
        item("a", 1),
    ]
    content = word_package("".join([*items, item("chấm", 4)]), extra={"word/numbering.xml": lists()})

    assert body(keep, content) == [
        "1. Một", "a) a", "b) b", "1.b.1 sâu", "I La Mã", "2. Hai", "a) a", "- chấm",
    ]  # fmt: skip


def test_read_numbered_list_told_to_start_anew(keep: Keep) -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    numbers = lists(*(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in (1, 3)), again)
    items = [item("một"), item("hai", number=3), item("năm", number=2), item("sáu", number=2)]

    lines = body(keep, word_package("".join(items), extra={"word/numbering.xml": numbers}))

    assert lines == ["1. một", "2. hai", "5. năm", "6. sáu"]


def test_read_list_numbered_by_style(keep: Keep) -> None:
    styles = (
        '<w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
    )
    extra = {"word/numbering.xml": lists(), "word/styles.xml": word_part(styles, root="styles")}
    own, none = '<w:pStyle w:val="MucCon"/>', '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>'

    lines = body(
        keep,
        word_package(paragraph("một", own) + paragraph("lời", none) + paragraph("hai", own), extra=extra),
    )

    assert lines == ["1. một", "lời", "2. hai"]


def test_read_list_of_word_itself(keep: Keep) -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("ý", style="List Bullet")

    assert body(keep, files.saved(document)) == ["1. một", "2. hai", "- ý"]


def test_read_tracked_changes_as_accepted(keep: Keep) -> None:
    changed = (
        "<w:p><w:r><w:t>trước </w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>10/3</w:delText><w:t>10/3</w:t></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>15/3/2023</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3"><w:r><w:t>chỗ cũ</w:t></w:r></w:moveFrom></w:p>'
    )
    joined = paragraph("hai đoạn", "<w:rPr><w:del/></w:rPr>") + paragraph(" thành một")

    assert body(keep, word_package(changed + joined)) == ["trước 15/3/2023", "hai đoạn thành một"]


def test_read_deleted_row_and_hidden_text(keep: Keep) -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>xoá</w:t></w:r></w:p></w:tc></w:tr>"
    kept = "<w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>còn</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr>"
    hidden = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r></w:p>'
    )

    assert body(keep, word_package(f"<w:tbl>{gone}{kept}</w:tbl>{hidden}")) == ["còn", "hiện"]


def test_read_text_box_once(keep: Keep) -> None:
    box = f"<w:txbxContent>{paragraph('Số: 12')}</w:txbxContent>"
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn = (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert body(keep, word_package(f"<w:p><w:r><w:t>UBND</w:t>{drawn}</w:r></w:p>")) == ["UBND", "Số: 12"]


def test_read_breaks_tabs_and_field_codes(keep: Keep) -> None:
    run = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:instrText>PAGE</w:instrText></w:r>"

    assert body(keep, word_package(f"<w:p>{run}</w:p>")) == ["a", "b\tc-"]


def test_read_header_footer_and_notes(keep: Keep) -> None:
    content = word_package(
        paragraph("Thân"),
        extra={
            "word/header.xml": word_part(paragraph("UBND PHƯỜNG") + paragraph("Trang 2/5"), root="hdr"),
            "word/footer.xml": word_part(paragraph("2"), root="ftr"),
            "word/footnotes.xml": word_part(
                f"<w:footnote>{paragraph('Theo NĐ 30')}</w:footnote>", root="footnotes"
            ),
        },
    )

    passages = extract_text(keep(content), Kind.DOCX)

    assert passages == [
        Passage("UBND PHƯỜNG", "đầu trang"),
        Passage("Thân", ""),
        Passage("Theo NĐ 30", "chú thích"),
    ]


def test_read_strict_open_xml(keep: Keep) -> None:
    usual = word_package(paragraph("Chặt chẽ"))
    with files.zipfile.ZipFile(io.BytesIO(usual)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {
        name: part.replace(files.WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            files.RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, part in parts.items()
    }

    assert body(keep, files.zipped(strict)) == ["Chặt chẽ"]


@pytest.mark.parametrize("broken", ["", "<w:p/>", paragraph("")])
def test_read_document_without_text(keep: Keep, broken: str) -> None:
    assert extract_text(keep(word_package(broken)), Kind.DOCX) == []
