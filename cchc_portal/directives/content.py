"""What a letter says, as plain data between the reader, the form and the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cchc_portal.directives import reading
from cchc_portal.directives.models import Directive, Item, Part

LETTER, INTERNAL = "letter", "internal"  # where a deadline comes from
_SUMMARY = 120
_JOINTS = " :;–-•+"


@dataclass(frozen=True)
class Assigned:
    """Somebody who has to act, in the letter's words."""

    words: str
    part: Part = Part.LEAD


@dataclass(frozen=True)
class ItemContent:
    """An item as it will be kept; the code says where it belongs ("2.a" below "2")."""

    code: str
    text: str
    assigned: tuple[Assigned, ...] = ()
    verb: str = ""
    report_to: str = ""
    deadline_operator: str = ""
    deadline_on: date | None = None
    deadline_words: str = ""
    deadline_source: str = ""
    deliverable: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What goes into the item's row: what is here, and what the words of its deadline say by themselves."""
        names = (
            "code", "text", "verb", "report_to", "deadline_operator", "deadline_on", "deadline_words", "deliverable",
        )  # fmt: skip
        timing = reading.read_timing(self.deadline_words)
        return {name: getattr(self, name) for name in names} | {
            "deadline_source": (self.deadline_source or INTERNAL) if self.has_deadline else "",
            "recurrence": timing.recurrence,
            "recurrence_day": timing.recurrence_day,
            "within_days": timing.within_days,
            "within_working": timing.within_working,
            "summary": summary(self.text),
        }

    @property
    def has_deadline(self) -> bool:
        """Whether anything is said on when it is due."""
        return bool(self.deadline_on or self.deadline_words)


@dataclass(frozen=True)
class CitationContent:
    """A cited document as it will be kept."""

    kind: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    role: str = ""


@dataclass(frozen=True)
class Content:
    """A letter without its text: columns of the head by name, citations, items in their order."""

    head: dict[str, Any]
    citations: tuple[CitationContent, ...] = ()
    items: tuple[ItemContent, ...] = field(default=())


def summary(text: str) -> str:
    """Return the beginning of a text for lists, cut between words, without what only joins it to its list."""
    line = " ".join(text.split()).lstrip(_JOINTS).rstrip(" ;,:")
    if len(line) <= _SUMMARY:
        return line
    return line[:_SUMMARY].rpartition(" ")[0].rstrip(_JOINTS + ",") + "…"


def of_letter(letter: reading.Letter) -> Content:
    """Return what the reader recognised, cut to what the columns hold."""
    return Content(
        head=_head(letter),
        citations=tuple(_citation(citation) for citation in letter.citations),
        items=tuple(_item(item) for item in letter.all_items()),
    )


def of_directive(directive: Directive) -> Content:
    """Return what is kept of a letter."""
    return Content(
        head={name: getattr(directive, name) for name in HEAD},
        citations=tuple(
            CitationContent(c.kind, c.number, c.issued_on, c.issuer, c.role) for c in directive.citations
        ),
        items=tuple(_kept(item) for item in directive.items),
    )


HEAD = (
    "kind", "issuer", "superior", "number", "symbol", "place", "day", "month", "year", "subject", "addressees",
    "recipients", "filed_at", "signer_capacity", "signer_position", "signer_name", "annexes",
)  # fmt: skip


def _head(letter: reading.Letter) -> dict[str, Any]:
    head, foot = letter.head, letter.foot
    written = head.date.value if head.date else reading.PartialDate(None, None, None)
    return {
        "kind": head.type.value,
        "issuer": _fit(head.issuer, 200),
        "superior": _fit(head.parent, 200),
        "number": _fit(head.number, 11),
        "symbol": _fit(head.symbol, 30),
        "place": _fit(head.place, 100),
        "day": written.day,
        "month": written.month,
        "year": written.year,
        "subject": _fit(head.subject, 500),
        "addressees": _values(head.addressees),
        "recipients": _values(foot.recipients),
        "filed_at": _fit(foot.filed_at, 60),
        "signer_capacity": _fit(foot.capacity, 120),
        "signer_position": _fit(foot.position, 100),
        "signer_name": _fit(foot.signer, 50),
        "annexes": _values(letter.attachments),
    }


def _citation(citation: reading.Citation) -> CitationContent:
    title = citation.number or citation.subject or ""
    return CitationContent(
        kind=citation.type,
        number=title[:60],
        issued_on=citation.date,
        issuer=(citation.issuer or "")[:200],
        role=citation.role or "",
    )


def _item(item: reading.Item) -> ItemContent:
    deadline = item.deadline
    return ItemContent(
        code=item.no[:20],
        text=item.text,
        assigned=tuple(
            Assigned(words[:300], Part.SUPPORT if words in item.support else Part.LEAD)
            for words in _values(item.assignees)
        ),
        verb=_fit(item.verb, 300),
        report_to=_fit(item.report_to, 200),
        deadline_operator=deadline.operator if deadline else "",
        deadline_on=deadline.on if deadline else None,
        deadline_words=deadline.words[:200] if deadline else "",
        deadline_source=LETTER if deadline else "",
        deliverable=_fit(item.deliverable, 500),
    )


def _kept(item: Item) -> ItemContent:
    return ItemContent(
        code=item.code,
        text=item.text,
        assigned=tuple(Assigned(one.words, one.part) for one in item.assignments),
        verb=item.verb,
        report_to=item.report_to,
        deadline_operator=item.deadline_operator,
        deadline_on=item.deadline_on,
        deadline_words=item.deadline_words,
        deadline_source=item.deadline_source,
        deliverable=item.deliverable,
    )


def _fit(found: "reading.Found[str] | None", length: int) -> str:
    return found.value[:length] if found else ""


def _values(found: "Iterable[reading.Found[str]]") -> list[str]:
    return [part.value for part in found]
