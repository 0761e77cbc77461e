"""Paragraphs and tables of the body, in the styles of a template."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from cchc_portal.core.text import clean, clean_line
from cchc_portal.reports.docx.content import (
    Align,
    Bases,
    Block,
    Heading,
    Item,
    Level,
    Paragraph,
    Span,
    Table,
    Text,
)
from cchc_portal.reports.docx.numbering import labelled
from cchc_portal.reports.docx.oxml import element, run, w
from cchc_portal.reports.docx.styles import Style, Styles
from cchc_portal.reports.docx.words import ended, listed

_CENTRED = (Level.PART, Level.CHAPTER, Level.SECTION)
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")
_THIN = 4  # eighths of a point


class Writer:
    """Makes paragraphs and tables.

    Args:
        styles: of the template.
        width: of the text, in twips.
        model: the paragraph of the mark that is replaced; what a clerk changed on it by hand goes over
            to the paragraphs of the same style.
    """

    def __init__(self, styles: Styles, *, width: int, model: etree._Element | None = None) -> None:
        self._styles = styles
        self._width = width
        self._model = model

    def blocks(self, blocks: Iterable[Block]) -> Iterator[etree._Element]:
        """Yield the elements of blocks, numbered."""
        follows_table = False
        for block, label in labelled(blocks):
            if follows_table:
                yield _gap()
            follows_table = isinstance(block, Table)
            if isinstance(block, Table):
                yield self.table(block)
            elif isinstance(block, Heading):
                yield from self._heading(block, label)
            elif isinstance(block, Bases):
                yield from (self.paragraph(Style.BASIS, line) for line in listed(block.lines, dash=""))
            else:
                yield from self._text(block, label)

    def paragraph(self, style: Style, text: Text = "", *, align: Align | None = None) -> etree._Element:
        """Return a paragraph of a style."""
        like = self._model if self._model is not None and self._styles.is_of(self._model, style) else None
        made = element("p", self._properties(style, like))
        if align is not None:
            made[0].append(element("jc", val=align.value))
        look = [] if like is None else _look_of(like)
        for span in (Span(text),) if isinstance(text, str) else text:
            if span.text:
                made.append(run(span.text, *_merged(look, span)))
        return made

    def table(self, table: Table) -> etree._Element:
        """Return a table with thin lines, a repeated head, and rows that are not cut by pages."""
        widths = _shares([column.weight for column in table.columns], self._width)
        borders = (element(side, val="single", sz=_THIN, space=0, color="000000") for side in _BORDERS)
        made = element(
            "tbl",
            element(
                "tblPr",
                element("tblW", w=self._width, type="dxa"),
                element("tblBorders", *borders),
                element("tblLayout", type="fixed"),
                _padding(),
            ),
            element("tblGrid", *(element("gridCol", w=width) for width in widths)),
        )
        heads = [column.head for column in table.columns]
        made.append(self._row(heads, widths, Style.TABLE_HEAD, is_head=True))
        if table.numbered:
            numbers = [f"({number})" for number in range(1, len(heads) + 1)]
            made.append(self._row(numbers, widths, Style.TABLE_NUMBERS, is_head=True))
        aligns = [column.align for column in table.columns]
        made.extend(self._row(row, widths, Style.TABLE_CELL, aligns=aligns) for row in table.rows)
        return made

    def _heading(self, heading: Heading, label: str) -> Iterator[etree._Element]:
        text = clean_line(heading.text)
        if heading.level in _CENTRED:
            yield self.paragraph(Style.CENTRED_HEADING, label)
            if text:
                yield self.paragraph(Style.CENTRED_HEADING, text.upper())
        else:
            shown = text.upper() if heading.level is Level.ROMAN else text
            yield self.paragraph(Style.HEADING, f"{label} {shown}".strip())

    def _text(self, block: Item | Paragraph, label: str) -> Iterator[etree._Element]:
        style = Style.ITEM if label else Style.BODY
        for number, line in enumerate(_lines(block.text)):
            before = (Span(f"{label} "),) if label and number == 0 else ()
            yield self.paragraph(style, (*before, *line))

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[int],
        style: Style,
        *,
        aligns: Sequence[Align] = (),
        is_head: bool = False,
    ) -> etree._Element:
        rules = [element("cantSplit"), *([element("tblHeader")] if is_head else [])]
        made = element("tr", element("trPr", *rules))
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            align = aligns[place] if aligns else None
            lines = [line for part in clean(cell).split("\n") if (line := clean_line(part))] or [""]
            place_in_cell = element("vAlign", val="center" if is_head else "top")
            properties = element("tcPr", element("tcW", w=width, type="dxa"), place_in_cell)
            made.append(
                element("tc", properties, *(self.paragraph(style, line, align=align) for line in lines))
            )
        return made

    def _properties(self, style: Style, like: etree._Element | None) -> etree._Element:
        properties = None if like is None else like.find(w("pPr"))
        if properties is not None:
            copy = deepcopy(properties)
            for section in copy.findall(w("sectPr")):
                copy.remove(section)
            return copy
        return element("pPr", element("pStyle", val=self._styles.id_of(style)))


def closed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with the closing mark glued to the last sentence; nothing to close stays as it is."""
    kept = list(blocks)
    while kept and isinstance(kept[-1], Item | Paragraph) and not _plain(kept[-1].text).strip():
        kept.pop()  # the mark must not stand alone on a line
    return (*kept[:-1], _closed(kept[-1])) if kept else ()


