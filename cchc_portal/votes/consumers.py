"""Nobody keeps a vote on what has become their own."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from cchc_portal.audit import Event
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Author, Initiative
from cchc_portal.votes.models import Vote


def drop_own_votes(events: Sequence[Event]) -> None:
    """Delete the votes of people who were named as authors only after they had voted."""
    for initiative_id in {event.subject_id for event in events}:
        authors = select(Author.user_id).where(Author.initiative_id == initiative_id)
        own = delete(Vote).where(Vote.initiative_id == initiative_id, Vote.user_id.in_(authors))
        if dropped := len(db.session.scalars(own.returning(Vote.id)).all()):
            lower = update(Initiative).where(Initiative.id == initiative_id)
            db.session.execute(lower.values(vote_count=Initiative.vote_count - dropped))
