"""Reading saved views."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.follow_up.models import SavedView
from cchc_portal.follow_up.rules import can_follow_up

MOST_SHOWN = 100


def visible_to(user: User) -> Select[SavedView]:
    """Return a query for one's own views and those that colleagues share."""
    query = select(SavedView)
    if not can_follow_up(user):
        return query.where(SavedView.owner_id.is_(None))
    return query.where(or_(SavedView.owner_id == user.id, SavedView.is_shared.is_(True)))


def views(*, to: User) -> Sequence[SavedView]:
    """Return one's own views, then the shared ones, by name."""
    query = visible_to(to).options(joinedload(SavedView.owner))
    query = query.order_by(SavedView.owner_id != to.id, SavedView.name_folded, SavedView.id)
    return db.session.scalars(query.limit(MOST_SHOWN)).all()


def get_view(view_id: int, *, to: User) -> SavedView:
    """Return a saved view.

    Raises:
        NotFound: there is none, or somebody keeps it to themselves.
    """
    found = db.session.scalar(visible_to(to).where(SavedView.id == view_id))
    if found is None:
        raise NotFound
    return found


def number_of_views(user: User) -> int:
    """Return how many views a person has saved."""
    query = select(func.count()).where(SavedView.owner_id == user.id)
    return db.session.scalar(query) or 0


def has_view(user: User, *, name_folded: str, besides: int | None = None) -> bool:
    """Say whether a person has another view of that name."""
    query = select(SavedView.id).where(SavedView.owner_id == user.id, SavedView.name_folded == name_folded)
    return db.session.scalar(query.where(SavedView.id != (besides or 0))) is not None
