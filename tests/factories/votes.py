"""Votes, with the stored count."""

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative
from cchc_portal.votes.models import Vote
from tests.factories.accounts import make_user


def make_vote(initiative: Initiative, *, by: User | None = None) -> Vote:
    """Make a vote of a colleague."""
    vote = Vote(initiative=initiative, user=by or make_user())
    initiative.vote_count += 1
    db.session.add(vote)
    db.session.commit()
    return vote
