"""Who may do what with tasks."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office


def can_assign(user: User) -> bool:
    """The Office and leaders give work to units."""
    return is_office(user)
