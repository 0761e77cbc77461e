"""From labelled stretches to items: who does what until when, and what follows from what stands above."""

import re
from dataclasses import dataclass, field
from datetime import date

from cchc_portal.directives.reading.assignments import (
    Order,
    find_heading,
    find_help,
    find_orders,
    find_report_to,
)
from cchc_portal.directives.reading.bodies import KnownUnits
from cchc_portal.directives.reading.deadlines import read_deadline
from cchc_portal.directives.reading.labels import Node, read_tree
from cchc_portal.directives.reading.parts import Certainty, Citation, Found, Item
from cchc_portal.directives.reading.source import Source

_CLOSING = re.compile(
    r"\n(?=Nhận được [^\n]{2,60}này|Trên đây là|Trong quá trình|Quá trình (?:triển khai|tổ chức|thực hiện)|Trong thời gian|Thông tin chi tiết|Mọi vướng mắc|Rất mong|[^\n]{0,60}trân trọng|[^\n]{3,80} (?:thông báo|báo cáo|gửi) (?:để|đến|tới) )"
)
_LAST_APPEAL = re.compile(
    r"[.;][)\"”]?\n{1,2}(?=(?:Yêu cầu|Đề nghị|Căn cứ|UBND|Ủy ban|Ban |Kế hoạch này|Chỉ thị này|Thông báo này)[^\n])"
)
_PARAGRAPH = re.compile(r"(?:\n\n|(?<=[.;:])\n)")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_BULLETS = frozenset({"dash", "plus", "dot"})
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True)
class Duty:
    """What an item takes over from what stands above it."""

    assignees: tuple[Found[str], ...] = ()
    lead: str | None = None


@dataclass
class Context:
    """What the items of one letter have in common."""

    source: Source
    known: KnownUnits
    citations: tuple[Citation, ...]
    written_on: date | None
    used: set[str] = field(default_factory=set)

    def unique(self, no: str) -> str:
        """Return the number, told apart from an earlier equal one."""
        candidate, copy = no, 1
        while candidate in self.used:
            copy += 1
            candidate = f"{no}-{copy}"
        self.used.add(candidate)
        return candidate


def body_end(source: Source, start: int, end: int) -> int:
    """Return where the ordered contents end and the closing words begin."""
    closing = _CLOSING.search(source.text, start, end)
    if closing:
        return closing.start()
    appeals = list(_LAST_APPEAL.finditer(source.text, start, end))
    if appeals and "\n" not in source.text[appeals[-1].end() : end].strip():
        return appeals[-1].end()
    return end


def read_items(context: Context, start: int, end: int, *, default: Duty) -> tuple[Item, ...]:
    """Return the items between two places; `default` is for those that name nobody."""
    nodes = [_without_lone_bullet(node) for node in read_tree(context.source.text, start, end)]
    if not nodes:
        return _from_paragraphs(context, start, end)
    return tuple(_item(context, node, _top_number(node, place), default) for place, node in enumerate(nodes))


def _top_number(node: Node, place: int) -> str:
    if node.kind == "part":
        return _ROMAN[node.value] if node.value < len(_ROMAN) else str(node.value)
    if node.kind == "deep":
        return f"{node.prefix}.{node.value}"
    return str(node.value) if node.kind in {"article", "number"} else str(place + 1)


def _number_below(parent: str, node: Node, place: int) -> str:
    if node.kind in {"article", "number", "deep"}:
        return f"{parent}.{node.value}"
    if node.kind == "part":
        return f"{parent}.{_ROMAN[min(node.value, len(_ROMAN) - 1)]}"
    letter = "abcdđeghiklmnopqrstuvxy"[node.value - 1] if node.kind == "letter" else _letters(place)
    return f"{parent}.{letter}"


