"""What a reader finds in a letter: values, each with its place in the untouched text and how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from cchc_portal.core.calendar import Recurrence

T = TypeVar("T")


class Certainty(StrEnum):
    """Whether a part may be taken over, or has to be asked."""

    SURE = "sure"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the original text: characters `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value, where it stands, and how sure the reader is."""

    value: T
    span: Span
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True)
class PartialDate:
    """A date of which the office may have left parts blank."""

    day: int | None
    month: int | None
    year: int | None

    def as_date(self) -> date | None:
        """Return the date when it is complete and exists."""
        if not (self.day and self.month and self.year):
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Head:
    """What stands above the body of a letter; whatever is missing or blank is None."""

    type: Found[str]
    issuer: Found[str] | None
    parent: Found[str] | None
    number: Found[str] | None
    symbol: Found[str] | None
    separator: str
    place: Found[str] | None
    date: Found[PartialDate] | None
    subject: Found[str] | None
    addressees: tuple[Found[str], ...]

    @property
    def code(self) -> str | None:
        """Return number and symbol as other letters cite them, or None while the number is blank."""
        if not (self.number and self.symbol):
            return None
        return f"{self.number.value}{self.separator}{self.symbol.value}"


@dataclass(frozen=True)
class Foot:
    """What stands below the body of a letter."""

    recipients: tuple[Found[str], ...] = ()
    filed_at: Found[str] | None = None
    capacity: Found[str] | None = None
    position: Found[str] | None = None
    signer: Found[str] | None = None


@dataclass(frozen=True)
class Citation:
    """Another document that the letter names.

    Args:
        core: the stretch from type to date and issuer; `span` runs on through the cited subject.
    """

    type: str
    number: str | None
    date: date | None
    issuer: str | None
    subject: str | None
    role: str | None
    core: Span
    span: Span
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True)
class Deadline:
    """When something is due, in the letter's words and as far as they can be computed.

    Args:
        words: as the letter says it.
        operator: "trước", "chậm nhất", "đến hết", "đến", "trong", "vào" or "định kỳ".
        on: the date named, or the last day of the month, quarter or year named.
        recurrence: how often it returns.
        recurrence_day: of the week (1 is Monday), of the month, or of the period's last month.
        within_days: so many days after receipt; `within_working` when Saturdays and Sundays do not count.
    """

    words: str
    operator: str
    on: date | None
    span: Span
    recurrence: Recurrence | None = None
    recurrence_day: int | None = None
    within_days: int | None = None
    within_working: bool = False
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True)
class Timing:
    """What the words of a deadline say beside a date: how often it returns, or within how many days it falls."""

    recurrence: Recurrence | None = None
    recurrence_day: int | None = None
    within_days: int | None = None
    within_working: bool = False


@dataclass(frozen=True)
class When:
    """What dates mean in one letter.

    Args:
        written_on: the letter's date or the earliest it can be; it gives the year to a date without one.
        citations: documents whose dates are no deadlines.
    """

    written_on: date | None
    citations: tuple[Citation, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the letter."""
        return self.written_on.year if self.written_on else None


@dataclass(frozen=True)
class Item:
    """A numbered content of a letter, with what it orders whom to do until when.

    Args:
        no: "1", "2.a", "II.3"; unique in the letter.
        text: the item's own words on one line, without its label and its children.
        is_named: the item's own opening says who has to act (not inherited, not the whole letter's group).
        further: deadlines beside the one that binds most.
        source_typo: the slip as it stands in the letter when `verb` was corrected.
    """

    no: str
    text: str
    span: Span
    assignees: tuple[Found[str], ...] = ()
    is_named: bool = False
    leads: tuple[str, ...] = ()
    verb: Found[str] | None = None
    source_typo: str | None = None
    report_to: Found[str] | None = None
    deadline: Deadline | None = None
    further: tuple[Deadline, ...] = ()
    deliverable: Found[str] | None = None
    children: tuple["Item", ...] = ()
    certainty: Certainty = Certainty.SURE

    @property
    def lead(self) -> str | None:
        """Return who leads, None where nobody or more than one does."""
        return self.leads[0] if len(self.leads) == 1 else None

    @property
    def support(self) -> tuple[str, ...]:
        """Return who helps those who lead."""
        return tuple(body.value for body in self.assignees if self.leads and body.value not in self.leads)

    def walk(self) -> Iterator["Item"]:
        """Yield the item and all below it, in the letter's order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Mark:
    """A recognised part as the page shows it in the original text."""

    span: Span
    kind: str
    value: str
    certainty: Certainty


@dataclass(frozen=True)
class Letter:
    """Everything that was recognised in one letter; `text` is the original, never changed."""

    text: str
    head: Head
    foot: Foot
    citations: tuple[Citation, ...] = ()
    items: tuple[Item, ...] = ()
    attachments: tuple[Found[str], ...] = field(default=())

    @property
    def status_hint(self) -> str | None:
        """Say what the registry has still to fill in, in the words of the office."""
        missing = []
        if self.head.number is None:
            missing.append("chưa cấp số")
        if self.head.date is None or self.head.date.value.day is None:
            missing.append("chưa ghi ngày")
        return ", ".join(missing) or None

    def all_items(self) -> Iterator[Item]:
        """Yield items and sub-items, in the letter's order."""
        for item in self.items:
            yield from item.walk()
