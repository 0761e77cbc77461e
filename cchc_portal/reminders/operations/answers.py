"""What people say to reminders."""

from datetime import date

from sqlalchemy import update

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.reminders.models import Reminder
from cchc_portal.reminders.rules import can_answer

LONGEST_ANSWER = 300
PAST = N_("Ngày hứa hoàn thành không được ở quá khứ.")
TOO_LONG = N_("Trả lời không dài quá 300 ký tự.")


def answer(reminder: Reminder, *, by: User, words: str = "", promised_on: date | None = None) -> Reminder:
    """Keep what a person says to a reminder; without words it means "đã nhận".

    It answers all that the person was reminded of about the task so far, by whatever channel. The
    schedule goes on: a promise is not a report.

    Args:
        reminder: one of the person's own.
        by: the same person.
        words: a short answer.
        promised_on: the day before which it is to be done, today or later.

    Raises:
        NotAllowed: somebody else was reminded.
        Invalid: a day in the past, or too many words.
    """
    require(can_answer(by, reminder))
    words = words.strip()
    if promised_on is not None and promised_on < today():
        raise Invalid({"promised_on": PAST})
    if len(words) > LONGEST_ANSWER:
        raise Invalid({"words": TOO_LONG})
    answered = (
        update(Reminder)
        .where(
            Reminder.task_id == reminder.task_id,
            Reminder.user_id == by.id,
            (Reminder.answered_at.is_(None)) | (Reminder.id == reminder.id),
        )
        .values(answered_at=now(), answer=words, promised_on=promised_on)
    )
    db.session.execute(answered)
    promised = promised_on.isoformat() if promised_on else None
    audit.record("reminder.answered", on=reminder, by=by, task=reminder.task_id, promised=promised)
    return reminder
