"""Reading votes."""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload, load_only

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.core.text import name_sort_key
from cchc_portal.initiatives.models import Author, Initiative
from cchc_portal.initiatives.rules import can_read
from cchc_portal.votes.models import Vote

# Without the texts, and built once: a vote is the portal's most frequent write.
BALLOT = (
    select(Initiative)
    .where(Initiative.id == bindparam("initiative_id"))
    .options(
        joinedload(Initiative.authors).load_only(Author.user_id),
        load_only(
            Initiative.title,
            Initiative.state,
            Initiative.created_by_id,
            Initiative.awaits_confirmation,
            Initiative.deleted_at,
            Initiative.vote_count,
        ),
    )
)


@dataclass(frozen=True)
class Voter:
    """A person who voted, with the unit's name ("" for none)."""

    name: str
    unit: str


def get(initiative_id: int, *, to: User) -> Initiative:
    """Return an initiative with what a ballot asks about it, its authors, in one query.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    found = db.session.scalars(BALLOT, {"initiative_id": initiative_id}).unique().one_or_none()
    if found is None or not can_read(to, found):
        raise NotFound
    return found


def has_voted(user: User, initiative: Initiative) -> bool:
    """Say whether the person voted for the initiative."""
    voted = exists().where(Vote.initiative_id == initiative.id, Vote.user_id == user.id)
    return bool(db.session.scalar(select(voted)))


def voters_of(initiative: Initiative) -> list[Voter]:
    """Return who voted, sorted by given name as Vietnamese lists of people are."""
    query = (
        select(User.full_name, Unit.name)
        .join(Vote, Vote.user_id == User.id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(Vote.initiative_id == initiative.id)
    )
    voters = [Voter(name, unit or "") for name, unit in db.session.execute(query)]
    return sorted(voters, key=lambda voter: name_sort_key(voter.name))
