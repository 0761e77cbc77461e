"""DOCX, as a person reads it: lists numbered, tracked changes accepted, tables cell by cell."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from cchc_portal.storage.formats import grids, ooxml
from cchc_portal.storage.formats.kinds import Passage
from cchc_portal.storage.formats.numbering import Numbering
from cchc_portal.storage.formats.ooxml import Package, attribute, local_name

_AROUND = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)
_UNREAD = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "Fallback", "txbxContent"}
)
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_COLUMNS = 3  # fewer set a page: the two halves of a letterhead
_PAGE_NUMBER = re.compile(r"\W*(trang|page)?\W*\d*\W*\d*\W*", re.IGNORECASE)

check = ooxml.check


def read(path: Path) -> Iterator[Passage]:
    """Yield page headers, the body, page footers and notes."""
    with Package(path) as package:
        main = package.main()
        yield Passage(_margins(package, main, "header"), "đầu trang")
        yield Passage(_body(package, main), "")
        yield Passage(_margins(package, main, "footer"), "chân trang")
        for kind in ("footnotes", "endnotes"):
            yield Passage(_notes(package, main, kind), "chú thích")


def _body(package: Package, main: str) -> str:
    numbering = Numbering(_side_part(package, main, "numbering"), _side_part(package, main, "styles"))
    body = package.tree(main).find("{*}body")
    return "" if body is None else "\n".join(_lines(body, numbering))


def _margins(package: Package, main: str, kind: str) -> str:
    """Return the text of all headers or footers, each once, without bare page numbers."""
    lines: dict[str, None] = {}
    for part in package.related(main, kind):
        lines |= dict.fromkeys(_lines(package.tree(part), Numbering(None, None)))
    return "\n".join(line for line in lines if not _PAGE_NUMBER.fullmatch(line))


def _notes(package: Package, main: str, kind: str) -> str:
    root = _side_part(package, main, kind)
    notes: Iterable[etree._Element] = () if root is None else root
    return "\n".join(line for note in notes for line in _lines(note, Numbering(None, None)))


def _side_part(package: Package, main: str, kind: str) -> etree._Element | None:
    parts = package.related(main, kind)
    return package.tree(parts[0]) if parts else None


def _lines(container: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Yield the paragraphs inside an element in document order, those of boxes too; a table row by row."""
    carried = ""
    for block in _blocks(container):
        if local_name(block) == "tbl":
            yield from _table(block, numbering)
            continue
        text = carried + _inline(block)
        if _is_mark_deleted(block):  # the paragraph runs on into the next one
            carried = text
            continue
        carried = ""
        label = numbering.label(block)
        if text := text.strip():
            yield f"{label} {text}" if label else text
        for box in _boxes(block):
            yield from _lines(box, numbering)
    if carried.strip():
        yield carried.strip()


def _table(table: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Yield the rows of a real table cell by cell between bars; one that only sets a page, line by line."""
    rows = [[_cell(cell, numbering) for cell in row] for row in grids.rows(table)]
    if any(sum(bool(cell) for cell in row) >= _COLUMNS for row in rows) and len(rows) > 1:
        yield from (grids.line(row) for row in rows)
    else:
        yield from (text for row in rows for cell in row if cell != grids.SAME for text in cell)


def _cell(cell: grids.Cell, numbering: Numbering) -> list[str]:
    """Return the lines of a cell; a number that Word draws counts even where nothing stands behind it."""
    if cell.is_same:
        return grids.SAME
    found = []
    for element in cell.elements:
        only = list(_blocks(element))
        if len(only) == 1 and local_name(only[0]) == "p" and not _inline(only[0]).strip():
            found += [label] if (label := numbering.label(only[0])) else []
        else:
            found += _lines(element, numbering)
    return found


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    for element in container:
        name = local_name(element)
        if name in {"p", "tbl"}:
            yield element
        elif name in _AROUND:
            yield from _blocks(element)


def _inline(element: etree._Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name not in _UNREAD and not (name == "r" and _is_hidden(child)):
            yield from _pieces(child)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes anchored in a paragraph, not those inside other boxes or fallbacks."""
    for element in paragraph:
        name = local_name(element)
        if name == "txbxContent":
            yield element
        elif name not in _UNREAD:
            yield from _boxes(element)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and attribute(mark, "val") not in {"0", "false", "off"}


def _is_mark_deleted(paragraph: etree._Element) -> bool:
    return paragraph.find("{*}pPr/{*}rPr/{*}del") is not None
