"""Where the recognised parts stand in the original text, for the page that shows them."""

from collections.abc import Iterator

from cchc_portal.directives.reading.parts import Citation, Found, Item, Letter, Mark


def marks_of(letter: Letter) -> tuple[Mark, ...]:
    """Return every recognised part with its place, in the order of the text, longer ones first."""
    found = {(mark.span, mark.kind): mark for mark in _all(letter) if mark.span.start < mark.span.end}
    return tuple(sorted(found.values(), key=lambda mark: (mark.span.start, -mark.span.end, mark.kind)))


def _all(letter: Letter) -> Iterator[Mark]:
    yield from _head(letter)
    yield from _foot(letter)
    for citation in letter.citations:
        yield Mark(citation.core, "citation", _cited(citation), citation.certainty)
    for attachment in letter.attachments:
        yield _mark("attachment", attachment)
    for item in letter.all_items():
        yield from _of_item(item)


def _head(letter: Letter) -> Iterator[Mark]:
    head = letter.head
    for kind in ("type", "issuer", "parent", "number", "symbol", "place", "subject"):
        part = getattr(head, kind)
        if part:
            yield _mark(kind, part)
    if head.date:
        yield Mark(head.date.span, "date", "", head.date.certainty)
    for addressee in head.addressees:
        yield _mark("addressee", addressee)


def _foot(letter: Letter) -> Iterator[Mark]:
    foot = letter.foot
    for recipient in foot.recipients:
        yield _mark("recipient", recipient)
    for kind in ("filed_at", "capacity", "position", "signer"):
        part = getattr(foot, kind)
        if part:
            yield _mark(kind, part)


def _of_item(item: Item) -> Iterator[Mark]:
    yield Mark(item.span, "item", item.no, item.certainty)
    for assignee in item.assignees:
        yield _mark("assignee", assignee)
    for kind in ("verb", "report_to", "deliverable"):
        part = getattr(item, kind)
        if part:
            yield _mark(kind, part)
    for due in (item.deadline, *item.further):
        if due:
            yield Mark(due.span, "deadline", due.words, due.certainty)


def _mark(kind: str, part: Found[str]) -> Mark:
    return Mark(part.span, kind, part.value, part.certainty)


def _cited(citation: Citation) -> str:
    return f"{citation.type} {citation.number or citation.subject or ''}".strip()
