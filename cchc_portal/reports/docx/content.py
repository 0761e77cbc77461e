"""What an official document says, without a word on how it looks."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cchc_portal.core.i18n import N_


class DocumentKind(StrEnum):
    """The families of documents, each with a template of its own."""

    LETTER = "letter"
    ACT = "act"
    TABLE = "table"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return KIND_LABELS[self]


KIND_LABELS = {
    DocumentKind.LETTER: N_("Công văn"),
    DocumentKind.ACT: N_("Văn bản có tên loại"),
    DocumentKind.TABLE: N_("Sổ, danh mục khổ ngang"),
}


class Capacity(StrEnum):
    """In whose stead a person signs (Phụ lục I, mục II, khoản 7)."""

    ON_BEHALF = "TM."
    IN_PLACE = "KT."
    BY_ORDER = "TL."
    BY_MANDATE = "TUQ."
    ACTING = "Q."

    def of(self, whom: str) -> str:
        """Return the line of the signature block: "TL. CHỦ TỊCH"."""
        return f"{self.value} {whom}"


class Level(StrEnum):
    """How deep a heading or an item stands; numbers are counted by the engine."""

    PART = "part"  # Phần I
    CHAPTER = "chapter"  # Chương I
    SECTION = "section"  # Mục 1
    ROMAN = "roman"  # I. NAME, as plans and reports are divided
    ARTICLE = "article"  # Điều 1.
    CLAUSE = "clause"  # 1.
    POINT = "point"  # a)
    DASH = "dash"  # -


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True)
class Span:
    """Words that differ from those around them."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; its number is counted."""

    level: Level
    text: str


@dataclass(frozen=True)
class Item:
    """A clause, point or dash without a heading of its own; its number is counted."""

    level: Level
    text: Text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; line breaks in it begin new paragraphs."""

    text: Text


@dataclass(frozen=True)
class Bases:
    """Legal bases (căn cứ ban hành), one per line."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Args:
        head: its heading.
        weight: its width in relation to the other columns.
        align: how its cells stand.
    """

    head: str
    weight: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A table; its head is repeated on every page.

    Args:
        columns: at least one.
        rows: texts, as many in each as there are columns; line breaks begin new paragraphs.
        numbered: whether a row "(1) (2) (3)" follows the head.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    numbered: bool = True

    def __post_init__(self) -> None:
        """Refuse rows that do not fit: a mistake of the program, not of a person."""
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a table needs columns, and a cell for each in every row")


Block = Heading | Item | Paragraph | Bases | Table


@dataclass(frozen=True)
class LetterHead:
    """Who issues documents.

    Args:
        issuer: lines of the full name, "ỦY BAN NHÂN DÂN" and "PHƯỜNG BẮC HỒNG".
        short_name: as it is called inside sentences, "UBND phường Bắc Hồng".
        place: before the date, "Bắc Hồng".
        superior: lines of the body above; none for a People's Committee.
    """

    issuer: tuple[str, ...]
    short_name: str
    place: str
    superior: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignatureBlock:
    """Who signs: lines of capacity and position; the name stays blank unless it is given.

    >>> SignatureBlock((Capacity.BY_ORDER.of("CHỦ TỊCH"), "CHÁNH VĂN PHÒNG")).lines
    ('TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG')
    """

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Recipients:
    """Who gets the document, and where it is filed ("VT, VP")."""

    places: tuple[str, ...] = ("Như trên",)
    filed: str = "VT"


@dataclass(frozen=True)
class Annex:
    """An annex: a section of its own with its own page numbers."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = True


@dataclass(frozen=True)
class Document:
    """An official document.

    Args:
        kind: which template it is set in.
        head: who issues it.
        symbol: after the number: "UBND-VP", "KH-UBND"; empty for registers.
        subject: trích yếu, without "V/v" and without a stop.
        on: its month and year, and its day if `has_day`: the registry usually fills that in.
        number: given by the registry; empty leaves room for it.
        title: its type in words, "Kế hoạch"; empty for letters.
        addressees: Kính gửi; none for most documents.
        blocks: the body; the closing mark "./." comes by itself.
        signature: who signs; None for registers.
        co_signature: who signs on the left: the secretary of minutes.
        recipients: None for none.
        urgency: "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC".
    """

    kind: DocumentKind
    head: LetterHead
    subject: str
    on: date
    symbol: str = ""
    has_day: bool = False
    number: str = ""
    title: str = ""
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signature: SignatureBlock | None = None
    co_signature: SignatureBlock | None = None
    recipients: Recipients | None = None
    annexes: tuple[Annex, ...] = field(default=())
    urgency: str = ""