def _letters(place: int) -> str:
    """Return a, b, … z, aa, ab … for a place in a list without numbers."""
    return _letters(place // 26 - 1) + _LATIN[place % 26] if place >= len(_LATIN) else _LATIN[place]


def _without_lone_bullet(node: Node) -> Node:
    """One bullet alone is no list: its words belong to the item above it."""
    node.children = [_without_lone_bullet(child) for child in node.children]
    if len(node.children) == 1 and node.children[0].kind in _BULLETS:
        only = node.children[0]
        node.own_end, node.children = only.own_end, only.children
    return node


def _item(context: Context, node: Node, number: str, above: Duty) -> Item:
    no = context.unique(number)
    orders = find_orders(context.source, node.own_start, node.own_end, context.known)
    first, further = _split(orders, has_children=bool(node.children))
    first = first or find_heading(context.source, node.own_start, node.own_end, context.known)
    own_end = further[0].start if further else node.own_end
    duty = Duty(first.assignees, first.lead) if first else _helped(context, node, above)
    children = [
        *(_item(context, child, _number_below(no, child, i), duty) for i, child in enumerate(node.children)),
        *_further_items(context, no, further, node.own_end),
    ]
    return _build(
        context,
        no,
        (node.start, node.own_start, own_end),
        first,
        duty,
        tuple(children),
        is_sure=node.is_in_sequence,
    )


def _helped(context: Context, node: Node, above: Duty) -> Duty:
    """Add the helpers that an item names to whoever stands above it."""
    helpers = find_help(context.source, node.own_start, node.own_end, context.known)
    if not (helpers and above.assignees):
        return above
    return Duty(above.assignees[:1] + helpers, above.assignees[0].value)


def _split(orders: list[Order], *, has_children: bool) -> tuple[Order | None, list[Order]]:
    """Part the item's own order from explicit orders to others, which become items below it."""
    if not orders:
        return None, []
    names = {body.value for body in orders[0].assignees}
    own = [order for order in orders[1:] if order.is_explicit or order.is_particular]
    others = [order for order in own if {body.value for body in order.assignees} != names]
    return orders[0], [] if has_children else others


def _further_items(context: Context, no: str, orders: list[Order], end: int) -> list[Item]:
    ends = [*(order.start for order in orders[1:]), end][: len(orders)]
    return [
        _build(
            context,
            context.unique(f"{no}.{_letters(place)}"),
            (order.start, order.start, stop),
            order,
            Duty(order.assignees, order.lead),
        )
        for place, (order, stop) in enumerate(zip(orders, ends, strict=True))
    ]


def _build(
    context: Context,
    no: str,
    place: tuple[int, int, int],
    order: Order | None,
    duty: Duty,
    children: tuple[Item, ...] = (),
    *,
    is_sure: bool = True,
) -> Item:
    start, own_start, end = place
    source = context.source
    is_clear = is_sure and (duty.lead is not None or len(duty.assignees) < 2)  # noqa: PLR2004 - two without a lead
    return Item(
        no=no,
        text=" ".join(source.text[own_start:end].split()),
        span=source.span(start, end),
        assignees=duty.assignees,
        is_named=order is not None and not source.text[own_start : order.start].strip(" \n-+•"),
        lead=duty.lead,
        verb=order.verb if order else None,
        source_typo=order.source_typo if order else None,
        report_to=find_report_to(source, own_start, end, context.known),
        deadline=read_deadline(
            source, own_start, end, citations=context.citations, written_on=context.written_on
        ),
        children=children,
        certainty=Certainty.SURE if is_clear else Certainty.DOUBTFUL,
    )


def _from_paragraphs(context: Context, start: int, end: int) -> tuple[Item, ...]:
    """Read a letter without labels: every paragraph that orders something is an item, to be asked."""
    found: list[Item] = []
    for first, last in _paragraphs(context.source.text, start, end):
        orders = [
            order for order in find_orders(context.source, first, last, context.known) if order.is_explicit
        ]
        if orders:
            duty = Duty(orders[0].assignees, orders[0].lead)
            no = context.unique(str(len(found) + 1))
            found.append(_build(context, no, (first, first, last), orders[0], duty, is_sure=False))
    return tuple(found)


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for gap in _PARAGRAPH.finditer(text, start, end):
        found.append((at, gap.start()))
        at = gap.end()
    return [*found, (at, end)]
