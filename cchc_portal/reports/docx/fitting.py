"""How much of a page the text takes, and what keeps a signature from standing on a page of its own.

Only a text processor knows where pages end. The estimate here is good to a line or two, which is enough to
see that a letter runs over its first page by less than tighter lines win back.
"""

from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from lxml import etree

from cchc_portal.reports.docx.oxml import attribute, element, text_of, w
from cchc_portal.reports.docx.sections import text_height, text_width
from cchc_portal.reports.docx.styles import Style, Styles
from cchc_portal.reports.docx.template import Template
from cchc_portal.reports.docx.widths import TWIPS_PER_POINT
from cchc_portal.reports.docx.widths import text_width as width_of

SINGLE = 240  # twentieths of the line spacing "single", the least that the decree allows
_FLOW = (Style.BODY, Style.ITEM, Style.BASIS, Style.HEADING, Style.CENTRED_HEADING)
_JUST_OVER = 1.1
_LINE = 1.15  # of the font size, in Times New Roman
_CELL_SIDE = 108
_LINES_WITH_SIGNATURE = 3
_AFTER_SPACING = ("ind", "jc", "outlineLvl", "rPr", "sectPr")


def fit(opened: Template) -> None:
    """Let the last words go along with the signature; if all but fits on the first page, make it fit."""
    room = text_height(opened.section)
    if room < _height(opened) <= room * _JUST_OVER and _height(opened, line=SINGLE) <= room:
        for paragraph in _flow(opened):
            _spacing(paragraph).set(w("line"), str(SINGLE))
            _spacing(paragraph).set(w("lineRule"), "auto")
    _keep_with_signature(opened)


def _keep_with_signature(opened: Template) -> None:
    """Bind the paragraphs before the signature to it, as many as give the page some lines to read."""
    signature = opened.body.findall(w("tbl"))[-1:]
    before = (one for table in signature for one in table.itersiblings(preceding=True))
    lines, room = 0, text_width(opened.section)
    for paragraph in takewhile(lambda one: one.tag == w("p"), before):
        if lines >= _LINES_WITH_SIGNATURE:
            return
        lines += _lines(paragraph, opened.styles, room)
        properties = paragraph.find(w("pPr"))
        if properties is not None and properties.find(w("keepNext")) is None:
            properties.insert(1, element("keepNext"))


def _height(opened: Template, *, line: int = 0) -> float:
    """Return how high the text is, in twips.

    Args:
        opened: the filled template, without annexes.
        line: spacing that all flowing paragraphs would have instead of theirs.
    """
    room, flow = text_width(opened.section), set(_flow(opened)) if line else set()
    return sum(
        _table(child, opened.styles)
        if child.tag == w("tbl")
        else _paragraph(child, opened.styles, room, line=line if child in flow else 0)
        for child in opened.body
    )


def _flow(opened: Template) -> Iterator[etree._Element]:
    return (one for one in opened.body.iterchildren(w("p")) if opened.styles.is_of(one, *_FLOW))


def _table(table: etree._Element, styles: Styles) -> float:
    sides = sum(
        int(attribute(table, f"tblPr/tblCellMar/{side}", "w") or _CELL_SIDE) for side in ("left", "right")
    )
    return sum(
        max((_cell(cell, styles, sides) for cell in row.iterchildren(w("tc"))), default=0)
        for row in table.iterchildren(w("tr"))
    )


def _cell(cell: etree._Element, styles: Styles, sides: int) -> float:
    room = int(attribute(cell, "tcPr/tcW", "w") or 0) - sides
    return sum(_paragraph(one, styles, room) for one in cell.iterchildren(w("p")))


def _paragraph(paragraph: etree._Element, styles: Styles, room: int, *, line: int = 0) -> float:
    if paragraph.tag != w("p"):
        return 0
    said = partial(styles.layout, paragraph, "spacing")
    around = int(said("before") or 0) + int(said("after") or 0)
    spacing = line or int(said("line") or SINGLE)
    if said("lineRule") == "exact":
        return around + spacing
    points, _bold = styles.size_and_weight(paragraph)
    single = points * TWIPS_PER_POINT * _LINE
    return around + _lines(paragraph, styles, room) * single * spacing / SINGLE


def _lines(paragraph: etree._Element, styles: Styles, room: int) -> int:
    """Return on how many lines the words of a paragraph stand, at least one."""
    points, bold = styles.size_and_weight(paragraph)
    indents = {
        side: int(styles.layout(paragraph, "ind", side) or 0) for side in ("left", "right", "firstLine")
    }
    room -= indents["left"] + indents["right"]
    blank = width_of(" ", points=points, bold=bold)
    count, at = 1, indents["firstLine"]
    for word in text_of(paragraph).split():
        wide = width_of(word, points=points, bold=bold)
        if at + wide > room:
            count, at = count + 1, 0
        at += wide + blank
    return count


def _spacing(paragraph: etree._Element) -> etree._Element:
    """Return the element with the spacing of a paragraph, made if there is none."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        paragraph.insert(0, properties := element("pPr"))
    if (found := properties.find(w("spacing"))) is None:
        found, later = element("spacing"), [properties.find(w(name)) for name in _AFTER_SPACING]
        places = [properties.index(one) for one in later if one is not None]
        properties.insert(min(places, default=len(properties)), found)
    return found
