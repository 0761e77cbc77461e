"""Sections: how wide their text is, and sections for annexes after the main one."""

from copy import deepcopy

from lxml import etree

from cchc_portal.reports.docx.oxml import attribute, element, w

_BEFORE_SIZE = ("headerReference", "footerReference", "footnotePr", "endnotePr")


def text_width(section: etree._Element) -> int:
    """Return the width of the text of a section in twips."""
    width = int(attribute(section, "pgSz", "w"))
    return width - sum(int(attribute(section, "pgMar", side) or 0) for side in ("left", "right"))


def text_height(section: etree._Element) -> int:
    """Return the height of the text of a page in twips."""
    height = int(attribute(section, "pgSz", "h"))
    return height - sum(abs(int(attribute(section, "pgMar", side) or 0)) for side in ("top", "bottom"))


def of_annex(main: etree._Element, *, landscape: bool) -> etree._Element:
    """Return the section of an annex: the page headers and margins of the main one, numbered from 1."""
    references = [deepcopy(one) for name in _BEFORE_SIZE for one in main.findall(w(name))]
    sides = sorted(int(attribute(main, "pgSz", side)) for side in ("w", "h"))
    size = element("pgSz", w=sides[1] if landscape else sides[0], h=sides[0] if landscape else sides[1])
    if landscape:
        size.set(w("orient"), "landscape")
    margins = main.find(w("pgMar"))
    return element(
        "sectPr",
        *references,
        element("type", val="nextPage"),
        size,
        *([] if margins is None else [deepcopy(margins)]),
        element("pgNumType", start=1),
        element("titlePg"),
    )
