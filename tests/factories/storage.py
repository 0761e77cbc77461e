"""Real files in memory, made as offices make them, and the parts hostile ones are built from."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import openpyxl
import pptx
from PIL import Image

from cchc_portal.core.db import db
from cchc_portal.storage import backends
from cchc_portal.storage.models import StoredFile

Keep = Callable[[bytes], Path]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def keep_file(body: bytes = b"%PDF-1.7", *, kind: str = "pdf") -> StoredFile:
    """Keep bytes without looking into them and give their row, uncommitted."""
    sha256 = hashlib.sha256(body).hexdigest()
    source = backends.incoming() / sha256
    source.write_bytes(body)
    backends.current().put(source, sha256)
    found = db.session.query(StoredFile).filter_by(sha256=sha256).one_or_none()
    return found or StoredFile(sha256=sha256, size=len(body), kind=kind)


def docx_bytes(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def xlsx_bytes(rows: Sequence[Sequence[object]] = (("Tên", "Số"),), *, title: str = "Thu chi") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def pptx_bytes(*titles: str, notes: str = "") -> bytes:
    show = pptx.Presentation()
    for title in titles:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = title
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    return saved(show)


def image_bytes(form: str = "JPEG", size: tuple[int, int] = (320, 200)) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, form)
    return target.getvalue()


def pdf_bytes(*pages: str) -> bytes:
    """Return a PDF whose pages show ASCII text; an empty string is a page without text."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, page in enumerate(pages):
        drawing = f"BT /F1 12 Tf 72 720 Td ({page}) Tj ET" if page else ""
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {5 + 2 * index} 0 R >>",
            f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
        ]
    return pdf_of(objects)


def pdf_of(objects: Sequence[str], trailer: str = "") -> bytes:
    body, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def word_package(body: str, *, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a minimal DOCX: `body` is what stands inside w:body; `extra` are parts by name."""
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for index, kind in enumerate(("numbering", "styles", "header", "footer", "footnotes"))
        if f"word/{kind}.xml" in (extra or {})
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/></Types>',
        "_rels/.rels": relationships(
            f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>',
        ),
        "word/_rels/document.xml.rels": relationships(relations),
        "word/document.xml": word_part(f"<w:body>{body}</w:body>", root="document"),
    }
    return zipped(parts | dict(extra or {}))


def word_part(content: str, *, root: str) -> str:
    return f'<w:{root} xmlns:w="{WORD}">{content}</w:{root}>'


def relationships(content: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{content}</Relationships>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()
