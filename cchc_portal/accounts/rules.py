"""Who may do what with accounts and units."""

from cchc_portal.accounts.models import Role, User


def can_administer(user: User) -> bool:
    """Administrators keep accounts and units, and nothing else."""
    return user.has_role(Role.ADMIN)


def is_office(user: User) -> bool:
    """The Office – Statistics or a leader."""
    return user.has_role(Role.OFFICE, Role.LEADER)


def can_change_password(user: User, account: User) -> bool:
    """Everybody their own; administrators hand out new ones by `reset_password`."""
    return user.id == account.id
