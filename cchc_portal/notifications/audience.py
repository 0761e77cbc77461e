"""Who an event concerns; every function returns ids of people, in any order and with doubles."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from cchc_portal.accounts.models import Role, RoleGrant, User
from cchc_portal.accounts.queries import holding
from cchc_portal.audit import Event
from cchc_portal.comments.models import Comment
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.following.queries import follower_ids
from cchc_portal.initiatives.models import Initiative


def authors(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Whoever wrote it and everybody named as author with an account."""
    return {initiative.created_by_id, *(author.user_id for author in initiative.authors if author.user_id)}


def followers(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Everybody who follows."""
    return follower_ids(initiative)


def nominated(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Authors who were nominated and have not agreed yet."""
    if not initiative.awaits_confirmation:
        return ()
    return [author.user_id for author in initiative.authors if author.user_id and not author.confirmed_at]


def nominator(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Whoever wrote down a colleague's practice."""
    return [initiative.created_by_id]


def target_units(event: Event, _initiative: Initiative) -> Iterable[int]:
    """The people of the units that an act names, and their heads."""
    units, day = event.data["units"], today()
    heads = select(RoleGrant.user_id).where(
        RoleGrant.role == Role.DEPT_HEAD,
        RoleGrant.unit_id.in_(units),
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day),
    )
    return db.session.scalars(select(User.id).where(User.unit_id.in_(units)).union(heads))


def mentioned(event: Event, _initiative: Initiative) -> Iterable[int]:
    """Whom a comment mentions."""
    return event.data["mentioned"]  # type: ignore[no-any-return]


def answered(event: Event, _initiative: Initiative) -> Iterable[int]:
    """Whoever began the thread in which a comment answers."""
    parent = select(Comment.parent_id).where(Comment.id == event.subject_id).scalar_subquery()
    return db.session.scalars(select(Comment.author_id).where(Comment.id == parent))


def writer(event: Event, _initiative: Initiative) -> Iterable[int]:
    """Whoever wrote the comment."""
    return db.session.scalars(select(Comment.author_id).where(Comment.id == event.subject_id))


def office(_event: Event, _initiative: Initiative) -> Iterable[int]:
    """The Office – Statistics."""
    return [user.id for user in holding(Role.OFFICE)]
