"""Who may do what with letters."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office


def can_import(user: User) -> bool:
    """The Office and leaders bring letters in, correct what was read and issue them."""
    return is_office(user)
