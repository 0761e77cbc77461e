"""Who may do what with official letters."""

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.directives.models import Directive, DirectiveFile, State


def can_import(user: User) -> bool:
    """The Office and leaders bring letters in."""
    return is_office(user)


def can_handle(user: User) -> bool:
    """The Office and leaders keep the register: closing, relations, who has not taken note."""
    return is_office(user)


def can_read(user: User, directive: Directive) -> bool:
    """Everybody reads issued letters, the Office and leaders drafts too; `queries.visible_to` in words."""
    return directive.deleted_at is None and (not directive.is_open or is_office(user))


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


def can_amend(user: User, directive: Directive) -> bool:
    """The Office and leaders correct an issued letter by a new version, until it is closed."""
    return is_office(user) and directive.state is State.ISSUED


def can_close(user: User, directive: Directive) -> bool:
    """The Office and leaders end a letter that is issued."""
    return can_handle(user) and directive.state is State.ISSUED


def can_relate(user: User, directive: Directive) -> bool:
    """The Office and leaders, at any time: what a letter belongs to often shows later."""
    return can_handle(user) and directive.deleted_at is None


def can_attach(user: User, directive: Directive) -> bool:
    """The Office and leaders add scans until the letter is closed."""
    return is_office(user) and directive.state is not State.CLOSED


def can_detach(user: User, file: DirectiveFile) -> bool:
    """Whoever may attach, unless the letter was issued with the file."""
    directive = file.directive
    is_of_the_issue = directive.issued_at is not None and file.created_at <= directive.issued_at
    return can_attach(user, directive) and not is_of_the_issue


def can_acknowledge(user: User, directive: Directive, *, addressed: bool) -> bool:
    """Whoever belongs to a unit that an issued letter is addressed to; nobody for somebody else."""
    return addressed and user.is_active and directive.state is not State.DRAFT


def can_follow(user: User, unit_id: int) -> bool:
    """The Office and leaders see who of any unit has not taken note yet, heads of units their own people."""
    return can_handle(user) or user.heads(unit_id)
