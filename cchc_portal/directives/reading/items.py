"""From labelled stretches to items: who does what until when, and what follows from what stands above."""

import re
from dataclasses import replace

from cchc_portal.directives.reading.annexes import Annex
from cchc_portal.directives.reading.assignments import find_help
from cchc_portal.directives.reading.attributes import Attributes, folded, read_attributes
from cchc_portal.directives.reading.closing import body_end
from cchc_portal.directives.reading.deadlines import read_deadline
from cchc_portal.directives.reading.duties import Context, Duty, build_item
from cchc_portal.directives.reading.headings import find_heading
from cchc_portal.directives.reading.labels import BULLETS, Node, read_tree
from cchc_portal.directives.reading.numbering import letters, number_below, top_number
from cchc_portal.directives.reading.orders import Order
from cchc_portal.directives.reading.parts import Certainty, Deadline, Item
from cchc_portal.directives.reading.reports import find_report_to
from cchc_portal.directives.reading.tables import plain
from cchc_portal.directives.reading.taskrows import TaskRow, read_row, row_end
from cchc_portal.directives.reading.unlabelled import read_opening, read_paragraphs

# What minutes order; what a statement is about, where no sentence names who acts.
_ORDERING = re.compile(r"kết luận|nhiệm vụ|phân công|giao", re.IGNORECASE)
_DESCRIBES = re.compile(
    r"(?:Tỷ lệ|Kinh phí|Hồ sơ|Số lượng|Mức|Đối tượng|Thành phần|Địa điểm|Phạm vi|Bộ dữ liệu)\b"
)
_NOTES = re.compile(r"(?:Một số )?[Ll]ưu ý\b")
_TELLING = re.compile(
    r"(?:(?:đánh giá|kết quả|tình hình|tồn tại|hạn chế|ưu điểm|nhược điểm|khuyết điểm|khó khăn|nguyên nhân|thực trạng|nhận xét)\b)"
    r"(?:(?!gửi|nộp|trước ngày|chủ trì|trách nhiệm)[^:.\n]){0,80}(?:\n|:|$)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()\n]{3,120}\)[.:]?\s*\Z")
_ROLE = re.compile(
    r"(?:Phó )?(?:Trưởng (?:ban|đoàn|nhóm|tiểu ban)|Tổ trưởng|Thư ký|Thành viên|Ủy viên)[,;. ]"
)
_HEADING_ENDS = re.compile(r":|\n(?=Chủ trì|Phối hợp)")
_EACH = re.compile(r"(?:mỗi|từng) ", re.IGNORECASE)
# "Phòng Nội vụ: 20 hồ sơ" tells how many; nobody has to do it.
_COUNTED = re.compile(r"[^:\n]{3,120}: ?\d[\d.,]{0,9} ?(?:%|[^\d\W][^\n,:]{0,60})[.;,]?\s*\Z")


def read_items(context: Context, start: int, end: int, *, default: Duty) -> tuple[Item, ...]:
    """Return the items between two places; `default` is for those that name nobody."""
    nodes = [_without_lone_bullet(node) for node in read_tree(context.source.text, start, end)]
    if not nodes:
        return read_paragraphs(context, start, end)
    opening = read_opening(context, start, nodes[0].start)
    return (
        *opening,
        *(_item(context, node, top_number(node, place), default) for place, node in enumerate(nodes)),
    )


def read_annex(context: Context, annex: Annex) -> Item:
    """Return an annex as an item with its rows or parts below it."""
    source = context.source
    no = context.unique(annex.no)
    nodes = [
        _without_lone_bullet(node)
        for node in read_tree(source.text, annex.body, body_end(source, annex.body, annex.end))
    ]
    children = tuple(_item(context, node, number_below(no, node, i), Duty()) for i, node in enumerate(nodes))
    return Item(
        no=no,
        text=" ".join(source.text[slice(*annex.title)].split()),
        span=source.span(annex.start, annex.body),
        children=children,
    )


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
    if _DESCRIBES.match(context.source.text, node.own_start) and _is_default(above):
        above = replace(above, assignees=(), leads=())
    above = Duty(is_told=True) if _NOTES.match(context.source.text, node.own_start) else above
    above = replace(above, is_told=above.is_told or _tells(context, node))
    first, further = _orders(context, node, aside, is_told=above.is_told)
    own_end = further[0].start if further else node.own_end
    is_silent = above.is_told and context.is_minutes
    told = (
        Attributes()
        if is_silent
        else read_attributes(context.source, *(aside or (node.own_start, own_end)), context.known)
    )
    duty = _of_order(context, first, node.own_end) if first else _helped(context, node, above)
    if told.leads or told.support:
        duty = _told(told)
    below = replace(
        duty, deadline=_due_below(context, node, own_end) or above.deadline, is_told=above.is_told
    )
    children = (
        *(_item(context, child, number_below(no, child, i), below) for i, child in enumerate(node.children)),
        *_further_items(context, no, further, node.own_end),
    )
    place = (node.start, node.own_start, own_end)
    item = build_item(context, no, place, first, duty, children, is_sure=node.is_in_sequence)
    if not (first or told.leads) and children and not any(_takes_over(child, duty) for child in children):
        item = replace(item, assignees=(), leads=())
    deadline = (
        item.deadline or above.deadline or (aside and read_deadline(context.source, *aside, context.when))
    )
    is_due = first is not None or not above.is_told
    item = replace(item, deliverable=told.deliverable)
    return replace(item, deadline=deadline or None) if is_due else replace(item, deadline=None, further=())


