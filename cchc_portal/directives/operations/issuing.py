"""Official acts on whole letters: issue, number, closing; and the bin for drafts."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives import rules
from cchc_portal.directives.models import Directive, State
from cchc_portal.directives.operations.addressing import address
from cchc_portal.directives.operations.amending import freeze, freeze_first, require_open
from cchc_portal.directives.operations.booking import give_number
from cchc_portal.directives.operations.filling import NO_DAY
from cchc_portal.directives.operations.holding import hold
from cchc_portal.directives.operations.relating import find_waiting
from cchc_portal.directives.reading.dates import existing

NO_SUBJECT = N_("Chưa có trích yếu. Hãy bổ sung trích yếu trước khi ban hành.")
NO_REASON = N_("Hãy ghi kết quả hoặc lý do kết thúc.")
NUMBERED = N_("Ghi số, ngày do văn thư cấp")


def issue(directive: Directive, *, by: User) -> Directive:
    """Issue a letter: from now on it is immutable and everybody sees it and its items.

    Its first version is frozen, an incoming letter gets the next arrival number, the units it is
    addressed to are noted, and letters that cite it find it. A letter may ask for nothing.

    Raises:
        Invalid: without a subject.
        InvalidState: it was issued before.
    """
    require_open(hold(directive), permitted=rules.can_issue(by, directive))
    if not directive.subject:
        raise Invalid({"": NO_SUBJECT})
    directive.move_to(State.ISSUED)
    directive.issued_at, directive.issued_by = now(), by
    give_number(directive)
    freeze(directive, by=by)
    address(directive)
    find_waiting(directive)
    audit.record("directive.issued", on=directive, by=by)
    return directive


def enter_number(directive: Directive, *, by: User, number: str, day: int | None) -> Directive:
    """Fill in the number and the day that the registry has given to an issued letter.

    What is there already stays; the letter with its number is a new version.

    Raises:
        NotAllowed: nothing is missing, or the person is not of the Office.
        Invalid: nothing given, or a day that the month does not have.
    """
    require(rules.can_number(by, hold(directive)))
    filled = {"number": number, "day": day}
    filled = {name: value for name, value in filled.items() if value and name in directive.lacks}
    if not filled:
        raise Invalid({"number": N_("Hãy nhập số hoặc ngày.")})
    if day and not existing(directive.year or 1, directive.month or 1, day):
        raise Invalid({"day": NO_DAY})
    freeze_first(directive)
    for name, value in filled.items():
        setattr(directive, name, value)
    freeze(directive, by=by, reason=NUMBERED)
    find_waiting(directive)
    audit.record("directive.numbered", on=directive, by=by, **filled)
    return directive


def close(directive: Directive, *, by: User, reason: str) -> Directive:
    """End a letter when its work is done.

    Args:
        directive: an issued letter.
        by: the Office or a leader.
        reason: what came of it; everybody reads it.

    Raises:
        Invalid: no reason.
        InvalidState: it is a draft, or closed already.
    """
    require(rules.can_handle(by))
    if not reason.strip():
        raise Invalid({"reason": NO_REASON})
    hold(directive).move_to(State.CLOSED)
    directive.closed_at, directive.closed_by, directive.close_reason = now(), by, reason.strip()[:500]
    audit.record("directive.closed", on=directive, by=by)
    return directive


def discard(directive: Directive, *, by: User) -> Directive:
    """Put a draft into the bin; its arrival number is free again.

    Raises:
        InvalidState: it is issued; issued letters stay.
    """
    require_open(hold(directive), permitted=rules.can_discard(by, directive))
    directive.deleted_at = now()
    directive.arrival_number = None
    audit.record("directive.discarded", on=directive, by=by)
    return directive
