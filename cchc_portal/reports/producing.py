"""From a document to the file that people download: the template and the letterhead in force."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import current_app

from cchc_portal.core.clock import today
from cchc_portal.core.i18n import N_
from cchc_portal.reports import queries
from cchc_portal.reports.docx import (
    Bases,
    Column,
    Document,
    DocumentKind,
    Heading,
    Item,
    Level,
    Paragraph,
    Table,
    render,
)
from cchc_portal.reports.models import OfficeLetterhead
from cchc_portal.reports.urging import UrgedTask, urging_letter

SAMPLE_NAMES = {
    DocumentKind.LETTER: N_("Xem thử công văn.docx"),
    DocumentKind.ACT: N_("Xem thử kế hoạch.docx"),
    DocumentKind.TABLE: N_("Xem thử sổ theo dõi.docx"),
}


def letterhead() -> OfficeLetterhead:
    """Return who issues documents: what the Office keeps, or what follows from its name in the settings."""
    return queries.letterhead() or OfficeLetterhead.of_office(current_app.config["CCHC_OFFICE_NAME"])


def produce(document: Document) -> bytes:
    """Return a document as DOCX in the template in force.

    Raises:
        Unavailable: the Office's template cannot be read now.
    """
    return render(document, queries.content(document.kind))


def letter_to_urge(
    unit: str, tasks: Sequence[UrgedTask], *, on: date, answer_by: date | None = None
) -> Document:
    """Return the letter that urges a unit, under the Office's letterhead; see `urging.urging_letter`.

    Raises:
        Invalid: there is nothing to urge.
    """
    office = letterhead()
    return urging_letter(
        unit,
        tasks,
        head=office.head,
        on=on,
        symbol=office.symbol,
        signature=office.signature_block,
        recipients=office.receivers,
        answer_by=answer_by,
    )


def sample(kind: DocumentKind) -> Document:
    """Return a document with a bit of everything, to look at a template with."""
    return _SAMPLES[kind]()


def _sample_letter() -> Document:
    task = UrgedTask(
        "Nội dung nhiệm vụ", "Công văn số 01/UBND-VP", f"trước {today():%d/%m/%Y}", 1, "Đang thực hiện"
    )
    return letter_to_urge("Các bộ phận chuyên môn", [task], on=today())


def _sample_act() -> Document:
    letter = _sample_letter()
    blocks = (
        Bases(("Căn cứ văn bản thứ nhất", "Căn cứ văn bản thứ hai")),
        Heading(Level.ROMAN, "Mục đích, yêu cầu"),
        Heading(Level.CLAUSE, "Mục đích"),
        Item(Level.POINT, "Nội dung của điểm."),
        Heading(Level.ROMAN, "Tổ chức thực hiện"),
        Paragraph("Các bộ phận chuyên môn căn cứ Kế hoạch này triển khai thực hiện."),
    )
    return replace(
        letter,
        kind=DocumentKind.ACT,
        symbol="KH-UBND",
        title="Kế hoạch",
        subject="Nội dung của kế hoạch",
        addressees=(),
        blocks=blocks,
    )


def _sample_table() -> Document:
    rows = tuple((str(number), "Nội dung", "") for number in range(1, 4))
    table = Table((Column("STT", 1), Column("Nội dung", 6), Column("Ghi chú", 2)), rows)
    return Document(
        kind=DocumentKind.TABLE,
        head=letterhead().head,
        title="Sổ theo dõi",
        subject=f"Đến ngày {today():%d/%m/%Y}",
        on=today(),
        has_day=True,
        blocks=(table,),
    )


_SAMPLES = {
    DocumentKind.LETTER: _sample_letter,
    DocumentKind.ACT: _sample_act,
    DocumentKind.TABLE: _sample_table,
}
