"""The outbox: one delivery per person, channel and occasion, and what becomes of it."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import select

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.i18n import N_
from cchc_portal.reminders import queries
from cchc_portal.reminders.models import Channel, Delivery, MailChoice, State, Urging

LEASE = timedelta(minutes=2)  # a try takes ten seconds at most
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15)]
GIVE_UP = timedelta(days=4)  # a long weekend
LONGEST_ERROR = 300
NO_ADDRESS = N_("Địa chỉ thư điện tử chưa có hoặc không đúng.")


def deliver_to(
    user_ids: Collection[int], channel: Channel, *, day_on: date | None = None, urging: Urging | None = None
) -> dict[int, Delivery]:
    """Return the delivery of each person for a day's digest or an urging, new unless it is there.

    What goes by the portal is delivered by being written; mail waits to be sent.
    """
    occasion = f"digest/{day_on}" if day_on else f"urging/{urging.id if urging else ''}"
    is_mail = channel is Channel.MAIL
    rows = [
        {
            "key": f"{occasion}/{user_id}/{channel}",
            "user_id": user_id,
            "channel": channel,
            "day_on": day_on,
            "urging_id": urging.id if urging else None,
            "message_id": str(uuid4()) if is_mail else "",
            "state": State.PENDING if is_mail else State.SENT,
            "sent_at": None if is_mail else now(),
            "next_try_at": now(),
        }
        for user_id in sorted(user_ids)
    ]
    insert_once(Delivery, *rows)
    keys = [row["key"] for row in rows]
    found = db.session.scalars(select(Delivery).where(Delivery.key.in_(keys)).order_by(Delivery.user_id))
    return {delivery.user_id: delivery for delivery in found}


def reachable() -> set[int]:
    """Return the ids of the people who have an address and want the digest by mail."""
    unwilling = select(MailChoice.user_id).where(MailChoice.wants_digest.is_(False))
    query = select(User.id).where(User.email != "", User.disabled_at.is_(None), User.id.not_in(unwilling))
    return set(db.session.scalars(query))


def queue_notices() -> list[Delivery]:
    """Let single notices go by mail to those who asked for each; the daily digest has its own."""
    rows = [
        {
            "key": f"notice/{notice_id}",
            "user_id": user_id,
            "channel": Channel.MAIL,
            "notification_id": notice_id,
            "message_id": str(uuid4()),
            "state": State.PENDING,
            "next_try_at": now(),
        }
        for notice_id, user_id in queries.unsent_notices()
    ]
    insert_once(Delivery, *rows)
    keys = [row["key"] for row in rows]
    return list(db.session.scalars(select(Delivery).where(Delivery.key.in_(keys))))


def claim() -> Delivery | None:
    """Take the next mail that may go, so that no other process does; None if there is none.

    Whoever claims has `LEASE` to say what became of it; a mail whose process was killed is taken
    again afterwards.
    """
    delivery = db.session.scalar(
        queries.waiting_mail().order_by(Delivery.id).limit(1).with_for_update(skip_locked=True)
    )
    if delivery is not None:
        delivery.state, delivery.next_try_at = State.SENDING, now() + LEASE
        delivery.attempts += 1
    return delivery


def keep_sent(delivery: Delivery) -> Delivery:
    """Note that the server has accepted the mail."""
    delivery.state, delivery.sent_at, delivery.error = State.SENT, now(), ""
    return delivery


def defer(delivery: Delivery, *, error: str) -> Delivery:
    """Try a mail again later, each time after a longer while; give up after some days."""
    if now() - delivery.created_at > GIVE_UP:
        return fail(delivery, error=error)
    pause = PAUSES[min(delivery.attempts, len(PAUSES)) - 1]
    delivery.state, delivery.next_try_at = State.PENDING, now() + pause
    delivery.error = error[:LONGEST_ERROR]
    return delivery


def put_off(*, error: str) -> list[Delivery]:
    """Let everything that waits do so until later: the way itself is blocked."""
    waiting = db.session.scalars(queries.waiting_mail().with_for_update(skip_locked=True)).all()
    for delivery in waiting:
        delivery.attempts += 1
        defer(delivery, error=error)
    return list(waiting)


def fail(delivery: Delivery, *, error: str) -> Delivery:
    """Give a mail up, and say why."""
    delivery.state, delivery.error = State.FAILED, error[:LONGEST_ERROR]
    return delivery


def drop(delivery: Delivery) -> Delivery:
    """Send a mail no more, because what it would say no longer holds."""
    delivery.state = State.DROPPED
    return delivery
