"""Writing mail: text and HTML of a digest, an urging or a single notice, in the person's language."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from flask import current_app, g, render_template
from flask_babel import gettext as _
from flask_babel import refresh

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.errors import NotFound
from cchc_portal.notifications import queries as notifications
from cchc_portal.reminders import queries
from cchc_portal.reminders.models import Delivery
from cchc_portal.web.i18n import LANGUAGES

MOST_LISTED = 50  # tasks in a mail; the rest stands on the portal
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")


class NothingToSay(Exception):
    """What the mail would have said no longer holds."""


class NoAddress(Exception):
    """The person has no address that mail could go to."""


@dataclass(frozen=True)
class _Letter:
    template: str
    subject: str
    context: dict[str, Any]


def write(delivery: Delivery) -> EmailMessage:
    """Return the mail of a delivery, as things stand now.

    The tasks in it are those that the person may see and that are still open; who was disabled or has
    chosen otherwise since it was written down gets none.

    Raises:
        NoAddress: the person has none, or it is no address.
        NothingToSay: nothing of it holds any more.
    """
    user = delivery.user
    if not (user.is_active and _is_wanted(delivery)):
        raise NothingToSay
    if not ADDRESS.fullmatch(user.email):
        raise NoAddress
    with _speaking_to(user):
        letter = _notice(delivery) if delivery.notification_id else _tasks(delivery)
        context = {"user": user, "base": current_app.config["CCHC_BASE_URL"], **letter.context}
        text = render_template(f"emails/{letter.template}.txt", **context)
        html = render_template(f"emails/{letter.template}.html", **context)
    return _message(delivery, letter.subject, text, html)


def _is_wanted(delivery: Delivery) -> bool:
    choice = queries.mail_choice(delivery.user)
    return choice.wants_each if delivery.notification_id else choice.wants_digest


def _tasks(delivery: Delivery) -> _Letter:
    tasks = queries.still_due(delivery)
    found = [] if delivery.urging else queries.found_for(delivery)
    if not tasks and not found:
        raise NothingToSay
    overdue = sum(task.is_overdue for task in tasks)
    context = {
        "tasks": tasks[:MOST_LISTED],
        "more": max(len(tasks) - MOST_LISTED, 0),
        "overdue": overdue,
        "urging": delivery.urging,
        "found": found,
    }
    if delivery.urging:
        subject = _("Đôn đốc thực hiện %(count)s nhiệm vụ", count=len(tasks))
        return _Letter("urging", subject, context)
    if not tasks:
        subject = _("Có mục mới khớp với tìm kiếm đã lưu")
    elif overdue:
        subject = _("Nhắc việc: %(count)s nhiệm vụ, %(overdue)s quá hạn", count=len(tasks), overdue=overdue)
    else:
        subject = _("Nhắc việc: %(count)s nhiệm vụ sắp đến hạn", count=len(tasks))
    return _Letter("digest", subject, context)


def _notice(delivery: Delivery) -> _Letter:
    try:
        entry = notifications.get(delivery.notification_id or 0, to=delivery.user)
    except NotFound as gone:
        raise NothingToSay from gone
    sentence = _(entry.kind.text, actor=entry.actor or _("Một đồng nghiệp"), title=entry.title)
    return _Letter("notice", sentence, {"sentence": sentence, "entry": entry})


def _message(delivery: Delivery, subject: str, text: str, html: str) -> EmailMessage:
    """Put the mail together; the library refuses line ends in headers, and none gets that far."""
    sender = current_app.config["CCHC_MAIL_FROM"]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(subject)[:200]
    message["From"] = Address(_one_line(current_app.config["CCHC_OFFICE_NAME"]), addr_spec=sender)
    message["To"] = Address(_one_line(delivery.user.full_name), addr_spec=delivery.user.email)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{delivery.message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def _one_line(words: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


@contextmanager
def _speaking_to(user: User) -> Iterator[None]:
    """Let templates speak the person's language and write whole addresses, as in a request of theirs."""
    base = current_app.config["CCHC_BASE_URL"] or "http://localhost"
    with current_app.test_request_context(base_url=base):
        _forget_language()
        g.language = user.locale if user.locale in LANGUAGES else "vi"
        try:
            yield
        finally:
            _forget_language()


def _forget_language() -> None:
    """Have the language settled anew: a job writes to many people, a request to one."""
    g.pop("catalogue", None)
    g.pop("language", None)
    refresh()
