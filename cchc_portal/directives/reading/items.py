"""From labelled stretches to items: who does what until when, and what follows from what stands above."""

import re
from dataclasses import dataclass, field, replace

from cchc_portal.directives.reading.annexes import Annex
from cchc_portal.directives.reading.assignments import (
    Order,
    find_heading,
    find_help,
    find_orders,
    find_report_to,
)
from cchc_portal.directives.reading.attributes import Attributes, folded, read_attributes
from cchc_portal.directives.reading.bodies import KnownUnits
from cchc_portal.directives.reading.closing import is_closing
from cchc_portal.directives.reading.deadlines import When, read_deadline
from cchc_portal.directives.reading.labels import BULLETS, NUMBERED, Node, read_tree
from cchc_portal.directives.reading.parts import Certainty, Found, Item
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.tables import plain
from cchc_portal.directives.reading.taskrows import read_row, row_end

_PARAGRAPH = re.compile(r"(?:\n\n|(?<=[.;:])\n)")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
CLOSING = "Kết"
_EACH = re.compile(r"(?:mỗi|từng) ", re.IGNORECASE)
# "Phòng Nội vụ: 20 hồ sơ" tells how many; nobody has to do it.
_COUNTED = re.compile(r"[^:\n]{3,120}: ?\d[\d.,]{0,9} ?(?:%|[^\d\W][^\n,:]{0,60})[.;,]?\s*\Z")
_WATCHES = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|theo dõi|đôn đốc)")
_HANDS_OUT = ("Giao ", "giao ", "Phân công ", "phân công ")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True)
class Duty:
    """What an item takes over from what stands above it."""

    assignees: tuple[Found[str], ...] = ()
    leads: tuple[str, ...] = ()


@dataclass
class Context:
    """What the items of one letter have in common."""

    source: Source
    known: KnownUnits
    when: When
    used: set[str] = field(default_factory=set)

    def unique(self, no: str) -> str:
        """Return the number, told apart from an earlier equal one."""
        candidate, copy = no, 1
        while candidate in self.used:
            copy += 1
            candidate = f"{no}-{copy}"
        self.used.add(candidate)
        return candidate


def read_items(context: Context, start: int, end: int, *, default: Duty) -> tuple[Item, ...]:
    """Return the items between two places; `default` is for those that name nobody."""
    nodes = [_without_lone_bullet(node) for node in read_tree(context.source.text, start, end)]
    if not nodes:
        return _from_paragraphs(context, start, end)
    return tuple(_item(context, node, _top_number(node, place), default) for place, node in enumerate(nodes))


def read_closing(context: Context, start: int, end: int) -> tuple[Item, ...]:
    """Return what the closing words still order: a report until a day, or a unit told to follow up."""
    found = []
    for first, last in paragraphs(context.source.text, start, end):
        orders = find_orders(context.source, first, last, context.known)
        if orders:
            order = orders[0]
            item = _build(context, CLOSING, (first, first, last), order, Duty(order.assignees, order.leads))
            is_handed_out = context.source.text.startswith(_HANDS_OUT, order.start)
            is_kept_watch = order.verb and _WATCHES.match(order.verb.value)
            if item.deadline or is_handed_out or is_kept_watch:
                found.append(replace(item, no=context.unique(CLOSING)))
    return tuple(found)


def read_annex(context: Context, annex: Annex) -> Item:
    """Return an annex as an item with its rows or parts below it."""
    source = context.source
    no = context.unique(annex.no)
    nodes = [_without_lone_bullet(node) for node in read_tree(source.text, annex.body, annex.end)]
    children = tuple(_item(context, node, _number_below(no, node, i), Duty()) for i, node in enumerate(nodes))
    return Item(
        no=no,
        text=" ".join(source.text[slice(*annex.title)].split()),
        span=source.span(annex.start, annex.body),
        children=children,
    )


def _top_number(node: Node, place: int) -> str:
    kind = node.kind.removeprefix("row ")
    if kind in {"part", "chapter"}:
        return _roman_or_letter(kind, node.value)
    if kind == "deep":
        return f"{node.prefix}.{node.value}"
    return str(node.value) if kind in NUMBERED else str(place + 1)


def _number_below(parent: str, node: Node, place: int) -> str:
    kind = node.kind.removeprefix("row ")
    if kind in NUMBERED:
        return f"{parent}.{node.value}"
    if kind in {"part", "chapter"}:
        return f"{parent}.{_roman_or_letter(kind, node.value)}"
    is_lettered = kind in {"letter", "small roman"} and 0 < node.value <= len(_ALPHABET)
    return f"{parent}.{_ALPHABET[node.value - 1] if is_lettered else _letters(place)}"


def _roman_or_letter(kind: str, value: int) -> str:
    if kind == "chapter":
        return "ABCDĐEGH"[value - 1]
    return _ROMAN[value] if value < len(_ROMAN) else str(value)


