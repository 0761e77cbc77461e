"""Who looks at the boards."""

from cchc_portal.accounts.models import Role, User

AT_WORK = frozenset(Role) - {Role.ADMIN}


def can_follow_up(user: User) -> bool:
    """Everybody who works on letters, as open as the letters are; accounts that only administer do not."""
    return user.has_role(*AT_WORK)
