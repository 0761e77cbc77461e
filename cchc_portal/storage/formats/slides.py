"""PPTX."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from cchc_portal.storage.formats import ooxml
from cchc_portal.storage.formats.kinds import Passage
from cchc_portal.storage.formats.ooxml import Package, local_name

check = ooxml.check


def read(path: Path) -> Iterator[Passage]:
    """Yield each slide in the order of the show, its notes after it."""
    with Package(path) as package:
        show = package.main()
        slides = package.tree(show).iterfind(".//{*}sldIdLst/{*}sldId")
        for number, slide in enumerate(slides, start=1):
            part = package.target(show, _relation(slide))
            yield Passage(_text(package.tree(part)), f"slide {number}")
            for notes in package.related(part, "notesSlide"):
                yield Passage(_text(package.tree(notes)), f"ghi chú slide {number}")


def _relation(slide: etree._Element) -> str:
    """Return `r:id`, which stands beside a plain `id` of another meaning."""
    return next(str(value) for key, value in slide.items() if str(key).endswith("}id"))


def _text(slide: etree._Element) -> str:
    paragraphs = slide.iterfind(".//{*}txBody/{*}p")
    return "\n".join(filter(None, (_paragraph(paragraph) for paragraph in paragraphs)))


def _paragraph(paragraph: etree._Element) -> str:
    if any(field.get("type") == "slidenum" for field in paragraph.iterfind("{*}fld")):
        return ""
    words = (
        "\n" if local_name(element) == "br" else element.text or ""
        for element in paragraph.iter()
        if local_name(element) in {"t", "br"}
    )
    return "".join(words).strip()
