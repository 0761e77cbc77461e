"""Who may write, change, remove and report comments."""

from datetime import timedelta

from cchc_portal.accounts.models import Role, User
from cchc_portal.comments.models import Comment
from cchc_portal.core.clock import now
from cchc_portal.initiatives.models import Initiative


def can_comment(user: User, initiative: Initiative) -> bool:
    """Everybody with an active account, on what is open to colleagues."""
    return initiative.is_open and user.is_active


def can_edit(user: User, comment: Comment, *, minutes: int) -> bool:
    """Whoever wrote it, for some minutes; answers must not lose what they answer."""
    is_recent = now() - comment.created_at <= timedelta(minutes=minutes)
    return _is_own(user, comment) and is_recent and comment.initiative.is_open


def can_delete(user: User, comment: Comment) -> bool:
    """Whoever wrote it, at any time; the Office hides after a report."""
    return _is_own(user, comment)


def can_report(user: User, comment: Comment) -> bool:
    """Everybody, about what others wrote."""
    return not comment.is_deleted and comment.author_id != user.id and comment.initiative.is_open


def can_settle(user: User) -> bool:
    """The Office, to which comments are reported; not administrators."""
    return user.has_role(Role.OFFICE)


def _is_own(user: User, comment: Comment) -> bool:
    return comment.author_id == user.id and not comment.is_deleted
