"""Everything people and the clock do with reminders; one verb, one function."""

from cchc_portal.reminders.operations.answers import answer
from cchc_portal.reminders.operations.choices import choose_mail, close_calendar, open_calendar
from cchc_portal.reminders.operations.digests import remind
from cchc_portal.reminders.operations.keeping import add_rule, end_rule
from cchc_portal.reminders.operations.resending import resend
from cchc_portal.reminders.operations.urging import urge

__all__ = [
    "add_rule",
    "answer",
    "choose_mail",
    "close_calendar",
    "end_rule",
    "open_calendar",
    "remind",
    "resend",
    "urge",
]
