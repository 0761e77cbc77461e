"""Who looks at the boards and keeps views of them."""

from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.rules import is_office
from cchc_portal.follow_up.models import SavedView

AT_WORK = frozenset(Role) - {Role.ADMIN}


def can_follow_up(user: User) -> bool:
    """Everybody who works on letters, as open as the letters are; accounts that only administer do not."""
    return user.has_role(*AT_WORK)


def can_change(user: User, view: SavedView) -> bool:
    """Whoever saved it."""
    return can_follow_up(user) and view.owner_id == user.id


def can_remove(user: User, view: SavedView) -> bool:
    """Whoever saved it; the Office too if it is shared, for people who have left."""
    return can_change(user, view) or (view.is_shared and is_office(user))
