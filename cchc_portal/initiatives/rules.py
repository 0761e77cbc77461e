"""Who may do what with initiatives."""

from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.rules import is_office
from cchc_portal.initiatives.models import Initiative, Kind, State

WORKERS = (Role.STAFF, Role.DEPT_HEAD, Role.OFFICE, Role.REVIEWER, Role.LEADER)
WITHDRAWABLE = frozenset({State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.UNDER_REVIEW})


def can_start(user: User) -> bool:
    """Everybody who works in the office; an account that only administers does not."""
    return user.has_role(*WORKERS)


def can_import(user: User) -> bool:
    """The Office and leaders bring past initiatives in."""
    return is_office(user)


def can_read(user: User, initiative: Initiative) -> bool:
    """Open ones everybody; drafts their authors alone; the rest their authors and the Office."""
    return initiative.is_open or initiative.is_author(user) or _oversees(user, initiative)


def can_write(user: User, initiative: Initiative) -> bool:
    """The authors, while it is a draft or was returned."""
    return initiative.is_author(user) and initiative.is_writable


def can_submit(user: User, initiative: Initiative) -> bool:
    """The authors of a draft or a returned one."""
    return can_write(user, initiative)


def can_withdraw(user: User, initiative: Initiative) -> bool:
    """The authors, until it is decided."""
    return initiative.is_author(user) and initiative.state in WITHDRAWABLE


def can_return(user: User, initiative: Initiative) -> bool:
    """The Office or a leader, unless they wrote it."""
    return is_office(user) and not initiative.is_author(user) and initiative.state is State.SUBMITTED


def can_publish(user: User, initiative: Initiative) -> bool:
    """The Office or a leader, for practices they did not write and whose authors agreed."""
    return (
        can_return(user, initiative)
        and initiative.kind is not Kind.INITIATIVE
        and not initiative.awaits_confirmation
    )


def can_accept(user: User, initiative: Initiative) -> bool:
    """The Office or a leader, for initiatives whose application is complete."""
    return (
        can_return(user, initiative)
        and initiative.kind is Kind.INITIATIVE
        and not initiative.awaits_confirmation
    )


def can_delete(user: User, initiative: Initiative) -> bool:
    """Whoever began it, while nobody else has seen it."""
    return initiative.created_by_id == user.id and initiative.state is State.DRAFT


def can_confirm(user: User, initiative: Initiative) -> bool:
    """A nominated author who has not agreed yet."""
    return (
        initiative.awaits_confirmation
        and initiative.state is State.SUBMITTED
        and any(author.user_id == user.id and author.confirmed_at is None for author in initiative.authors)
    )


def _oversees(user: User, initiative: Initiative) -> bool:
    return initiative.state is not State.DRAFT and initiative.deleted_at is None and is_office(user)
