"""Đôn đốc: the Office or a leader urges a unit, at once."""

from collections.abc import Sequence

from cchc_portal import audit
from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db, hold_row, insert_once
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.notifications.subjects import titles_of
from cchc_portal.reminders import queries
from cchc_portal.reminders.models import Channel, Reminder, Urging
from cchc_portal.reminders.outbox import deliver_to, reachable
from cchc_portal.reminders.rules import can_oversee
from cchc_portal.tasks.models import Task

LONGEST_WORDS = 300
NOTHING = N_("Bộ phận này không có nhiệm vụ quá hạn hoặc đến hạn trong 7 ngày tới.")
AGAIN = N_("Hôm nay đã đôn đốc bộ phận này. Hãy đánh dấu “Đôn đốc lần nữa” nếu vẫn muốn gửi.")
ENOUGH = N_(
    "Hôm nay đã đôn đốc bộ phận này hai lần. Từ ngày mai mới đôn đốc tiếp được; việc gấp hãy gửi công văn đôn đốc."
)
NOBODY = N_("Bộ phận này chưa có ai có tài khoản.")
TOO_LONG = N_("Lời đôn đốc không dài quá 300 ký tự.")


def urge(unit: Unit, *, by: User, by_mail: bool, words: str = "", again: bool = False) -> Urging:
    """Urge a unit to do what is overdue or due within a week: its people and its head are told at once.

    Effects in order: the urging, one reminder per task, person and channel, the events.

    Args:
        unit: which.
        by: the Office or a leader.
        by_mail: whether the portal can send mail.
        words: what is added, may be empty.
        again: that a second urging on the same day is meant; there is no third.

    Raises:
        NotAllowed: the person does not oversee the work.
        Invalid: nothing to urge, nobody to tell, too many words, or urged today already, or twice.
    """
    require(can_oversee(by))
    tasks, words = queries.to_urge(unit, to=by), words.strip()
    people = queries.Addressees().of_unit(unit.id)
    _check(tasks, people, words)
    urging = _write(unit, by, words, again=again)
    _remind(urging, tasks, people, Channel.APP)
    if by_mail:
        _remind(urging, tasks, people & reachable(), Channel.MAIL)
    audit.record(
        "unit.urged",
        on=unit,
        by=by,
        urging=urging.id,
        tasks=[task.id for task in tasks],
        titles=titles_of(tasks)[:300],
        words=words,
    )
    audit.record_many("task.urged", on=tasks, by=by)
    return urging


def _check(tasks: Sequence[Task], people: set[int], words: str) -> None:
    if not tasks:
        raise Invalid({"": NOTHING})
    if not people:
        raise Invalid({"": NOBODY})
    if len(words) > LONGEST_WORDS:
        raise Invalid({"words": TOO_LONG})


def _write(unit: Unit, by: User, words: str, *, again: bool) -> Urging:
    """Write the urging; of two clicks at once on a day one is the second."""
    hold_row(unit, "valid_to")
    if again and queries.is_urged_again(unit):
        raise Invalid({"again": ENOUGH})
    row = {"unit_id": unit.id, "by_id": by.id, "day_on": today(), "is_again": again, "words": words}
    written = insert_once(Urging, row)
    if not written:
        raise Invalid({"again": AGAIN})
    return db.session.get_one(Urging, written[0].id)


def _remind(urging: Urging, tasks: Sequence[Task], people: set[int], channel: Channel) -> None:
    deliveries = deliver_to(people, channel, urging=urging)
    insert_once(
        Reminder,
        *(
            {
                "task_id": task.id,
                "due_on": task.due_on,
                "step": None,
                "urging_id": urging.id,
                "user_id": user_id,
                "channel": channel,
                "delivery_id": delivery.id,
            }
            for user_id, delivery in deliveries.items()
            for task in tasks
        ),
    )
