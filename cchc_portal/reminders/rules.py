"""Who may do what with reminders."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.reminders.models import Channel, Delivery, Reminder, State
from cchc_portal.tasks.models import Task
from cchc_portal.tasks.rules import works_on


def can_oversee(user: User) -> bool:
    """The Office and leaders read the log, keep the schedule and urge units (NĐ 30/2020, Điều 24)."""
    return is_office(user)


def can_read_history(user: User, task: Task) -> bool:
    """Whoever works on a task, and who oversees the work."""
    return works_on(user, task) or can_oversee(user)


def can_resend(user: User, delivery: Delivery) -> bool:
    """The Office and leaders, once a mail was given up."""
    return can_oversee(user) and delivery.channel is Channel.MAIL and delivery.state is State.FAILED


def can_answer(user: User, reminder: Reminder) -> bool:
    """Whoever was reminded."""
    return reminder.user_id == user.id
