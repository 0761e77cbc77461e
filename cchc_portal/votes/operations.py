"""Voting and taking the vote back; both may be repeated without harm.

The stored count moves by one exactly when a row came or went, in the same transaction, so that it
is right whoever races.
"""

from sqlalchemy import delete

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import count_up, db, insert_once
from cchc_portal.core.errors import InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.models import Initiative
from cchc_portal.votes.models import Vote
from cchc_portal.votes.rules import can_vote

NOT_ONES_OWN = N_("Bạn không thể bình chọn cho sáng kiến của chính mình.")
NOT_OPEN = N_("Sáng kiến này hiện không mở để bình chọn.")


def cast(initiative: Initiative, *, by: User) -> Initiative:
    """Vote for the initiative; its `vote_count` is exact afterwards.

    Raises:
        InvalidState: it is not open to colleagues.
        NotAllowed: it is the person's own, or the account only administers.
    """
    _require_ballot(initiative, by)
    if insert_once(Vote, {"initiative_id": initiative.id, "user_id": by.id}):
        count_up(initiative, "vote_count", 1)
        audit.record("vote.cast", on=initiative, by=by)
    return initiative


def take_back(initiative: Initiative, *, by: User) -> Initiative:
    """Take the person's vote back; the initiative's `vote_count` is exact afterwards.

    Raises:
        InvalidState: it is not open to colleagues.
        NotAllowed: it is the person's own, or the account only administers.
    """
    _require_ballot(initiative, by)
    mine = delete(Vote).where(Vote.initiative_id == initiative.id, Vote.user_id == by.id)
    if db.session.scalars(mine.returning(Vote.id)).all():
        count_up(initiative, "vote_count", -1)
        audit.record("vote.taken_back", on=initiative, by=by)
    return initiative


def _require_ballot(initiative: Initiative, by: User) -> None:
    if not initiative.is_open:
        raise InvalidState(NOT_OPEN)
    require(can_vote(by, initiative), NOT_ONES_OWN if initiative.is_author(by) else "")
