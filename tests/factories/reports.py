"""Official documents as the office writes them, and a way to measure what came out."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.reports.docx import (
    Bases,
    Capacity,
    Column,
    Document,
    DocumentKind,
    LetterHead,
    Paragraph,
    Recipients,
    SignatureBlock,
    Table,
    shipped,
)
from cchc_portal.reports.models import DocumentTemplate
from tests.factories.accounts import make_user
from tests.factories.storage import keep_file

HEAD = LetterHead(("Ủy ban nhân dân", "phường Bắc Hồng"), "UBND phường Bắc Hồng", "Bắc Hồng")
SIGNED = SignatureBlock((Capacity.BY_ORDER.of("CHỦ TỊCH"), "CHÁNH VĂN PHÒNG"))
TWIPS_PER_MM = 1440 / 25.4


def make_letter(**changes: object) -> Document:
    """Make a letter with a bit of everything."""
    return Document(
        **{
            "kind": DocumentKind.LETTER,
            "head": HEAD,
            "symbol": "UBND-VP",
            "subject": "đôn đốc thực hiện nhiệm vụ",
            "on": date(2023, 3, 22),
            "addressees": ("Các bộ phận chuyên môn thuộc UBND phường",),
            "blocks": (Paragraph("Thực hiện Công văn số 124/UBND-NV."), Paragraph("Yêu cầu thực hiện.")),
            "signature": SIGNED,
            "recipients": Recipients(("Như trên", "Lãnh đạo UBND phường"), "VT, VP"),
            **changes,
        }
    )


def make_plan(**changes: object) -> Document:
    """Make a plan: a document with its type above the subject."""
    return Document(
        **{
            "kind": DocumentKind.ACT,
            "head": HEAD,
            "symbol": "KH-UBND",
            "subject": "Khắc phục tồn tại, hạn chế năm 2023",
            "title": "Kế hoạch",
            "on": date(2023, 3, 22),
            "blocks": (
                Bases(("Căn cứ Luật Tổ chức chính quyền địa phương;", "Căn cứ Kế hoạch số 46/KH-UBND")),
                Paragraph("Nội dung kế hoạch."),
            ),
            "signature": SIGNED,
            "recipients": Recipients(("Như trên",)),
            **changes,
        }
    )


def make_table(rows: int = 2) -> Table:
    """Make a table of two columns."""
    return Table(
        (Column("STT", 1), Column("Nội dung", 5)), tuple((str(n), f"Việc {n}") for n in range(1, rows + 1))
    )


def make_template(
    kind: DocumentKind = DocumentKind.LETTER,
    *,
    by: User | None = None,
    content: bytes = b"",
    name: str = "Mẫu.docx",
) -> DocumentTemplate:
    """Put a template of the Office in force: the shipped one under its own name unless told otherwise."""
    template = DocumentTemplate(
        kind=kind,
        file=keep_file(content or shipped.file_of(kind), kind="docx"),
        file_name=name,
        chosen_by=by or make_user(Role.OFFICE),
    )
    db.session.add(template)
    db.session.commit()
    return template


@dataclass(frozen=True)
class Look:
    """How a run is shown in the end, whatever style or run says so."""

    size: float
    bold: bool
    italic: bool
    fonts: tuple[str, ...]


class Measured:
    """A produced file, opened by a program that is not ours."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.word: WordDocument = docx.Document(io.BytesIO(content))

    @cached_property
    def paragraphs(self) -> list[WordParagraph]:
        """All paragraphs of the body in order, those in tables too."""
        return [WordParagraph(node, self.word) for node in self.word.element.body.iter(qn("w:p"))]

    @property
    def lines(self) -> list[str]:
        """The words of all paragraphs that have some."""
        return [one.text for one in self.paragraphs if one.text.strip()]

    @property
    def tables(self) -> list[WordTable]:
        """All tables of the body."""
        return self.word.tables

    def find(self, words: str) -> WordParagraph:
        """Return the first paragraph that holds some words."""
        return next(one for one in self.paragraphs if words in one.text)

    def look(self, paragraph: WordParagraph) -> Look:
        """Return how the first run of a paragraph is shown."""
        sources = [*(xml(run).rPr for run in paragraph.runs[:1]), *self._chain(paragraph)]
        fonts = _first(sources, "rFonts")
        return Look(
            size=int(_first(sources, "sz").get(qn("w:val"))) / 2,
            bold=_is_on(_first(sources, "b")),
            italic=_is_on(_first(sources, "i")),
            fonts=tuple(fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")),
        )

    def layout(self, paragraph: WordParagraph) -> dict[str, str]:
        """Return alignment, spacing and indents of a paragraph, as Word keeps them."""
        found: dict[str, str] = {}
        own = xml(paragraph).pPr
        styles = [style.element.pPr for style in _styles(paragraph)]
        for properties in (own, *styles):
            for name in ("spacing", "ind", "jc"):
                node = None if properties is None else properties.find(qn(f"w:{name}"))
                for key, value in () if node is None else node.items():
                    found.setdefault(f"{name}.{etree.QName(key).localname}", value)
        return found

    def rule_share(self, rule: WordParagraph, width: int, room: int) -> float:
        """Return how long a line is in relation to the words above it."""
        layout = self.layout(rule)
        length = room - int(layout["ind.left"]) - int(layout["ind.right"])
        return length / width

    def part(self, name: str) -> str:
        """Return a part of the file as text."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return archive.read(name).decode()

    def _chain(self, paragraph: WordParagraph) -> Iterator[etree._Element]:
        yield from (style.element.rPr for style in _styles(paragraph))
        defaults = self.word.styles.element.find(qn("w:docDefaults"))
        yield defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")


def xml(thing: object) -> etree._Element:
    """Return the element behind a paragraph, run or table."""
    return thing._element  # type: ignore[attr-defined]  # noqa: SLF001  there is no other way to it


def edited(content: bytes, changes: Mapping[str, str], *, part: str = "word/document.xml") -> bytes:
    """Return a DOCX in which some text of a part is replaced, as a clerk's program would."""
    return repacked(content, {part: _changed(content, changes, part)})


def repacked(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a DOCX with some parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in source.namelist():
            if name not in parts:
                new.writestr(name, source.read(name))
        for name, body in parts.items():
            new.writestr(name, body)
    return target.getvalue()


def _changed(content: bytes, changes: Mapping[str, str], part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(part).decode()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _styles(paragraph: WordParagraph) -> Iterator[object]:
    style = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def _first(sources: list[etree._Element], name: str) -> etree._Element | None:
    nodes = (source.find(qn(f"w:{name}")) for source in sources if source is not None)
    return next((node for node in nodes if node is not None), None)


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get(qn("w:val"), "1") not in {"0", "false"}
