"""Reads a Vietnamese official letter: what it is, what it cites, whom it tells to do what until when."""

from collections.abc import Collection
from datetime import date

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold_name
from cchc_portal.directives.reading.annexes import annexes_start, find_annexes
from cchc_portal.directives.reading.attachments import read_attachments
from cchc_portal.directives.reading.bodies import KnownUnits
from cchc_portal.directives.reading.citations import read_citations
from cchc_portal.directives.reading.closing import body_end
from cchc_portal.directives.reading.duties import Context, Duty, issued_by
from cchc_portal.directives.reading.foot import foot_start, has_recipients, has_signature, read_foot
from cchc_portal.directives.reading.head import read_head, signs_of_a_letter
from cchc_portal.directives.reading.items import read_annex, read_items
from cchc_portal.directives.reading.labels import read_tree
from cchc_portal.directives.reading.normalise import normalise
from cchc_portal.directives.reading.parts import Certainty, Found, Head, Item, Letter, When
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.unlabelled import read_closing
from cchc_portal.directives.reading.words import INVITATION, MINUTES, ORDERING_TYPES

LONGEST = 400_000  # characters; 40 pages have about 120,000
_SIGNS_NEEDED = 3

EMPTY = N_("Không có nội dung để đọc. Hãy chọn tệp có chữ, hoặc dán toàn văn công văn vào ô bên dưới.")
TOO_LONG = N_("Văn bản dài quá 400.000 ký tự. Hãy tách phụ lục ra và chỉ nhập phần công văn.")
NO_LETTER = N_(
    "Nội dung này không giống một công văn: chưa thấy đủ số và ký hiệu, ngày tháng, trích yếu, nơi gửi, nơi nhận. "
    "Hãy kiểm tra lại tệp, hoặc dán toàn văn công văn, từ tên cơ quan ban hành đến nơi nhận."
)


def read_letter(text: str, *, known_units: Collection[str] = ()) -> Letter:
    """Read an official letter of any kind (NĐ 30/2020/NĐ-CP; Party bodies: the same with other signs).

    Args:
        text: the letter as it came; it is kept untouched and every part points into it.
        known_units: names and aliases of units ("VP-TK") that the rules would not know for such.

    Raises:
        Invalid: the text is empty, too long, or no letter; the message says what to do.
    """
    if len(text) > LONGEST:
        raise Invalid({"": TOO_LONG})
    if not text.strip():
        raise Invalid({"": EMPTY})
    source = normalise(text)
    _require_letter(source)
    return _read(text, source, frozenset(fold_name(name) for name in known_units))


def _require_letter(source: Source) -> None:
    if not source.text.strip():
        raise Invalid({"": EMPTY})
    signs = signs_of_a_letter(source) + has_recipients(source) + has_signature(source)
    if signs < _SIGNS_NEEDED:
        raise Invalid({"": NO_LETTER})


def _read(text: str, source: Source, known: KnownUnits) -> Letter:
    foot_at = foot_start(source)
    below = annexes_start(source, foot_at)
    head, start = read_head(source, foot_at)
    foot_at = max(start, foot_at)
    end = body_end(source, start, foot_at)
    citations = read_citations(source, start, foot_at, own_code=head.code)
    foot = read_foot(source, foot_at, below)
    context = Context(
        source,
        known | _named(head.addressees + foot.recipients),
        When(_written_on(head), citations),
        issuer=issued_by(head.issuer),
        addressees=head.addressees,
        is_minutes=head.type.value == MINUTES,
        invites=head.type.value == INVITATION,
    )
    return Letter(
        text=text,
        head=head,
        foot=foot,
        citations=citations,
        items=_items(context, head, (start, end, foot_at)),
        attachments=read_attachments(source, start, foot_at),
    )


def _named(bodies: tuple[Found[str], ...]) -> frozenset[str]:
    """Return the names of those to whom a letter goes: where one of them is told something, it acts."""
    return frozenset(fold_name(body.value) for body in bodies)


def _items(context: Context, head: Head, body: tuple[int, int, int]) -> tuple[Item, ...]:
    """Return what the body orders, what its closing words order, and what the annexes hold."""
    start, end, foot_at = body
    items = read_items(context, start, end, default=_default_duty(context, head, start, end))
    return (
        *items,
        *read_closing(context, end, foot_at),
        *(read_annex(context, annex) for annex in find_annexes(context.source, foot_at)),
    )


def _written_on(head: Head) -> date | None:
    """Return the earliest day on which the letter can have been written."""
    if head.date is None or head.date.value.year is None:
        return None
    written = head.date.value
    try:
        return date(written.year or 1, written.month or 1, written.day or 1)
    except ValueError:
        return None


def _default_duty(context: Context, head: Head, start: int, end: int) -> Duty:
    """Return who has to act where an item names nobody: whom the opening words order, else the addressees."""
    tree = read_tree(context.source.text, start, end)
    opening_end = tree[0].start if tree else start
    orders = [o for o in context.orders(start, opening_end) if o.is_explicit]
    if orders:
        return Duty(orders[-1].assignees, orders[-1].leads)
    if head.type.value not in ORDERING_TYPES:
        return Duty()
    return Duty(tuple(Found(to.value, to.span, Certainty.DOUBTFUL) for to in head.addressees))