def _letters(place: int) -> str:
    """Return a, b, … z, aa, ab … for a place in a list without numbers."""
    return _letters(place // 26 - 1) + _LATIN[place % 26] if place >= len(_LATIN) else _LATIN[place]


def _without_lone_bullet(node: Node) -> Node:
    """One bullet alone is no list: its words belong to the item above it."""
    node.children = [_without_lone_bullet(child) for child in node.children]
    if len(node.children) == 1 and node.children[0].kind in BULLETS:
        only = node.children[0]
        node.own_end, node.children = only.own_end, only.children
    return node


def _item(context: Context, node: Node, number: str, above: Duty) -> Item:
    no = context.unique(number)
    if _COUNTED.match(context.source.text, node.own_start, node.own_end):
        above = Duty()
    if node.is_row:
        return _row_item(context, node, no, above)
    aside = folded(node, context.source.text)
    orders = find_orders(context.source, node.own_start, node.own_end, context.known)
    first, further = _split(orders, has_children=bool(node.children))
    first = _spoken_to(context, node, first)
    own_end = further[0].start if further else node.own_end
    told = read_attributes(context.source, *(aside or (node.own_start, own_end)), context.known)
    duty = _of_order(context, first, node.own_end) if first else _helped(context, node, above)
    if told.leads or told.support:
        duty = _told(told)
    children = (
        *(_item(context, child, _number_below(no, child, i), duty) for i, child in enumerate(node.children)),
        *_further_items(context, no, further, node.own_end),
    )
    place = (node.start, node.own_start, own_end)
    item = _build(context, no, place, first, duty, children, is_sure=node.is_in_sequence)
    deadline = item.deadline or (read_deadline(context.source, *aside, context.when) if aside else None)
    return replace(item, deadline=deadline, deliverable=told.deliverable)


def _told(told: Attributes) -> Duty:
    led = tuple(one.value for one in told.leads)
    return Duty(told.leads + tuple(one for one in told.support if one.value not in led), led)


def _row_item(context: Context, node: Node, no: str, above: Duty) -> Item:
    """Return a row of a table; one that names nobody takes over from the row or heading above it."""
    source = context.source
    end = row_end(source, node.start, node.own_end)
    row = read_row(source, node.start, end, context.known, context.when)
    duty = above
    if row and row.assignees:
        duty = Duty(row.assignees, tuple(one.value for one in row.leads))
    children = tuple(
        _item(context, child, _number_below(no, child, place), duty)
        for place, child in enumerate(node.children)
    )
    start, stop = row.task if row else (node.start, end)
    return Item(
        no=no,
        text=plain(source.text[start:stop]),
        span=source.span(node.start, end),
        assignees=duty.assignees,
        leads=duty.leads,
        report_to=find_report_to(source, start, stop, context.known),
        deadline=row.deadline if row else None,
        deliverable=row.deliverable if row else None,
        children=children,
    )


def _spoken_to(context: Context, node: Node, order: Order | None) -> Order | None:
    """Return whom an item's heading names where it orders nobody itself, or only "mỗi đơn vị" of them."""
    if order and not _EACH.match(order.assignees[0].value if order.assignees else ""):
        return order
    return find_heading(context.source, node.own_start, node.own_end, context.known) or order


def _of_order(context: Context, order: Order, end: int) -> Duty:
    """Add the helpers named behind the colon of a heading: "Phòng X: chủ trì, phối hợp với Y …"."""
    colon = context.source.text.find(":", order.start, end)
    if order.verb or order.leads or colon < 0 or len(order.assignees) != 1:
        return Duty(order.assignees, order.leads)
    helpers = find_help(context.source, colon + 1, end, context.known)
    if helpers is None:
        return Duty(order.assignees, order.leads)
    return Duty(order.assignees + helpers, (order.assignees[0].value,))


def _helped(context: Context, node: Node, above: Duty) -> Duty:
    """Add the helpers that an item names to whoever stands above it."""
    helpers = find_help(context.source, node.own_start, node.own_end, context.known)
    if helpers is None or not above.assignees or (not helpers and len(above.assignees) > 1):
        return above
    return Duty(above.assignees[:1] + helpers, (above.assignees[0].value,))


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
            Duty(order.assignees, order.leads),
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
    is_clear = is_sure and (bool(duty.leads) or len(duty.assignees) < 2)  # noqa: PLR2004 - two without a lead
    return Item(
        no=no,
        text=plain(source.text[own_start:end]),
        span=source.span(start, end),
        assignees=duty.assignees,
        is_named=order is not None and not source.text[own_start : order.start].strip(" \n-+•"),
        leads=duty.leads,
        verb=order.verb if order else None,
        source_typo=order.source_typo if order else None,
        report_to=find_report_to(
            source, order.start if order and order.start < end else own_start, end, context.known
        ),
        deadline=read_deadline(source, own_start, end, context.when),
        children=children,
        certainty=Certainty.SURE if is_clear else Certainty.DOUBTFUL,
    )


def _from_paragraphs(context: Context, start: int, end: int) -> tuple[Item, ...]:
    """Read a letter without labels: every paragraph that orders something is an item, to be asked."""
    found: list[Item] = []
    for first, last in paragraphs(context.source.text, start, end):
        orders = [
            order for order in find_orders(context.source, first, last, context.known) if order.is_explicit
        ]
        if orders:
            duty = Duty(orders[0].assignees, orders[0].leads)
            no = str(len(found) + 1)
            item = _build(context, no, (first, first, last), orders[0], duty, is_sure=False)
            if item.deadline or not is_closing(context.source.text[first:last]):
                found.append(replace(item, no=context.unique(no)))
    return tuple(found)


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the paragraphs between two places begin and end."""
    found, at = [], start
    for gap in _PARAGRAPH.finditer(text, start, end):
        found.append((at, gap.start()))
        at = gap.end()
    return [*found, (at, end)]
