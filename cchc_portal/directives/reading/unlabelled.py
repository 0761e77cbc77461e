"""What orders without a label: the closing words, and letters that number nothing."""

import re
from dataclasses import replace

from cchc_portal.directives.reading.closing import is_closing
from cchc_portal.directives.reading.deadlines import read_deadlines
from cchc_portal.directives.reading.duties import Context, Duty, build_item
from cchc_portal.directives.reading.orders import Order
from cchc_portal.directives.reading.parts import Certainty, Item
from cchc_portal.directives.reading.words import UPPER, VERBS, any_of

_PARAGRAPH = re.compile(r"(?:\n\n|(?<=[.;:])\n)")
_SENTENCE = re.compile(r"[.;](?=\s)")
# "Trên đây là Kế hoạch … ." in front of what is ordered
_ANNOUNCED = re.compile(r"Trên đây là [^.;:\n]{3,200}\. (?=\S)")
OPENING, CLOSING = "Mở", "Kết"
_WATCHES = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|theo dõi|đôn đốc)")
_ACT = re.compile(rf"(?=[{UPPER}])(?i:{any_of(VERBS)})\b")
_HANDS_OUT = ("Giao ", "giao ", "Phân công ", "phân công ")


def read_closing(context: Context, start: int, end: int) -> tuple[Item, ...]:
    """Return what the closing words still order: a report until a day, or a unit told to follow up."""
    found = []
    for first, last in paragraphs(context.source.text, start, end):
        announced = _ANNOUNCED.match(context.source.text, first, last)
        first = announced.end() if announced else first  # noqa: PLW2901 - what it announces is over
        orders = context.orders(first, last, is_labelled=False)
        if orders:
            order = orders[0]
            item = build_item(
                context, CLOSING, (first, first, last), order, Duty(order.assignees, order.leads)
            )
            is_handed_out = context.source.text.startswith(_HANDS_OUT, order.start)
            is_kept_watch = order.verb and _WATCHES.match(order.verb.value)
            if item.deadline or is_handed_out or is_kept_watch:
                found.append(replace(item, no=context.unique(CLOSING)))
    return tuple(found)


def read_opening(context: Context, start: int, end: int) -> tuple[Item, ...]:
    """Return what the words above the first label order by a day of their own; "như sau:" only leads in."""
    found = []
    for first, last in paragraphs(context.source.text, start, end):
        orders = [order for order in context.orders(first, last, is_labelled=False) if order.is_explicit]
        if (
            orders
            and _is_due(context, orders[0], last)
            and not context.source.text[first:last].rstrip().endswith((":", ","))
        ):
            duty = Duty(orders[0].assignees, orders[0].leads)
            item = build_item(context, OPENING, (first, first, last), orders[0], duty, is_sure=False)
            if item.deadline:
                found.append(replace(item, no=context.unique(OPENING)))
    return tuple(found)


def _is_due(context: Context, order: Order, end: int) -> bool:
    """Say whether an order gives a day within its own sentence."""
    stop = _SENTENCE.search(context.source.text, order.start, end)
    return bool(read_deadlines(context.source, order.start, stop.start() if stop else end, context.when))


def read_paragraphs(context: Context, start: int, end: int) -> tuple[Item, ...]:
    """Read a letter without labels: every paragraph that orders something is an item, to be asked.

    Whom a paragraph like "… đề nghị X thực hiện các việc sau:" names does what the next ones open with.
    """
    found: list[Item] = []
    above: Duty | None = None
    for first, last in paragraphs(context.source.text, start, end):
        order = _first_order(context, first, last)
        if order and order.is_explicit and context.source.text[first:last].rstrip().endswith("sau:"):
            above = Duty(order.assignees, order.leads)
            if not _is_due(context, order, last):  # it only leads in
                continue
        duty = Duty(order.assignees, order.leads) if order else above
        if duty and (order or _ACT.match(context.source.text, first, last)):
            no = str(len(found) + 1)
            item = build_item(context, no, (first, first, last), order, duty, is_sure=False)
            if item.deadline or not is_closing(context.source.text[first:last]):
                found.append(replace(item, no=context.unique(no)))
    return tuple(found)


def _first_order(context: Context, start: int, end: int) -> Order | None:
    orders = context.orders(start, end, is_labelled=False)
    return next((order for order in orders if order.is_explicit or _is_told(order)), None)


def _is_told(order: Order) -> bool:
    """Say whether a sentence tells somebody whom the reader is sure of what to do."""
    return all(one.certainty is Certainty.SURE for one in order.assignees)


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the paragraphs between two places begin and end."""
    found, at = [], start
    for gap in _PARAGRAPH.finditer(text, start, end):
        found.append((at, gap.start()))
        at = gap.end()
    return [*found, (at, end)]
