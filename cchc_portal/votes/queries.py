"""Reading votes."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.text import name_sort_key
from cchc_portal.initiatives.models import Initiative
from cchc_portal.votes.models import Vote


@dataclass(frozen=True)
class Voter:
    """A person who voted, with the unit's name ("" for none)."""

    name: str
    unit: str


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
