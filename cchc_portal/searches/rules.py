"""Who keeps, shares and removes saved searches."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.searches.models import SavedSearch, Sharing


def can_keep(user: User) -> bool:
    """Whoever can search."""
    return user.is_active


def can_share(user: User, sharing: Sharing) -> bool:
    """With one's unit whoever has one; with everybody the Office and leaders."""
    if sharing is Sharing.EVERYBODY:
        return is_office(user)
    return sharing is Sharing.PRIVATE or user.unit_id is not None


def can_see(user: User, search: SavedSearch) -> bool:
    """Its owner, and those it is shared with."""
    return (
        search.owner_id == user.id
        or search.sharing is Sharing.EVERYBODY
        or (search.sharing is Sharing.UNIT and search.unit_id == user.unit_id)
    )


def can_change(user: User, search: SavedSearch) -> bool:
    """Whoever saved it."""
    return search.owner_id == user.id


def can_remove(user: User, search: SavedSearch) -> bool:
    """Whoever saved it; the Office too if it is shared, for people who have left."""
    return can_change(user, search) or (search.sharing is not Sharing.PRIVATE and is_office(user))
