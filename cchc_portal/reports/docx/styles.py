"""Named styles: the look of each kind of paragraph, as the template or, failing that, the shipped one says."""

from collections.abc import Iterator
from copy import deepcopy
from enum import StrEnum

from lxml import etree

from cchc_portal.core.text import fold_name
from cchc_portal.reports.docx.oxml import attribute, w

_DEFAULT_HALF_POINTS = 28
_OFF = frozenset({"0", "false", "off"})


class Style(StrEnum):
    """The styles a clerk finds in Word; their names are what the engine goes by."""

    ISSUER_RULE = "VB Kẻ dưới cơ quan"
    MOTTO_RULE = "VB Kẻ dưới tiêu ngữ"
    TITLE_RULE = "VB Kẻ dưới trích yếu"
    URGENCY = "VB Mức độ khẩn"
    ADDRESSEE = "VB Kính gửi"
    ADDRESSEES_HEAD = "VB Kính gửi nhiều nơi"
    ADDRESSEES_LINE = "VB Kính gửi từng nơi"
    BODY = "VB Nội dung"
    BASIS = "VB Căn cứ"
    CENTRED_HEADING = "VB Phần, chương, mục"
    HEADING = "VB Đề mục"
    ITEM = "VB Khoản, điểm"
    TABLE_HEAD = "VB Bảng tiêu đề"
    TABLE_NUMBERS = "VB Bảng số cột"
    TABLE_CELL = "VB Bảng nội dung"
    SIGNATURE = "VB Người ký"
    RECIPIENTS = "VB Nơi nhận"
    RECIPIENTS_LINE = "VB Từng nơi nhận"
    ANNEX = "VB Phụ lục"
    ANNEX_TITLE = "VB Phụ lục tên"
    ANNEX_REFERENCE = "VB Phụ lục kèm theo"
    PAGE_NUMBER = "VB Số trang"
    LAST = "VB Cuối văn bản"


_FOLDED = {style: fold_name(style.value) for style in Style}


class Styles:
    """The styles of one template; what it lacks is added from the shipped ones.

    Args:
        root: the template's tree of styles, changed here.
        shipped: the tree of the shipped styles.
    """

    def __init__(self, root: etree._Element, shipped: etree._Element) -> None:
        self._root = root
        self._by_id: dict[str, etree._Element] = {}
        self._by_name: dict[str, etree._Element] = {}
        for style in _paragraph_styles(root):
            self._by_id.setdefault(str(style.get(w("styleId"))), style)
            self._by_name.setdefault(_name(style), style)
        self._names = {style_id: _name(style) for style_id, style in self._by_id.items()}
        self._shipped = {_name(style): style for style in _paragraph_styles(shipped)}

    def id_of(self, style: Style) -> str:
        """Return the id by which a paragraph refers to a style."""
        name = _FOLDED[style]
        if name not in self._by_name:
            self._by_name[name] = self._add(self._shipped[name])
        return str(self._by_name[name].get(w("styleId"), ""))

    def is_of(self, paragraph: etree._Element, *styles: Style) -> bool:
        """Say whether a paragraph is of one of some styles."""
        name = self._names.get(attribute(paragraph, "pPr/pStyle"), "")
        return bool(name) and name in {_FOLDED[style] for style in styles}

    def size_and_weight(self, paragraph: etree._Element) -> tuple[float, bool]:
        """Return the size in points and whether it is bold, of a paragraph's first run."""
        run = paragraph.find(w("r"))
        sources = [run, *self._chain(attribute(paragraph, "pPr/pStyle"))]
        size = next((found for one in sources if (found := attribute(one, "rPr/sz"))), "")
        weight = next((mark for one in sources if (mark := _mark(one, "b")) is not None), False)
        return int(size or _DEFAULT_HALF_POINTS) / 2, weight

    def layout(self, paragraph: etree._Element, path: str, name: str) -> str:
        """Return an attribute of a paragraph's properties, its own or its style's; empty if nobody says."""
        sources = [paragraph, *self._chain(attribute(paragraph, "pPr/pStyle"))]
        return next((found for one in sources if (found := attribute(one, f"pPr/{path}", name))), "")

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        passed: set[str] = set()
        while style_id and style_id not in passed and (style := self._by_id.get(style_id)) is not None:
            passed.add(style_id)
            yield style
            style_id = attribute(style, "basedOn")

    def _add(self, shipped: etree._Element) -> etree._Element:
        style = deepcopy(shipped)
        if (base := style.find(w("basedOn"))) is not None:
            base.set(w("val"), self.id_of(Style.BODY))
        while str(style.get(w("styleId"))) in self._by_id:
            style.set(w("styleId"), f"{style.get(w('styleId'))}1")
        style_id = str(style.get(w("styleId")))
        self._by_id[style_id], self._names[style_id] = style, _name(style)
        self._root.append(style)
        return style


def _paragraph_styles(root: etree._Element) -> Iterator[etree._Element]:
    for style in root.iterfind(w("style")):
        if style.get(w("type")) == "paragraph":
            yield style


def _name(style: etree._Element) -> str:
    return fold_name(attribute(style, "name"))


def _mark(parent: etree._Element | None, name: str) -> bool | None:
    """Return whether a switch such as bold is on; None where nothing is said."""
    switch = None if parent is None else parent.find(f"{w('rPr')}/{w(name)}")
    return None if switch is None else switch.get(w("val"), "1") not in _OFF
