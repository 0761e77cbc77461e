"""The task: what an item gives one unit to do."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, UnitFunction, User
from cchc_portal.core.calendar import Recurrence, last_day
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.errors import require_step
from cchc_portal.core.mixins import Timestamped
from cchc_portal.directives.models import Item, Part
from cchc_portal.tasks.models.states import CLOSED, OPEN, TRANSITIONS, DeadlineSource, State


class Task(Timestamped, Model):
    """The work that an item gives one unit, for one period where the duty returns.

    `due_on` is the last day that is in time; `deadline_on` with its operator is how it was written.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("item_id", "unit_id", "period"),
        CheckConstraint("(deadline_on IS NULL) = (due_on IS NULL)", name="due"),
        CheckConstraint("(due_on IS NULL) OR (deadline_source IS NOT NULL)", name="deadline_source"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint(
            "state NOT IN ('reported', 'verified', 'done') OR reported_at IS NOT NULL", name="reported"
        ),
        CheckConstraint("(reported_at IS NULL) = (reported_by_id IS NULL)", name="reporter"),
        CheckConstraint("(verified_at IS NULL) = (verified_by_id IS NULL)", name="verified"),
        Index(None, "unit_id", "state"),
        Index(None, "state", "due_on"),
        Index(None, "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("directive_item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    function_id: Mapped[int | None] = mapped_column(ForeignKey("unit_function.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    part: Mapped[Part] = mapped_column(enum_type(Part, name="part"), default=Part.LEAD)
    state: Mapped[State] = mapped_column(enum_type(State, name="state"), default=State.NOT_STARTED)
    is_for_everybody: Mapped[bool] = mapped_column(default=False)  # addressed to persons, not to the unit
    is_backlog: Mapped[bool] = mapped_column(default=False)  # left over: item 5 of the letter of 2023
    serves_citizens: Mapped[bool] = mapped_column(default=False)  # citizens and businesses come first
    deliverable: Mapped[str] = mapped_column(String(500), default="")

    deadline_operator: Mapped[str] = mapped_column(String(40), default="")
    deadline_on: Mapped[date | None]
    deadline_words: Mapped[str] = mapped_column(String(200), default="")
    deadline_source: Mapped[DeadlineSource | None] = mapped_column(enum_type(DeadlineSource, name="source"))
    due_on: Mapped[date | None]
    letter_due_on: Mapped[date | None]  # the last day the letter leaves; internal deadlines never move it
    is_extended: Mapped[bool] = mapped_column(default=False)  # a later deadline was granted
    recurrence: Mapped[Recurrence | None] = mapped_column(enum_type(Recurrence, name="recurrence"))
    recurrence_day: Mapped[int | None]
    period: Mapped[str] = mapped_column(String(10), default="")  # "2023-03"; "" if it does not return

    percent: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last report
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who may not verify it
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # done or cancelled
    state_changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answer_code: Mapped[str] = mapped_column(String(60), default="")  # number of the letter that answers
    remark: Mapped[str] = mapped_column(String(500), default="")  # last column of the register

    item: Mapped[Item] = relationship()
    unit: Mapped[Unit] = relationship()
    function: Mapped[UnitFunction | None] = relationship()
    person: Mapped[User | None] = relationship(foreign_keys=[person_id])
    reported_by: Mapped[User | None] = relationship(foreign_keys=[reported_by_id])
    verified_by: Mapped[User | None] = relationship(foreign_keys=[verified_by_id])
    notes: Mapped[list["TaskNote"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="task",
        cascade="all, delete-orphan",
        order_by="TaskNote.id",
    )
    extensions: Mapped[list["Extension"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="task",
        cascade="all, delete-orphan",
        order_by="Extension.id",
    )

    @property
    def is_open(self) -> bool:
        """True while it is the unit's turn."""
        return self.state in OPEN

    @property
    def is_closed(self) -> bool:
        """True once it is done or cancelled."""
        return self.state in CLOSED

    @property
    def open_extension(self) -> "Extension | None":  # type: ignore[name-defined] # noqa: F821
        """The request for more time that waits for a decision."""
        return next((one for one in self.extensions if one.is_open), None)

    @hybrid_property
    def is_overdue(self) -> bool:
        """True if the last day is over and the unit has not reported."""
        return self.is_open and self.due_on is not None and self.due_on < today()

    @is_overdue.inplace.expression
    @classmethod
    def _is_overdue(cls) -> ColumnElement[bool]:
        # The middle part so that "not overdue" holds where there is no date: unknown is not false in SQL.
        return cls.state.in_(OPEN) & cls.due_on.is_not(None) & (cls.due_on < today())

    @property
    def days_left(self) -> int | None:
        """Days until the last one, negative once it is over; None without a date."""
        return (self.due_on - today()).days if self.due_on else None

    def be_due(
        self, on: date | None, *, operator: str = "", words: str = "", source: DeadlineSource | None
    ) -> None:
        """Set the deadline as it is written, and the last day that is in time."""
        self.deadline_on, self.deadline_operator, self.deadline_words = on, operator, words
        self.deadline_source = source if on or words else None
        self.due_on = last_day(on, operator=operator) if on else None

    def move_to(self, state: State) -> None:
        """Go on to another state.

        Raises:
            InvalidState: no step leads there from here.
        """
        require_step(state, among=TRANSITIONS[self.state])
        self.state, self.state_changed_at = state, now()
