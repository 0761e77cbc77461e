"""The job: write the day's reminders, send the mail that waits.

Mail is sent at least once and, but for one moment, at most once: the moment between a server's "250
accepted" and our note of it. A portal killed right there sends the mail again, under the same
Message-ID; every mail server keeps it the same way (RFC 5321, 4.2.5).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import structlog
from flask import current_app

from cchc_portal.core.db import db, let_others_write, unit_of_work
from cchc_portal.jobs import job
from cchc_portal.reminders import letters, operations, outbox, queries
from cchc_portal.reminders.post import Blocked, Later, Post, Undeliverable, post_office

BUDGET_SECONDS = 20  # of each minute

log = structlog.get_logger()


@job
def remind_people() -> None:
    """Write today's reminders if it is time, then send what waits; comes by every minute."""
    way = current_app.config["CCHC_MAIL_URL"]
    if queries.is_time_to_remind():
        with _writing():
            operations.remind(by_mail=bool(way))
    if way:
        send_mail()


def send_mail() -> None:
    """Send the mail that waits, one after the other on one connection.

    When nothing goes that way now, everything that waits does so until later; a mail that is refused
    holds up no other. After a while the rest is left to the next minute, so that a slow server keeps
    no other work of the portal waiting for long.
    """
    if queries.has_choosers():
        with _writing():
            outbox.queue_notices()
    if not queries.has_waiting_mail():
        return
    try:
        with post_office(current_app.config["CCHC_MAIL_URL"]) as post:
            _send_all(post)
    except Blocked as blocked:
        log.warning("mail_blocked", error=str(blocked))
        with _writing():
            outbox.put_off(error=str(blocked))


def _send_all(post: Post) -> None:
    end = monotonic() + BUDGET_SECONDS
    while delivery_id := _claimed():
        _send(post, delivery_id)
        if monotonic() > end:
            return


def _claimed() -> int | None:
    with _writing():
        delivery = outbox.claim()
        return delivery.id if delivery else None


def _send(post: Post, delivery_id: int) -> None:
    try:
        message = letters.write(queries.delivery(delivery_id))
        let_others_write()  # the server takes its time; the database need not wait with us
        post.send(message)
    except Blocked as blocked:
        _note(delivery_id, outbox.defer, error=str(blocked))
        raise
    except Later as later:
        _note(delivery_id, outbox.defer, error=str(later))
    except letters.NothingToSay:
        _note(delivery_id, outbox.drop)
    except letters.NoAddress:
        _note(delivery_id, outbox.fail, error=outbox.NO_ADDRESS)
    except Undeliverable as refused:
        _note(delivery_id, outbox.fail, error=str(refused))
    except Exception as error:
        log.exception("mail_not_written", delivery=delivery_id)
        _note(delivery_id, outbox.fail, error=type(error).__name__)
    else:
        _note(delivery_id, outbox.keep_sent)


def _note(delivery_id: int, outcome: Callable[..., object], **what: str) -> None:
    with _writing():
        outcome(queries.delivery(delivery_id), **what)


@contextmanager
def _writing() -> Iterator[None]:
    """End the read so far, so that a write begins afresh and waits for its turn (`core.db`)."""
    db.session.rollback()
    with unit_of_work():
        yield
