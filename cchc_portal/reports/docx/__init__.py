"""Official documents in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I: plain data in, a DOCX out.

The words and blocks of a document are the frozen classes of `content`; the look comes from a template
that the Office may edit in Word (`template`), or from the one that is shipped.
"""

from cchc_portal.reports.docx.content import (
    Align,
    Annex,
    Bases,
    Block,
    Capacity,
    Column,
    Document,
    DocumentKind,
    Heading,
    Item,
    LetterHead,
    Level,
    Paragraph,
    Recipients,
    SignatureBlock,
    Span,
    Table,
)
from cchc_portal.reports.docx.rendering import render

__all__ = [
    "Align",
    "Annex",
    "Bases",
    "Block",
    "Capacity",
    "Column",
    "Document",
    "DocumentKind",
    "Heading",
    "Item",
    "LetterHead",
    "Level",
    "Paragraph",
    "Recipients",
    "SignatureBlock",
    "Span",
    "Table",
    "render",
]
