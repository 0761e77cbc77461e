"""Reading the mail that waits, and what stands in it."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, exists, func, or_, select

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import local, now
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.holidays.queries import work_calendar
from cchc_portal.notifications.kinds import FOUND
from cchc_portal.notifications.models import Notification
from cchc_portal.reminders.models import Channel, Delivery, MailChoice, Reminder, State
from cchc_portal.reminders.rules import can_oversee
from cchc_portal.reminders.schedule import CLOSES, OPENS
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task

NOTICES_AT_ONCE = 200
SAID_ALREADY = ("reminder", "urged")  # kinds of notices that have a mail of their own


def get_delivery(delivery_id: int, *, to: User) -> Delivery:
    """Return a delivery, for those who oversee the work.

    Raises:
        NotFound: there is none, or the person does not.
    """
    found = db.session.get(Delivery, delivery_id)
    if found is None or not can_oversee(to):
        raise NotFound
    return found


def delivery(delivery_id: int) -> Delivery:
    """Return a delivery."""
    return db.session.get_one(Delivery, delivery_id, populate_existing=True)


def waiting_mail() -> Select[Delivery]:
    """Return a query for the mail that may go now; digests only by day and on working days.

    Mail whose sender was killed waits again once its lease is over.
    """
    here = local(now())
    is_open = OPENS <= here.time() < CLOSES and work_calendar().is_working(here.date())
    query = select(Delivery).where(
        Delivery.channel == Channel.MAIL,
        Delivery.state.in_((State.PENDING, State.SENDING)),
        Delivery.next_try_at <= now(),
    )
    return query if is_open else query.where(Delivery.day_on.is_(None))


def has_waiting_mail() -> bool:
    """Say whether any mail may go now."""
    return bool(db.session.scalar(select(waiting_mail().with_only_columns(Delivery.id).exists())))


def has_choosers() -> bool:
    """Say whether anybody wants each notice by mail."""
    return bool(db.session.scalar(select(exists().where(MailChoice.wants_each))))


def unsent_notices() -> Sequence[tuple[int, int]]:
    """Return (notification id, user id) of what is to go by mail to those who asked for each."""
    queued = exists().where(Delivery.notification_id == Notification.id)
    query = (
        select(Notification.id, Notification.user_id)
        .join(MailChoice, MailChoice.user_id == Notification.user_id)
        .join(User, and_(User.id == Notification.user_id, User.disabled_at.is_(None), User.email != ""))
        .where(
            MailChoice.wants_each,
            Notification.id > MailChoice.each_after_id,
            or_(Notification.kind.not_in(SAID_ALREADY), MailChoice.wants_digest.is_(False)),
            Notification.kind != FOUND,  # never a mail for each: they stand in the digest
            Notification.read_at.is_(None),
            ~queued,
        )
    )
    found = db.session.execute(query.order_by(Notification.id).limit(NOTICES_AT_ONCE))
    return [(notice_id, user_id) for notice_id, user_id in found]


def new_matches(*, besides: Delivery | None = None) -> Select[Notification]:
    """Return a query for what people have not read of their saved searches since their last digest by mail.

    Args:
        besides: the digest that is being written.
    """
    digests = select(func.max(Delivery.created_at)).where(
        Delivery.user_id == Notification.user_id,
        Delivery.channel == Channel.MAIL,
        Delivery.day_on.is_not(None),
        Delivery.id != (besides.id if besides else 0),
    )
    last = digests.correlate(Notification).scalar_subquery()
    return select(Notification).where(
        Notification.kind == FOUND,
        Notification.read_at.is_(None),
        or_(last.is_(None), Notification.created_at > last),
    )


def found_for(digest: Delivery) -> Sequence[str]:
    """Return the names of saved searches of which a digest tells that something new matches."""
    query = new_matches(besides=digest).where(Notification.user_id == digest.user_id)
    return db.session.scalars(query.with_only_columns(Notification.title).order_by(Notification.id)).all()


def still_due(of: Delivery) -> Sequence[Task]:
    """Return the tasks of a delivery that still wait and that the person may see, the oldest first."""
    # Asked first: with a fresh table PostgreSQL plans the two in one badly, seconds instead of milliseconds.
    reminded = db.session.scalars(select(Reminder.task_id).where(Reminder.delivery_id == of.id)).all()
    query = tasks.running(to=of.user).where(Task.id.in_(reminded))
    query = query.options(*tasks.LINE).order_by(Task.due_on, Task.id)
    return db.session.scalars(query).all()
