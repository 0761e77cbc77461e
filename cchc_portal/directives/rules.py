"""Who may do what with official letters."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.directives.models import Directive, State


def can_import(user: User) -> bool:
    """The Office and leaders bring letters in."""
    return is_office(user)


def can_correct(user: User, directive: Directive) -> bool:
    """The Office and leaders, while it is a draft."""
    return is_office(user) and directive.is_open


def can_issue(user: User, directive: Directive) -> bool:
    """Whoever may correct it."""
    return can_correct(user, directive)


def can_discard(user: User, directive: Directive) -> bool:
    """Whoever may correct it."""
    return can_correct(user, directive)


def can_number(user: User, directive: Directive) -> bool:
    """The registry fills in the number and the day that an issued letter lacks, nothing else."""
    return is_office(user) and directive.state is State.ISSUED and bool(directive.lacks)
