"""What a template must not bring along, and what it must keep of the page."""

import re
from collections.abc import Iterator

from lxml import etree

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.reports.docx.oxml import R, attribute, w
from cchc_portal.reports.docx.package import Part

EMBEDDED = N_(
    "Mẫu có đối tượng nhúng, tệp liên kết hoặc nội dung lấy từ nơi khác. "
    "Hãy xóa các phần đó, chỉ để lại chữ, bảng và hình PNG hoặc JPG."
)
FIELDS = N_("Mẫu có trường tự động ngoài số trang. Hãy thay trường đó bằng chữ thường rồi lưu lại.")
PAPER = N_("Khổ giấy của mẫu phải là A4 (210 × 297 mm).")
MARGINS = N_(
    "Lề trang của mẫu phải theo Nghị định 30/2020: trên, dưới 20–25 mm; trái 30–35 mm; phải 15–20 mm."
)

# Word fetches what these name as soon as the file is opened, from wherever they say.
_FETCHING = frozenset({"src", "href", "altHref", "imagedata"})
_PAGE_FIELDS = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b|\\\*\s*\w+|\\#\s*\"?[\w.]+\"?")
_ACTIVE = frozenset({"altChunk", "control", "object", "OLEObject", "subDoc", "dataBinding", "sdtDocPart"})
_A4 = (11906, 16838)
_SLACK = 30  # twips: millimetres do not come out even
_MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
_TWIPS_PER_MM = 1440 / 25.4


def require_harmless(main: Part) -> None:
    """Refuse parts that fetch, run or embed anything.

    Raises:
        Invalid: says what to take out.
    """
    for part in _trees(main, set()):
        for node in part.root.iter():
            _require_plain(node, part)
        instructions = "".join(one.text or "" for one in part.root.iter(w("instrText"), w("delInstrText")))
        simple = (str(one.get(w("instr"), "")) for one in part.root.iter(w("fldSimple")))
        if _PAGE_FIELDS.sub("", " ".join((instructions, *simple))).strip():
            raise Invalid({"": FIELDS})


def require_page(main: Part) -> None:
    """Refuse another paper or margins that the decree does not allow.

    Raises:
        Invalid: says what the decree wants.
    """
    section = main.root.find(f"{w('body')}/{w('sectPr')}")
    sides = sorted(_number(section, "pgSz", side) for side in ("w", "h"))
    if any(abs(side - right) > _SLACK for side, right in zip(sides, _A4, strict=True)):
        raise Invalid({"": PAPER})
    for side, (least, most) in _MARGINS.items():
        width = _number(section, "pgMar", side)
        if not least * _TWIPS_PER_MM - _SLACK <= width <= most * _TWIPS_PER_MM + _SLACK:
            raise Invalid({"": MARGINS})


def _trees(part: Part, seen: set[int]) -> Iterator[Part]:
    if isinstance(part.content, bytes) or id(part) in seen:
        return
    seen.add(id(part))
    yield part
    for link in part.links.values():
        if isinstance(link, Part):
            yield from _trees(link, seen)


def _require_plain(node: etree._Element, part: Part) -> None:
    if etree.QName(node).localname in _ACTIVE:
        raise Invalid({"": EMBEDDED})
    for key, value in node.items():
        name = etree.QName(str(key))
        if name.namespace == R and str(value) and str(value) not in part.links:
            raise Invalid({"": EMBEDDED})
        if name.namespace != R and name.localname in _FETCHING:
            raise Invalid({"": EMBEDDED})


def _number(section: etree._Element | None, path: str, name: str) -> int:
    found = attribute(section, path, name)
    return int(found) if found.lstrip("-").isdigit() else 0
