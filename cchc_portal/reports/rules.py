"""Who keeps templates and letterhead."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office


def can_keep_templates(user: User) -> bool:
    """The Office and leaders: what they change goes out under the name of the People's Committee."""
    return is_office(user)
