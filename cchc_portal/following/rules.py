"""Who may follow."""

from cchc_portal.accounts.models import User
from cchc_portal.initiatives.models import Initiative


def can_follow(user: User, initiative: Initiative) -> bool:
    """Everybody who may read it: all colleagues once it is open, its authors before."""
    return initiative.is_open or initiative.is_author(user)