def _closed(block: Block) -> Block:
    if isinstance(block, Table):
        if not block.rows:
            return block
        *rows, last = block.rows
        filled = max((place for place, cell in enumerate(last) if cell.strip()), default=len(last) - 1)
        cells = tuple(ended(cell) if place == filled else cell for place, cell in enumerate(last))
        return replace(block, rows=(*rows, cells))
    if isinstance(block, Bases):
        return Paragraph(ended("; ".join(block.lines)))
    if isinstance(block.text, str):
        return replace(block, text=ended(block.text))
    *spans, last_span = block.text or (Span(""),)
    return replace(block, text=(*spans, replace(last_span, text=ended(last_span.text))))


def _plain(text: Text) -> str:
    return text if isinstance(text, str) else "".join(span.text for span in text)


def _lines(text: Text) -> list[tuple[Span, ...]]:
    """Return the paragraphs of a text without blank ones; at least the closing mark stays."""
    if not isinstance(text, str):
        return [tuple(replace(span, text=span.text.replace("\n", " ")) for span in text)]
    return [(Span(line),) for part in clean(text).split("\n") if (line := clean_line(part))] or [(Span(""),)]


def _merged(look: list[etree._Element], span: Span) -> list[etree._Element]:
    """Return run properties in the order of the schema: the mark's own look, then what the span adds."""
    added = {"b": span.bold, "bCs": span.bold, "i": span.italic, "iCs": span.italic}
    kept = [deepcopy(one) for one in look if not added.get(etree.QName(one).localname)]
    before = [one for one in kept if etree.QName(one).localname in {"rStyle", "rFonts"}]
    after = [one for one in kept if one not in before]
    return [*before, *(element(name) for name, is_on in added.items() if is_on), *after]


def _look_of(paragraph: etree._Element) -> list[etree._Element]:
    properties = paragraph.find(f"{w('r')}/{w('rPr')}")
    return [] if properties is None else list(properties)


def _gap() -> etree._Element:
    """Return the line after a table: it keeps what follows off, and apart if that is a table too."""
    return element("p", element("pPr", element("spacing", before=0, after=0, line=120, lineRule="exact")))


def _padding() -> etree._Element:
    sides = {"top": 0, "left": 80, "bottom": 0, "right": 80}
    return element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in sides.items()))


def _shares(weights: Sequence[float], total: int) -> list[int]:
    """Return whole widths in the relation of the weights; rounding goes to the last."""
    widths = [round(total * weight / sum(weights)) for weight in weights]
    return [*widths[:-1], total - sum(widths[:-1])]
