"""Table of letters."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.errors import require_step
from cchc_portal.core.mixins import SoftDeleted, Timestamped
from cchc_portal.directives.models.keys import code_key, issuer_key, searched, text_key
from cchc_portal.directives.models.states import TRANSITIONS, Direction, State
from cchc_portal.directives.reading.dates import existing
from cchc_portal.storage.models import StoredFile


class Directive(Timestamped, SoftDeleted, Model):
    """An official letter. Number and day may be blank: the registry fills them in later."""

    __tablename__ = "directive"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (issued_at IS NULL)", name="issued"),
        CheckConstraint("(issued_at IS NULL) = (issued_by_id IS NULL)", name="issuer"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint(
            "direction = 'incoming' OR (arrival_number IS NULL AND arrival_on IS NULL)", name="arrival"
        ),
        CheckConstraint("(arrival_number IS NULL) OR (arrival_on IS NOT NULL)", name="arrival_day"),
        CheckConstraint("priority BETWEEN 0 AND 3", name="priority"),
        Index("ix_directive_arrival", "arrival_year", "arrival_number", unique=True),
        Index("ix_directive_register", "registered_on", "id"),
        Index(None, "code_key"),
        Index(None, "text_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(enum_type(State, name="state"), default=State.DRAFT)
    direction: Mapped[Direction] = mapped_column(
        enum_type(Direction, name="direction"), default=Direction.INCOMING
    )
    kind: Mapped[str] = mapped_column(String(100), default="")
    issuer: Mapped[str] = mapped_column(String(200), default="")
    superior: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[str] = mapped_column(String(11), default="")
    symbol: Mapped[str] = mapped_column(String(30), default="")
    place: Mapped[str] = mapped_column(String(100), default="")
    day: Mapped[int | None]
    month: Mapped[int | None]
    year: Mapped[int | None]
    subject: Mapped[str] = mapped_column(String(500), default="")
    addressees: Mapped[list[str]] = mapped_column(JSON, default=list)
    recipients: Mapped[list[str]] = mapped_column(JSON, default=list)
    filed_at: Mapped[str] = mapped_column(String(60), default="")
    signer_capacity: Mapped[str] = mapped_column(String(120), default="")
    signer_position: Mapped[str] = mapped_column(String(100), default="")
    signer_name: Mapped[str] = mapped_column(String(50), default="")
    annexes: Mapped[list[str]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text)  # as it came, never changed
    recognised: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # what was read, with places in the text
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(255), default="")
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    close_reason: Mapped[str] = mapped_column(String(500), default="")

    # What the book of letters holds beside the letter (NĐ 30/2020, Phụ lục VI).
    arrival_number: Mapped[int | None]
    arrival_on: Mapped[date | None]
    to_places: Mapped[str] = mapped_column(String(1000), default="")
    due_on: Mapped[date | None]
    priority: Mapped[int] = mapped_column(default=0)  # a key of `URGENCIES`
    page_amount: Mapped[int | None]
    issued_amount: Mapped[int | None]
    file_catalog: Mapped[int | None]  # year of the dossier it is filed in
    file_notation: Mapped[str] = mapped_column(String(20), default="")
    doc_ordinal: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(30), default="Tiếng Việt")
    description: Mapped[str] = mapped_column(String(500), default="")

    # What it is found and compared by; `_keep_keys` keeps them beside the words they come from.
    code_key: Mapped[str] = mapped_column(String(80), default="")
    issuer_key: Mapped[str] = mapped_column(String(400), default="")
    text_key: Mapped[str] = mapped_column(String(64), default="")
    searched: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date | None]  # the first day it may bear, where day or month are blank
    arrival_year: Mapped[int | None]  # numbers begin anew each year
    registered_on: Mapped[date]  # where it stands in the register

    file: Mapped[StoredFile | None] = relationship()
    imported_by: Mapped[User | None] = relationship(foreign_keys=[imported_by_id])
    issued_by: Mapped[User | None] = relationship(foreign_keys=[issued_by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
    # The letter's own; what the Office has put beside it comes with the chain.
    citations: Mapped[list["Citation"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="directive",
        cascade="all, delete-orphan",
        order_by="Citation.position",
        primaryjoin="and_(Directive.id == Citation.directive_id, Citation.added_at.is_(None))",
    )
    items: Mapped[list["Item"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="directive",
        cascade="all, delete-orphan",
        order_by="Item.position",
    )

    @property
    def is_open(self) -> bool:
        """True while the Office may still correct it."""
        return self.state is State.DRAFT

    @property
    def code(self) -> str:
        """Number and symbol as they are written, "…/UBND-VP" while the number is blank.

        Party bodies part them by a dash: "01-NQ/TU"; a symbol with a year by a slash: "61/2018/NĐ-CP".
        """
        if not self.symbol:
            return self.number
        is_of_the_party = "/" in self.symbol and not self.symbol[0].isdigit()
        return f"{self.number or '…'}{'-' if is_of_the_party else '/'}{self.symbol}"

    @property
    def title(self) -> str:
        """The subject as a heading, "" while there is none; official letters begin it in lower case."""
        return self.subject[:1].upper() + self.subject[1:]

    @property
    def date_words(self) -> str:
        """The date as NĐ 30/2020 writes it, "ngày … tháng 3 năm 2023" while the day is blank; "" without a year."""
        if self.year is None:
            return ""
        day = f"{self.day:02}" if self.day else "…"
        month = f"{self.month:02}" if self.month in {1, 2} else str(self.month or "…")
        return f"ngày {day} tháng {month} năm {self.year}"

    @property
    def is_dated(self) -> bool:
        """True if day, month and year are known."""
        return None not in (self.day, self.month, self.year)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the registry has still to fill in: "number", "day"."""
        return tuple(name for name in ("number", "day") if not getattr(self, name))

    def keep_keys(self, *, names: Sequence[str] = ()) -> None:
        """Bring what it is found by up to date; only what comes from the named columns if any are given."""
        if _any(names, "number", "symbol"):
            self.code_key = code_key(self.code)[:80]
        if _any(names, "issuer"):
            self.issuer_key = issuer_key(self.issuer)[:400]
        if _any(names, "text"):
            self.text_key = text_key(self.text)
        if _any(names, "number", "symbol", "issuer", "subject", "text"):
            self.searched = searched(self.code_key, self.subject, self.issuer_key, self.issuer, self.text)
        self.issued_on = existing(self.year, self.month or 1, self.day or 1) if self.year else None
        self.arrival_year = self.arrival_on.year if self.arrival_on else None
        self.registered_on = self.arrival_on or self.issued_on or self.registered_on or today()

    def move_to(self, state: State) -> None:
        """Go on to another state.

        Raises:
            InvalidState: no step leads there from here.
        """
        require_step(state, among=TRANSITIONS[self.state])
        self.state = state


def _any(names: Sequence[str], *wanted: str) -> bool:
    return not names or any(name in names for name in wanted)


@event.listens_for(Directive, "before_insert")
def _make_keys(_mapper: Mapper[Directive], _connection: Any, directive: Directive) -> None:
    for name, value in _BLANK.items():
        if getattr(directive, name) is None:
            setattr(directive, name, value)
    directive.keep_keys()


@event.listens_for(Directive, "before_update")
def _keep_keys(_mapper: Mapper[Directive], _connection: Any, directive: Directive) -> None:
    changed = [one.key for one in inspect(directive).attrs if one.history.has_changes()]
    if changed:
        directive.keep_keys(names=changed)


_BLANK = dict.fromkeys(("number", "symbol", "issuer", "subject", "text"), "")
