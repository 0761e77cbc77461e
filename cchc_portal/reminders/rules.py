"""Who may do what with reminders."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.reminders.models import Reminder


def can_oversee(user: User) -> bool:
    """The Office and leaders read the log, keep the schedule and urge units (NĐ 30/2020, Điều 24)."""
    return is_office(user)


def can_answer(user: User, reminder: Reminder) -> bool:
    """Whoever was reminded."""
    return reminder.user_id == user.id
