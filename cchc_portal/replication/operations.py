"""What leaders decide about candidates: official acts, recorded and shown."""

from collections.abc import Sequence
from datetime import date

from cchc_portal import audit
from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.replication import rules
from cchc_portal.replication.models import Outcome, Selection, SelectionTarget
from cchc_portal.replication.queries import is_possible_target

OVER = N_("Mục này không còn chờ quyết định nhân rộng: đã có quyết định, hoặc chưa được công bố.")
NO_TARGETS = N_("Hãy chọn ít nhất một bộ phận thực hiện.")
WRONG_TARGET = N_("Có bộ phận không còn hoạt động hoặc không tham gia nhân rộng; vui lòng chọn lại.")
PAST = N_("Hạn thực hiện không được ở quá khứ.")
NO_REASON = N_("Vui lòng ghi lý do chưa chọn.")


def select(
    initiative: Initiative, *, by: User, targets: Sequence[Unit], deadline: date, note: str = ""
) -> Selection:
    """Select a candidate for replication; the initiative moves on, the target units are named.

    Nobody is named in the letter as the one who selects; by its signature the decision belongs to
    the leaders of the People's Committee.

    Args:
        initiative: a candidate.
        by: a leader who did not make it.
        targets: units that exist today and take part; naming one twice counts once.
        deadline: the last day for them, today or later.
        note: what they should mind.

    Raises:
        NotAllowed: the person is no leader, or made it.
        InvalidState: it is no candidate any more; another leader was faster, say.
        Invalid: no or wrong targets, or a deadline in the past.
    """
    _require_decidable(initiative, by)
    _check(targets, deadline)
    initiative.move_to(State.SELECTED)
    selection = _decide(initiative, Outcome.SELECTED, by=by, note=note)
    selection.deadline = deadline
    selection.targets = [SelectionTarget(unit=unit) for unit in dict.fromkeys(targets)]
    db.session.flush()
    units = [target.unit_id for target in selection.targets]
    audit.record("initiative.selected", on=initiative, by=by, selection=selection.id, units=units)
    return selection


def decline(initiative: Initiative, *, by: User, reason: str) -> Selection:
    """Decline a candidate for now; it stays one and may be decided on again.

    Raises:
        NotAllowed: the person is no leader, or made it.
        InvalidState: it is no candidate any more.
        Invalid: no reason is given.
    """
    _require_decidable(initiative, by)
    if not reason.strip():
        raise Invalid({"reason": NO_REASON})
    selection = _decide(initiative, Outcome.DECLINED, by=by, note=reason)
    db.session.flush()
    audit.record("initiative.declined", on=initiative, by=by, selection=selection.id)
    return selection


def _require_decidable(initiative: Initiative, by: User) -> None:
    require(rules.may_decide(by, initiative))
    # Of two leaders who decide at once the second must see what the first has done.
    db.session.refresh(initiative, ["state", "awaits_confirmation", "deleted_at"], with_for_update=True)
    if not initiative.is_candidate:
        raise InvalidState(OVER)


def _check(targets: Sequence[Unit], deadline: date) -> None:
    errors = {}
    if not targets:
        errors["targets"] = NO_TARGETS
    elif not all(is_possible_target(unit) for unit in targets):
        errors["targets"] = WRONG_TARGET
    if deadline < today():
        errors["deadline"] = PAST
    if errors:
        raise Invalid(errors)


def _decide(initiative: Initiative, outcome: Outcome, *, by: User, note: str) -> Selection:
    selection = Selection(
        initiative=initiative,
        outcome=outcome,
        decided_by=by,
        decided_as=by.job_title or Role.LEADER.label,
        decided_on=today(),
        note=note.strip(),
    )
    db.session.add(selection)
    return selection
