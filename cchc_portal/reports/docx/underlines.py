"""Lines below the issuer, the motto and the subject: as long as the decree wants for the words above."""

from itertools import pairwise

from lxml import etree

from cchc_portal.reports.docx.oxml import attribute, element, paragraphs, text_of, w
from cchc_portal.reports.docx.sections import text_width
from cchc_portal.reports.docx.styles import Style
from cchc_portal.reports.docx.template import Template
from cchc_portal.reports.docx.widths import text_width as words_width

# Below the motto as long as it, elsewhere between a third and a half (Phụ lục I, mục II, khoản 1, 2, 5).
_LENGTHS = {Style.MOTTO_RULE: 1.0, Style.ISSUER_RULE: 0.42, Style.TITLE_RULE: 0.42}


def draw(opened: Template) -> None:
    """Set the indents of the paragraphs whose upper border is the line."""
    for above, rule in pairwise(paragraphs(opened.body)):
        for style, share in _LENGTHS.items():
            if opened.styles.is_of(rule, style):
                _set_length(rule, above, share, opened)


def _set_length(rule: etree._Element, above: etree._Element, share: float, opened: Template) -> None:
    room = _room(rule, opened)
    size, is_bold = opened.styles.size_and_weight(above)
    words = min(words_width(text_of(above), points=size, bold=is_bold), room)
    indent = round((room - words * share) / 2)
    properties = rule.find(w("pPr"))
    if properties is None:
        return
    for old in properties.findall(w("ind")):
        properties.remove(old)
    place = next((place for place, one in enumerate(properties) if one.tag in _AFTER_INDENT), len(properties))
    properties.insert(place, element("ind", left=indent, right=indent, firstLine=0))


def _room(rule: etree._Element, opened: Template) -> int:
    """Return the width of the cell that a line stands in, or of the text."""
    cell = next(rule.iterancestors(w("tc")), None)
    if cell is None:
        return text_width(opened.section)
    given = attribute(cell, "tcPr/tcW", "w")
    table = next(cell.iterancestors(w("tbl")))
    sides = [attribute(table, f"tblPr/tblCellMar/{side}", "w") for side in ("left", "right")]
    padding = sum(int(side) if side.isdigit() else 0 for side in sides)
    return (int(given) if given.isdigit() else text_width(opened.section) // 2) - padding


_AFTER_INDENT = frozenset(
    w(name)
    for name in (
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    )
)