def _orders(
    context: Context, node: Node, aside: tuple[int, int] | None, *, is_told: bool
) -> tuple[Order | None, list[Order]]:
    """Return the item's own order and those that become items below it."""
    orders = context.orders(node.own_start, node.own_end)
    has_children = bool(node.children or aside)
    if is_told and context.is_minutes:
        return None, []
    if is_told:
        return _split([order for order in orders if order.is_explicit], has_children=has_children)
    first, further = _split(orders, has_children=has_children)
    return _spoken_to(context, node, first), further


def _takes_over(child: Item, duty: Duty) -> bool:
    """Say whether an item has its duty from the heading over it."""
    return child.assignees == duty.assignees or any(_takes_over(below, duty) for below in child.children)


def _tells(context: Context, node: Node) -> bool:
    """Say whether a part tells how things are, by its heading."""
    text = context.source.text
    if context.is_minutes and node.kind == "part":
        return _ORDERING.search(text, node.own_start, node.own_end) is None
    return _TELLING.match(text, node.own_start, node.own_end) is not None


def _is_default(duty: Duty) -> bool:
    """Say whether nobody but the addressees of the letter would have to act."""
    return all(one.certainty is Certainty.DOUBTFUL for one in duty.assignees)


def _due_below(context: Context, node: Node, end: int) -> Deadline | None:
    """Return the deadline that a heading gives in brackets to all that stands below it."""
    bracket = _BRACKET.search(context.source.text, node.own_start, end) if node.children else None
    return read_deadline(context.source, *bracket.span(), context.when) if bracket else None


def _told(told: Attributes) -> Duty:
    led = tuple(one.value for one in told.leads)
    return Duty(told.leads + tuple(one for one in told.support if one.value not in led), led)


def _row_item(context: Context, node: Node, no: str, above: Duty) -> Item:
    """Return a row of a table; one that names nobody takes over from the row or heading above it."""
    source = context.source
    end = row_end(source, node.start, node.own_end)
    row = read_row(source, node.start, end, context.known, context.when)
    duty = above
    if row:
        duty = _of_row(context, node, row, above)
    children = tuple(
        _item(context, child, number_below(no, child, place), duty)
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


def _of_row(context: Context, node: Node, row: TaskRow, above: Duty) -> Duty:
    """Return who acts by a row: whom it names; who helps, beside who acts by the heading over it."""
    if row.leads:
        return Duty(row.assignees, tuple(one.value for one in row.leads))
    if row.support and above.assignees:
        return Duty(above.assignees + row.support, tuple(one.value for one in above.assignees))
    if row.support:
        return Duty(row.support)
    heading = find_heading(context.source, *row.task, context.known) if node.children else None
    return Duty(heading.assignees) if heading else above


def _is_role(context: Context, order: Order) -> bool:
    """Say whether what stands for a subject is what the one before a colon is: "Đồng chí X: Phó Trưởng ban, …"."""
    return _ROLE.match(context.source.text, order.start) is not None


def _spoken_to(context: Context, node: Node, order: Order | None) -> Order | None:
    """Return whom an item's heading names where it orders nobody itself, only "mỗi đơn vị", or hands work on."""
    is_of_its_own = order and not _EACH.match(order.assignees[0].value if order.assignees else "")
    is_handed_on = order and order.start > node.own_start and (order.is_explicit or _is_role(context, order))
    if context.invites or (is_of_its_own and not is_handed_on):
        return order
    return find_heading(context.source, node.own_start, node.own_end, context.known) or order


def _of_order(context: Context, order: Order, end: int) -> Duty:
    """Add the helpers named behind the colon of a heading: "Phòng X: chủ trì, phối hợp với Y …"."""
    stop = _HEADING_ENDS.search(context.source.text, order.start, end)
    if order.verb or order.leads or stop is None or len(order.assignees) != 1:
        return Duty(order.assignees, order.leads)
    helpers = find_help(context.source, stop.end(), end, context.known)
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
        build_item(
            context,
            context.unique(f"{no}.{letters(place)}"),
            (order.start, order.start, stop),
            order,
            Duty(order.assignees, order.leads),
        )
        for place, (order, stop) in enumerate(zip(orders, ends, strict=True))
    ]
