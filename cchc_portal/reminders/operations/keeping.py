"""Keeping the schedule: lines hold from a day to another, so that the log stays explained."""

from datetime import timedelta

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.reminders import queries
from cchc_portal.reminders.models import Audience, ReminderRule, Timing
from cchc_portal.reminders.rules import can_oversee

FURTHEST = 365
LONGEST_PAUSE = 60
WRONG_DAYS = N_("Số ngày phải từ 0 đến 365.")
WRONG_OVERDUE = N_("Mốc quá hạn bắt đầu từ ngày làm việc thứ 1 trở đi.")
WRONG_EVERY = N_("Với mốc quá hạn, hãy ghi lặp lại sau mấy ngày làm việc (từ 1 đến 60).")
THERE = N_("Mốc này đã có.")
OVER = N_("Mốc này đã kết thúc.")


def add_rule(
    *, by: User, timing: Timing, days: int, audience: Audience, every: int | None = None
) -> ReminderRule:
    """Add a line to the schedule, from today on.

    Args:
        by: the Office or a leader.
        timing: before the deadline, or once it is over.
        days: calendar days before it, or the working day after it on which the line speaks first.
        audience: to whom.
        every: for overdue tasks, after how many working days again.

    Raises:
        NotAllowed: the person does not keep the schedule.
        Invalid: wrong numbers, or the line is there already.
    """
    require(can_oversee(by))
    every = every if timing is Timing.OVERDUE else None
    _check(timing, days, every)
    wanted = (timing, days, every, audience)
    if any((one.timing, one.days, one.every, one.audience) == wanted for one in queries.rules_on(today())):
        raise Invalid({"days": THERE})
    rule = ReminderRule(timing=timing, days=days, every=every, audience=audience, valid_from=today())
    db.session.add(rule)
    audit.record("reminder.rule_added", on=rule, by=by, timing=timing, days=days, audience=audience)
    return rule


def end_rule(rule: ReminderRule, *, by: User) -> ReminderRule:
    """Let a line of the schedule hold no longer; one that was added today goes away.

    Raises:
        NotAllowed: the person does not keep the schedule.
        InvalidState: it has ended already.
    """
    require(can_oversee(by))
    if rule.valid_to is not None:
        raise InvalidState(OVER)
    audit.record("reminder.rule_ended", on=rule, by=by, timing=rule.timing, days=rule.days)
    if rule.valid_from >= today():
        db.session.delete(rule)
    else:
        rule.valid_to = today() - timedelta(days=1)
    return rule


def _check(timing: Timing, days: int, every: int | None) -> None:
    if not 0 <= days <= FURTHEST:
        raise Invalid({"days": WRONG_DAYS})
    if timing is Timing.BEFORE:
        return
    if days < 1:
        raise Invalid({"days": WRONG_OVERDUE})
    if every is None or not 1 <= every <= LONGEST_PAUSE:
        raise Invalid({"every": WRONG_EVERY})
