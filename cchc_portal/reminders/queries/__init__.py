"""Reading reminders."""

from cchc_portal.reminders.queries.audience import Addressees
from cchc_portal.reminders.queries.choices import (
    calendar_address,
    calendar_hash,
    calendar_tasks,
    get_rule,
    mail_choice,
    reader_of,
)
from cchc_portal.reminders.queries.log import (
    Wanted,
    get,
    is_urged_again,
    last_urgings,
    log,
    of_task,
    own,
    to_urge,
)
from cchc_portal.reminders.queries.mail import (
    delivery,
    found_for,
    get_delivery,
    has_choosers,
    has_waiting_mail,
    new_matches,
    still_due,
    unsent_notices,
    waiting_mail,
)
from cchc_portal.reminders.queries.schedule import due_tasks, is_time_to_remind, last_run, rules_on

__all__ = [
    "Addressees",
    "Wanted",
    "calendar_address",
    "calendar_hash",
    "calendar_tasks",
    "delivery",
    "due_tasks",
    "found_for",
    "get",
    "get_delivery",
    "get_rule",
    "has_choosers",
    "has_waiting_mail",
    "is_time_to_remind",
    "is_urged_again",
    "last_run",
    "last_urgings",
    "log",
    "mail_choice",
    "new_matches",
    "of_task",
    "own",
    "reader_of",
    "rules_on",
    "still_due",
    "to_urge",
    "unsent_notices",
    "waiting_mail",
]
