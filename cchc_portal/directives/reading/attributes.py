"""What stands beside a task under a label of its own: "Cơ quan chủ trì: X", "Phối hợp: Y", "Sản phẩm: Z"."""

import re
from dataclasses import dataclass

from cchc_portal.directives.reading.bodies import KnownUnits, bodies_in, is_body
from cchc_portal.directives.reading.labels import Node
from cchc_portal.directives.reading.parts import Found
from cchc_portal.directives.reading.source import Source

_WHO = r"(?:(?:Cơ quan|Đơn vị|Bộ phận|Người|Phòng|Cán bộ|Công chức) )"
_KINDS = (
    ("lead", rf"{_WHO}?(?:chủ trì|đầu mối|chịu trách nhiệm chính)(?: thực hiện| tham mưu)?|{_WHO}(?:thực hiện|phụ trách|chịu trách nhiệm)"),
    ("support", rf"{_WHO}?phối hợp(?: thực hiện)?"),
    ("deliverable", r"Sản phẩm(?: đầu ra| dự kiến| hoàn thành)?|Kết quả đầu ra|Đầu ra"),
    ("time", r"(?:Thời (?:gian|hạn)|Tiến độ|Hạn(?: cuối| chót)?)(?: thực hiện| hoàn thành| xử lý| báo cáo)?"),
    ("other", r"Nội dung(?: thực hiện)?|Mục tiêu|Kinh phí(?: thực hiện)?|Nguồn kinh phí|Địa điểm|Hình thức|Thành phần|Đối tượng"),
)  # fmt: skip
_LABELS = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS)
_ATTRIBUTE = re.compile(
    rf"(?:(?<=[\n;.(])|(?<=[\n;.] )|(?<=[-+•] )|(?<=\) ))(?:{_LABELS}) ?: ?(?P<value>[^\n:]{{2,300}}?)(?=[;.)]*(?:\n|$)|[;.)](?: |$))",
    re.IGNORECASE,
)
_DOES = r"(?:(?:làm )?chủ trì(?: thực hiện| tham mưu)?|thực hiện|phụ trách|chịu trách nhiệm(?: thực hiện| chính)?|đảm nhiệm|làm đầu mối|theo dõi|tham mưu)"
# In brackets: who leads or does it, with whom, or a name beside until when.
_IN_BRACKETS = re.compile(
    rf"\((?:[Dd]o |[Gg]iao )?(?P<lead>[^();:\n]{{3,160}}?)(?: (?P<act>{_DOES})(?:[,;]? (?:và )?(?:phối hợp (?:với |cùng )(?P<support>[^();\n]{{3,150}})|(?P<helpers>[^();\n]{{3,150}}) phối hợp))?(?=[;,)])"
    r"|(?=[;,] ?(?:hoàn thành|xong|trước|trong|chậm nhất|hạn|thời hạn|thời gian|tiến độ|đến)\b))"
)
_OPENING = re.compile(rf"(?:{_LABELS}) ?: ?", re.IGNORECASE)
_ENOUGH = 2  # so many labelled children tell about the item above them


@dataclass(frozen=True)
class Attributes:
    """Who leads, who helps, and what comes of it, as far as labels say so."""

    leads: tuple[Found[str], ...] = ()
    support: tuple[Found[str], ...] = ()
    deliverable: Found[str] | None = None


def read_attributes(source: Source, start: int, end: int, known: KnownUnits) -> Attributes:
    """Return what labels between two places say."""
    leads: tuple[Found[str], ...] = ()
    support: tuple[Found[str], ...] = ()
    deliverable = None
    for match in _ATTRIBUTE.finditer(source.text, start, end):
        first, last = match.span("value")
        if match["deliverable"]:
            words = " ".join(match["value"].split()).strip(" .;")
            deliverable = deliverable or source.found(first, last, words)
        elif match["lead"] and is_body(match["value"], known):
            leads += bodies_in(source, first, last, known)
        elif match["support"] and is_body(match["value"], known):
            support += bodies_in(source, first, last, known)
    if not leads:
        leads, aside = _in_brackets(source, start, end, known)
        support += aside
    return Attributes(leads, support, deliverable)


def _in_brackets(
    source: Source, start: int, end: int, known: KnownUnits
) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    """Return who leads and who helps by what an item says in brackets."""
    for match in _IN_BRACKETS.finditer(source.text, start, end):
        if is_body(match["lead"], known):
            helped = "support" if match["support"] else "helpers"
            support = bodies_in(source, *match.span(helped), known) if match[helped] else ()
            return bodies_in(source, *match.span("lead"), known), support
    return (), ()


def folded(node: Node, text: str) -> tuple[int, int] | None:
    """Take children that only tell about their item out of it; return where they stand.

    Where all of its children are of that kind, their words become the item's own.
    """
    told = [bool(_OPENING.match(text, child.own_start)) for child in node.children]
    if sum(told) < _ENOUGH or any(
        child.children for child, tells in zip(node.children, told, strict=True) if tells
    ):
        return None
    first = told.index(True)
    if not all(told[first:]):
        return None
    place = node.children[first].start, node.end
    node.children = node.children[:first]
    if not node.children:
        node.own_end = place[1]
    return place
