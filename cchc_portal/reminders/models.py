"""Tables: rules, daily runs, deliveries with their reminders, urgings, people's choices."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, User
from cchc_portal.accounts.models.periods import Lasting, period_check
from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.mixins import Timestamped
from cchc_portal.tasks.models import Task


class Timing(Labelled):
    """On which side of the deadline a rule speaks."""

    BEFORE = "before", N_("Trước hạn (ngày)")
    OVERDUE = "overdue", N_("Quá hạn (ngày làm việc)")


class Audience(Labelled):
    """Whom a rule speaks to."""

    ASSIGNEE = "assignee", N_("Người hoặc bộ phận thực hiện")
    HEAD = "head", N_("Trưởng bộ phận")
    LEADER = "leader", N_("Lãnh đạo UBND")


class Channel(Labelled):
    """How a reminder goes."""

    APP = "app", N_("Trên cổng")
    MAIL = "mail", N_("Thư điện tử")


class State(Labelled):
    """Where a delivery stands."""

    PENDING = "pending", N_("Chờ gửi")
    SENDING = "sending", N_("Đang gửi")
    SENT = "sent", N_("Đã gửi")
    FAILED = "failed", N_("Không gửi được")
    DROPPED = "dropped", N_("Không còn cần gửi")


class ReminderRule(Lasting, Model):
    """One line of the schedule, kept by the Office.

    `days` are calendar days before the last day in time, 0 on it; for overdue tasks the working day
    on which the rule speaks first, and `every` so many working days again.
    """

    __tablename__ = "reminder_rule"
    __table_args__ = (
        CheckConstraint("days BETWEEN 0 AND 365", name="days"),
        CheckConstraint("(timing = 'overdue') = (every IS NOT NULL)", name="every"),
        CheckConstraint("every IS NULL OR (every BETWEEN 1 AND 60 AND days >= 1)", name="every_range"),
        period_check(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    timing: Mapped[Timing] = mapped_column(enum_type(Timing, name="timing"))
    days: Mapped[int]
    every: Mapped[int | None]
    audience: Mapped[Audience] = mapped_column(enum_type(Audience, name="audience"))


class ReminderRun(Model):
    """A working day whose reminders are written; one row per day, whoever comes first."""

    __tablename__ = "reminder_run"

    day_on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Urging(Timestamped, Model):
    """The Office or a leader urged a unit; a second one on a day is meant."""

    __tablename__ = "urging"
    __table_args__ = (
        Index(
            "uq_urging_unit_id_day_on",
            "unit_id",
            "day_on",
            unique=True,
            sqlite_where=text("NOT is_again"),
            postgresql_where=text("NOT is_again"),
        ),
        Index(None, "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    day_on: Mapped[date]
    is_again: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(String(300), default="")

    unit: Mapped[Unit] = relationship()
    by: Mapped[User] = relationship()


class Delivery(Timestamped, Model):
    """What goes to one person by one channel at one time: a digest, an urging, a single notice.

    `key` says which, so that it exists once; `message_id` stays the same at every try.
    """

    __tablename__ = "reminder_delivery"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        Index(None, "state", "next_try_at"),
        Index(None, "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, name="channel"))
    day_on: Mapped[date | None]  # of the digest; None for what goes at once
    urging_id: Mapped[int | None] = mapped_column(ForeignKey("urging.id", ondelete="CASCADE"))
    notification_id: Mapped[int | None] = mapped_column(
        ForeignKey("notification.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[State] = mapped_column(enum_type(State, name="state"), default=State.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)  # while sending: when others may
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(String(300), default="")

    user: Mapped[User] = relationship()
    urging: Mapped[Urging | None] = relationship()


class Reminder(Timestamped, Model):
    """One person is reminded of one task at one step of its deadline, by one channel.

    `step` is the distance from the deadline: -7 a week before, 0 on the last day, 4 after four
    working days. With another deadline the steps begin anew.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        Index(
            "uq_reminder_step",
            "task_id",
            "due_on",
            "step",
            "user_id",
            "channel",
            unique=True,
            sqlite_where=text("urging_id IS NULL"),
            postgresql_where=text("urging_id IS NULL"),
        ),
        UniqueConstraint("urging_id", "task_id", "user_id", "channel"),
        CheckConstraint("(urging_id IS NULL) = (step IS NOT NULL)", name="step"),
        CheckConstraint("answered_at IS NOT NULL OR (answer = '' AND promised_on IS NULL)", name="answered"),
        Index(None, "user_id", "task_id"),
        Index(None, "delivery_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, name="channel"))
    due_on: Mapped[date | None]
    step: Mapped[int | None]
    urging_id: Mapped[int | None] = mapped_column(ForeignKey("urging.id", ondelete="CASCADE"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("reminder_delivery.id", ondelete="CASCADE"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    promised_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(String(300), default="")

    task: Mapped[Task] = relationship()
    user: Mapped[User] = relationship()
    urging: Mapped[Urging | None] = relationship()
    delivery: Mapped[Delivery] = relationship()


class MailChoice(Model):
    """What a person wants by mail; without a row the daily digest alone."""

    __tablename__ = "mail_choice"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    wants_digest: Mapped[bool] = mapped_column(default=True)
    wants_each: Mapped[bool] = mapped_column(default=False)
    each_after_id: Mapped[int] = mapped_column(default=0)  # notifications up to this one came before


class CalendarAddress(Timestamped, Model):
    """The private address of a person's calendar; only its hash is kept."""

    __tablename__ = "calendar_address"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)

    user: Mapped[User] = relationship()
