"""Who decides about replication."""

from cchc_portal.accounts.models import Role, User
from cchc_portal.initiatives.models import Initiative


def is_leader(user: User) -> bool:
    """Leaders of the People's Committee; votes of colleagues only advise them."""
    return user.has_role(Role.LEADER)


def may_decide(user: User, initiative: Initiative) -> bool:
    """Leaders, but never about what they made themselves."""
    return is_leader(user) and not initiative.is_author(user)


def can_decide(user: User, initiative: Initiative) -> bool:
    """Whoever may decide, while it is a candidate."""
    return may_decide(user, initiative) and initiative.is_candidate
