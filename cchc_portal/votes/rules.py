"""Who may vote."""

from cchc_portal.accounts.models import User
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.rules import can_start


def can_vote(user: User, initiative: Initiative) -> bool:
    """Every colleague who works in the office, never on one's own."""
    return initiative.is_open and can_start(user) and not initiative.is_author(user)
