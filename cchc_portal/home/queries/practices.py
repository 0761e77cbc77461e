"""Initiatives of others: what is new near a person, what colleagues back most."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import InFieldOf, Initiative, State

DECIDED = (State.SELECTED, State.REPLICATING, State.EVALUATED, State.NOT_RECOGNISED)


def near(user: User, *, limit: int) -> Sequence[Initiative]:
    """Return what is new in a person's unit or in the fields the person writes about, the newest first."""
    own_fields = (
        select(InFieldOf.field_code)
        .join(InFieldOf.initiative)
        .where(initiatives.is_author(user))
        .scalar_subquery()
    )
    in_own_fields = select(InFieldOf.initiative_id).where(InFieldOf.field_code.in_(own_fields))
    query = initiatives.visible_to(user).where(
        initiatives.is_open(),
        or_(Initiative.unit_id == user.unit_id, Initiative.id.in_(in_own_fields)),
        ~initiatives.is_author(user),
    )
    query = query.options(joinedload(Initiative.unit)).order_by(
        Initiative.submitted_at.desc(), Initiative.id.desc()
    )
    return db.session.scalars(query.limit(limit)).all()


def strongest(user: User, *, limit: int) -> Sequence[Initiative]:
    """Return what colleagues vote for most among the undecided, whether it is a candidate already or not."""
    query = initiatives.visible_to(user).where(
        initiatives.is_open(), Initiative.state.not_in(DECIDED), Initiative.vote_count > 0
    )
    query = query.options(joinedload(Initiative.unit)).order_by(
        Initiative.vote_count.desc(), Initiative.id.desc()
    )
    return db.session.scalars(query.limit(limit)).all()
