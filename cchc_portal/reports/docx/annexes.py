"""Annexes behind the main text, each in a section of its own."""

from lxml import etree

from cchc_portal.core.text import clean_line
from cchc_portal.reports.docx import words
from cchc_portal.reports.docx.blocks import Writer
from cchc_portal.reports.docx.content import Annex, Document
from cchc_portal.reports.docx.oxml import w
from cchc_portal.reports.docx.sections import of_annex, text_width
from cchc_portal.reports.docx.styles import Style
from cchc_portal.reports.docx.template import Template


def append(document: Document, opened: Template) -> None:
    """Add the annexes of a document; the last section is the body's own, the others end in a paragraph."""
    main = opened.section
    for number, annex in enumerate(document.annexes, start=1):
        _end_section(opened)
        section = of_annex(main, landscape=annex.landscape)
        writer = Writer(opened.styles, width=text_width(section))
        for one in _title(document, annex, number, writer):
            opened.body.append(one)
        opened.body.extend(writer.blocks(annex.blocks))
        if opened.body[-1].tag == w("tbl"):
            opened.body.append(writer.paragraph(Style.LAST))
        opened.body.append(section)


def _title(document: Document, annex: Annex, number: int, writer: Writer) -> list[etree._Element]:
    label = f"Phụ lục {words.roman(number)}" if len(document.annexes) > 1 else "Phụ lục"
    return [
        writer.paragraph(Style.ANNEX, label),
        writer.paragraph(Style.ANNEX_TITLE, clean_line(annex.title).upper()),
        writer.paragraph(Style.ANNEX_REFERENCE, words.annex_reference(document)),
    ]


def _end_section(opened: Template) -> None:
    """Move the page set-up of what stands so far into a paragraph after it."""
    section = opened.section
    last = Writer(opened.styles, width=0).paragraph(Style.LAST)
    section.addprevious(last)
    last[0].append(section)
