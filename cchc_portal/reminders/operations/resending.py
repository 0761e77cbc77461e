"""Sending again what could not be sent."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import hold_row
from cchc_portal.core.errors import InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.reminders import rules
from cchc_portal.reminders.models import Delivery, State

NOT_FAILED = N_("Thư này không còn ở trạng thái “Không gửi được”.")


def resend(delivery: Delivery, *, by: User) -> Delivery:
    """Let a mail that was given up go again, with as many tries as a new one; what is over is not sent.

    Raises:
        NotAllowed: the person does not oversee the work.
        InvalidState: it is no mail, or was not given up.
    """
    require(rules.can_oversee(by))
    hold_row(delivery, "state")
    if not rules.can_resend(by, delivery):
        raise InvalidState(NOT_FAILED)
    delivery.state, delivery.error, delivery.attempts = State.PENDING, "", 0
    delivery.created_at = delivery.next_try_at = now()
    audit.record("reminder.resent", on=delivery, by=by, user=delivery.user_id)
    return delivery
