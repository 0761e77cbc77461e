"""What the items of one letter have in common, and how one item is put together from what was read."""

import re
from dataclasses import dataclass, field, replace

from cchc_portal.core.text import fold_name
from cchc_portal.directives.reading.assignments import find_orders
from cchc_portal.directives.reading.bodies import KnownUnits
from cchc_portal.directives.reading.deadlines import read_deadlines
from cchc_portal.directives.reading.orders import Order
from cchc_portal.directives.reading.parts import Certainty, Deadline, Found, Item, When
from cchc_portal.directives.reading.reports import find_report_to
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.tables import plain

_YOU = re.compile(r"[Qq]uý |[Cc]ác đồng chí$")


@dataclass(frozen=True)
class Duty:
    """What an item takes over from what stands above it."""

    assignees: tuple[Found[str], ...] = ()
    leads: tuple[str, ...] = ()
    deadline: Deadline | None = None
    is_told: bool = (
        False  # it stands in a part that tells how things are: only "Giao" and the like order there
    )


@dataclass
class Context:
    """What the items of one letter have in common."""

    source: Source
    known: KnownUnits
    when: When
    issuer: str = ""
    addressees: tuple[Found[str], ...] = ()
    is_minutes: bool = False
    invites: bool = False  # whom it lists is asked to come; only a sentence tells somebody to act
    used: set[str] = field(default_factory=set)

    def unique(self, no: str) -> str:
        """Return the number, told apart from an earlier equal one."""
        candidate, copy = no, 1
        while candidate in self.used:
            copy += 1
            candidate = f"{no}-{copy}"
        self.used.add(candidate)
        return candidate

    def orders(self, start: int, end: int, *, is_labelled: bool = True) -> list[Order]:
        """Return the orders between two places; "Quý cơ quan" is whom the letter addresses.

        What a sentence tells of the issuer itself is no order, but where it opens a labelled item.
        """
        found = (self._spoken(order) for order in find_orders(self.source, start, end, self.known))
        return [
            order for order in found if not self._tells_of_the_issuer(order, start if is_labelled else None)
        ]

    def _spoken(self, order: Order) -> Order:
        if not (self.addressees and any(_YOU.match(one.value) for one in order.assignees)):
            return order
        return replace(order, assignees=self.addressees, leads=())

    def _tells_of_the_issuer(self, order: Order, opening: int | None) -> bool:
        if order.is_explicit or not self.issuer or len(order.assignees) != 1:
            return False
        name = order.assignees[0].value
        is_opening = opening is not None and self.source.text[opening : opening + 200].lstrip(
            " \n-+•"
        ).startswith(name)
        return f"{self.issuer} ".startswith(f"{_short(name)} ") and not is_opening


def issued_by(name: Found[str] | None) -> str:
    """Return the issuer's name as it is compared."""
    return _short(name.value) if name else ""


def _short(name: str) -> str:
    return fold_name(name).replace("uy ban nhan dan", "ubnd")


def build_item(
    context: Context,
    no: str,
    place: tuple[int, int, int],
    order: Order | None,
    duty: Duty,
    children: tuple[Item, ...] = (),
    *,
    is_sure: bool = True,
) -> Item:
    """Return an item whose label, own words and end stand at three places."""
    start, own_start, end = place
    source = context.source
    due = read_deadlines(source, own_start, end, context.when) if order or not context.invites else ()
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
        deadline=due[0] if due else None,
        further=due[1:],
        children=children,
        certainty=Certainty.SURE if is_clear else Certainty.DOUBTFUL,
    )
