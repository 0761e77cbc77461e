"""Documents set in their template: words over marks, blocks into places, annexes behind, bytes out."""

from collections.abc import Iterator, Sequence

from lxml import etree

from cchc_portal.core.text import clean_line
from cchc_portal.reports.docx import annexes, fitting, marks, underlines, words
from cchc_portal.reports.docx.blocks import Writer, closed
from cchc_portal.reports.docx.content import Document, SignatureBlock
from cchc_portal.reports.docx.marks import Mark
from cchc_portal.reports.docx.oxml import element, w
from cchc_portal.reports.docx.package import write
from cchc_portal.reports.docx.sections import text_width
from cchc_portal.reports.docx.styles import Style
from cchc_portal.reports.docx.template import Template, open_template

_LINES_TO_SIGN = 4


def render(document: Document, template: bytes | None = None) -> bytes:
    """Return a document as DOCX; the same document and template give the same bytes.

    Args:
        document: what it says.
        template: a DOCX that `template.require_usable` has accepted; None for the shipped one.
    """
    opened = open_template(document.kind, template)
    # Blocks are looked up before any words come in: words that look like marks stay words.
    places = {mark: marks.paragraph_of(mark, opened.body) for mark in marks.BLOCKS}
    values = _values(document)
    for container in (opened.body, *opened.margins):
        marks.fill(container, values)
    for mark, place in places.items():
        if place is not None:
            _fill_block(mark, place, document, opened)
    underlines.draw(opened)
    if document.signature is not None:
        fitting.fit(opened)
    annexes.append(document, opened)
    _part_tables(opened.body)
    title = words.subject_words(document.subject)
    return write(opened.main, title=title, on=document.on)


def _values(document: Document) -> dict[Mark, tuple[str, ...]]:
    head = document.head
    single = {
        Mark.NUMBER: words.number_and_symbol(document.number, document.symbol),
        Mark.DATE: words.place_and_date(document),
        Mark.URGENCY: clean_line(document.urgency).upper(),
        Mark.TITLE: clean_line(document.title).upper(),
        Mark.SUBJECT: words.subject_words(document.subject),
    }
    return {mark: (line,) if line else () for mark, line in single.items()} | {
        Mark.SUPERIOR: _capitals(head.superior),
        Mark.ISSUER: _capitals(head.issuer),
    }


def _fill_block(mark: Mark, place: etree._Element, document: Document, opened: Template) -> None:
    writer = Writer(opened.styles, width=text_width(opened.section), model=place)
    made = list(_MAKERS[mark](document, writer))
    for one in made:
        place.addprevious(one)
    if made or mark is not Mark.BODY:
        marks.take_out(place)
        return
    for piece in list(place.iter(w("t"))):
        piece.text = ""


def _addressees(document: Document, writer: Writer) -> Iterator[etree._Element]:
    listed = words.listed(document.addressees)
    if len(listed) == 1:
        yield writer.paragraph(Style.ADDRESSEE, f"Kính gửi: {listed[0].removeprefix('- ')}")
    elif listed:
        yield writer.paragraph(Style.ADDRESSEES_HEAD, "Kính gửi:")
        lines = [writer.paragraph(Style.ADDRESSEES_LINE, line) for line in listed]
        lines[-1][0].insert(1, element("spacing", after=180))
        yield from lines


def _body(document: Document, writer: Writer) -> Iterator[etree._Element]:
    return writer.blocks(document.blocks if document.signature is None else closed(document.blocks))


def _recipients(document: Document, writer: Writer) -> Iterator[etree._Element]:
    if document.co_signature is not None:
        yield from _signed(document.co_signature, writer)
        yield writer.paragraph(Style.RECIPIENTS_LINE)
    lines = words.recipient_lines(document.recipients) if document.recipients else []
    if lines:
        yield writer.paragraph(Style.RECIPIENTS, "Nơi nhận:")
    yield from (writer.paragraph(Style.RECIPIENTS_LINE, line) for line in lines)


def _signature(document: Document, writer: Writer) -> Iterator[etree._Element]:
    if document.signature is not None:
        yield from _signed(document.signature, writer)


def _signed(block: SignatureBlock, writer: Writer) -> Iterator[etree._Element]:
    """Yield capacity and position, room to sign, and the name; the registry's system signs, not this."""
    name = words.signer_name(block.name)
    lines = [*_capitals(block.lines), *[""] * _LINES_TO_SIGN, *([name] if name else [])]
    yield from (writer.paragraph(Style.SIGNATURE, line) for line in lines)


_MAKERS = {
    Mark.ADDRESSEES: _addressees,
    Mark.BODY: _body,
    Mark.RECIPIENTS: _recipients,
    Mark.SIGNATURE: _signature,
}


def _capitals(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.upper() for one in lines if (line := clean_line(one)))


def _part_tables(body: etree._Element) -> None:
    """Put a line between neighbouring tables: Word would make one of them."""
    for table in body.findall(w("tbl")):
        following = table.getnext()
        if following is not None and following.tag == w("tbl"):
            spacing = element("spacing", before=0, after=0, line=120, lineRule="exact")
            table.addnext(element("p", element("pPr", spacing)))
