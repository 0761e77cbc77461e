"""Tables of Word: their cells column by column, merged ones told apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from cchc_portal.storage.formats.ooxml import attribute, local_name

SAME = ['"']  # a cell that the one above it runs on into
LINE_BREAK = "\u2028"  # between the paragraphs of a cell: its row stays one line
_AROUND = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_MOST_COLUMNS = 64


@dataclass
class Cell:
    """A cell: the element it holds its blocks in, nothing where another covers it."""

    elements: list[etree._Element] = field(default_factory=list)
    is_same: bool = False


def rows(table: etree._Element) -> Iterator[list[Cell]]:
    """Yield the rows that were not deleted; a cell over several columns is followed by empty ones."""
    for row in _children(table, "tr"):
        if row.find("{*}trPr/{*}del") is None:
            cells = [cell for element in _children(row, "tc") for cell in _spread(element)]
            if cells:
                yield cells[:_MOST_COLUMNS]


def line(cells: Sequence[Sequence[str]]) -> str:
    """Return a row as one line between bars."""
    words = (LINE_BREAK.join(cell).replace("|", "¦").replace("\n", LINE_BREAK) for cell in cells)
    return "| " + " | ".join(words) + " |"


def _children(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for element in parent:
        name = local_name(element)
        if name == wanted:
            yield element
        elif name in _AROUND:
            yield from _children(element, wanted)


def _spread(element: etree._Element) -> list[Cell]:
    merge = element.find("{*}tcPr/{*}vMerge")
    is_same = merge is not None and attribute(merge, "val") != "restart"
    first = Cell([] if is_same else [element], is_same=is_same)
    return [first, *(Cell() for _ in range(_columns(element) - 1))]


def _columns(element: etree._Element) -> int:
    span = element.find("{*}tcPr/{*}gridSpan")
    words = attribute(span, "val") if span is not None else ""
    return min(int(words), _MOST_COLUMNS) if words.isdecimal() and int(words) else 1
