"""Who keeps the table of synonyms."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office


def can_keep(user: User) -> bool:
    """The Office and leaders; everybody may look, for the table says how the search understands them."""
    return is_office(user)
