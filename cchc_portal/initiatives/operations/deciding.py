"""What others decide about a submission: the Office, and nominated authors."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives import rules
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.initiatives.operations.holding import hold


def return_(initiative: Initiative, *, by: User, reason: str) -> Initiative:
    """Give a submission back to its authors for completion; colleagues still read the last version.

    Raises:
        NotAllowed: the person is not the Office, or wrote it.
        Invalid: no reason is given.
    """
    require(rules.can_return(by, hold(initiative)))
    if not reason.strip():
        raise Invalid({"reason": N_("Vui lòng ghi rõ nội dung cần hoàn thiện.")})
    initiative.move_to(State.RETURNED)
    initiative.state_reason = reason.strip()
    audit.record("initiative.returned", on=initiative, by=by)
    return initiative


def publish(initiative: Initiative, *, by: User) -> Initiative:
    """Publish a good practice, which opens the way to replication."""
    require(rules.can_publish(by, hold(initiative)))
    initiative.move_to(State.PUBLISHED)
    initiative.published_at = now()
    audit.record("initiative.published", on=initiative, by=by)
    return initiative


def accept(initiative: Initiative, *, by: User) -> Initiative:
    """Accept the complete application of an initiative for recognition (TT 18/2013/TT-BKHCN, Điều 6)."""
    require(rules.can_accept(by, hold(initiative)))
    initiative.move_to(State.ACCEPTED)
    audit.record("initiative.accepted", on=initiative, by=by)
    return initiative


def confirm(initiative: Initiative, *, by: User) -> Initiative:
    """Agree, as a nominated author, that one's practice is published; the last to agree opens it."""
    require(rules.can_confirm(by, hold(initiative)))
    for author in initiative.authors:
        if author.user_id == by.id:
            author.confirmed_at = now()
    initiative.awaits_confirmation = any(author.confirmed_at is None for author in initiative.authors)
    audit.record("initiative.confirmed", on=initiative, by=by)
    return initiative


def refuse(initiative: Initiative, *, by: User, reason: str) -> Initiative:
    """Decline, as a nominated author, to have one's practice published; the nomination ends.

    Raises:
        NotAllowed: the person is no nominated author.
        Invalid: no reason is given.
    """
    require(rules.can_confirm(by, hold(initiative)))
    if not reason.strip():
        raise Invalid({"reason": N_("Vui lòng ghi lý do không đồng ý.")})
    initiative.move_to(State.WITHDRAWN)
    initiative.awaits_confirmation = False
    initiative.state_reason = reason.strip()
    audit.record("initiative.refused", on=initiative, by=by)
    return initiative
