"""Who may bring past initiatives in."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office


def can_import(user: User) -> bool:
    """The Office and leaders."""
    return is_office(user)
