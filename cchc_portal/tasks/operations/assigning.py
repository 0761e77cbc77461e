"""Giving work: to a further unit, to a person, until a day."""

from datetime import date

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import Item, Part
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.models import DeadlineSource, Task
from cchc_portal.tasks.opening import give_letter_deadline, period_of_opening, task_of
from cchc_portal.tasks.operations.holding import hold, record, require_state

LONGEST = 500
NOT_ISSUED = N_("Chỉ giao được nội dung của công văn đã ban hành và đang có hiệu lực.")
NOT_OURS = N_("Bộ phận này không còn hoạt động hoặc không tham gia thực hiện công văn.")
TWICE = N_("Bộ phận này đã được giao nội dung này.")
STRANGER = N_("Hãy chọn người đang làm việc ở bộ phận được giao.")
PAST = N_("Hạn không được ở quá khứ.")
TOO_LATE = N_("Hạn nội bộ không được sau hạn của công văn. Nếu cần thêm thời gian, bộ phận đề nghị gia hạn.")
OWN_REQUEST = N_("Bạn đã đề nghị gia hạn nhiệm vụ này nên hạn muộn hơn do người khác quyết định.")
TOO_LONG = N_("Sản phẩm không quá 500 ký tự.")


def assign(
    item: Item,
    *,
    by: User,
    unit: Unit,
    part: Part = Part.LEAD,
    person: User | None = None,
    due_on: date | None = None,
    deliverable: str = "",
) -> Task:
    """Give an item of an issued letter to a further unit.

    Args:
        item: of a letter in force.
        by: the Office or a leader.
        unit: stands today, takes part, and has no task for the item (and period) yet.
        part: whether it leads or supports.
        person: who of the unit does it.
        due_on: an internal deadline; without one the letter's holds.
        deliverable: what is to be handed in; without one the item's.

    Raises:
        NotAllowed: neither Office nor leader.
        InvalidState: the letter is a draft, closed or in the bin.
        Invalid: unit, person or deadline are not possible.
    """
    require(rules.can_assign(by))
    if not rules.is_in_force(item.directive):
        raise InvalidState(NOT_ISSUED)
    task = task_of(item, unit, period=period_of_opening(item))
    task.part, task.person = part, person
    task.deliverable = deliverable.strip() or task.deliverable
    _check(task, due_on)
    if due_on is not None:
        task.be_due(due_on, source=DeadlineSource.INTERNAL)
    db.session.add(task)
    db.session.flush()
    record("task.opened", on=task, by=by)
    return task


def name_person(task: Task, *, by: User, person: User | None) -> Task:
    """Say who of the unit does it; None leaves it to the unit.

    Raises:
        NotAllowed: neither the Office nor the head of the unit.
        InvalidState: it is not the unit's turn any more.
        Invalid: the person does not work in the unit.
    """
    require(rules.can_assign(by) or by.heads(task.unit_id))
    require_state(rules.can_name(by, hold(task)))
    if person is not None and not _is_of(person, task.unit_id):
        raise Invalid({"person": STRANGER})
    if task.person_id != (person.id if person else None):
        former = task.person_id
        task.person = person
        db.session.flush()
        record("task.named", on=task, by=by, former_person_id=former)
    return task


def set_deadline(task: Task, *, by: User, on: date | None) -> Task:
    """Set an internal deadline, or take it back: then the letter's own holds again.

    The letter's deadline is never overwritten: an internal one may only come before it, and more
    time than the letter leaves is an extension, with its reason and who granted it.

    Raises:
        NotAllowed: neither Office nor leader.
        InvalidState: it is not the unit's turn any more.
        Invalid: a day that is over, or after the letter's, or later than now by whoever has asked for
            more time: that somebody else decides.
    """
    require(rules.can_assign(by))
    require_state(rules.can_set_deadline(by, hold(task)))
    _check_request(task, on, by)
    if on is not None:
        _check_deadline(task, on)
    else:
        give_letter_deadline(task)
        on = max(_granted(task), default=None)  # what was granted stays granted
    if on is not None:
        task.be_due(on, source=DeadlineSource.INTERNAL)
    record("task.deadline_set", on=task, by=by, due_on=task.due_on.isoformat() if task.due_on else None)
    return task


def _check(task: Task, due_on: date | None) -> None:
    errors = {}
    if not (task.unit.takes_part and task.unit.is_valid(today())):
        errors["unit"] = NOT_OURS
    elif queries.is_given(task.item, task.unit, period=task.period):
        errors["unit"] = TWICE
    if task.person is not None and not _is_of(task.person, task.unit.id):
        errors["person"] = STRANGER
    if due_on is not None and (refusal := _refusal(task, due_on)):
        errors["due_on"] = refusal
    if len(task.deliverable) > LONGEST:
        errors["deliverable"] = TOO_LONG
    if errors:
        raise Invalid(errors)


def _check_deadline(task: Task, on: date) -> None:
    if refusal := _refusal(task, on):
        raise Invalid({"due_on": refusal})


def _check_request(task: Task, on: date | None, by: User) -> None:
    """Refuse what gives people the time they have asked for themselves, whether that waits or was refused."""
    has_asked = any(one.asked_by_id == by.id and not one.is_granted for one in task.extensions)
    days = [on] if on else [*_granted(task), task.letter_due_on]
    latest = max((day for day in days if day is not None), default=None)
    if has_asked and task.due_on is not None and (latest is None or latest > task.due_on):
        raise Invalid({"due_on": OWN_REQUEST})


def _refusal(task: Task, on: date) -> str:
    """Return why a day cannot be an internal deadline; "" if it can."""
    if on < today():
        return PAST
    if task.letter_due_on is None:
        return ""
    return TOO_LATE if on > max([task.letter_due_on, *_granted(task)]) else ""


def _granted(task: Task) -> list[date]:
    return [one.wanted_on for one in task.extensions if one.is_granted]


def _is_of(person: User, unit_id: int) -> bool:
    return person.is_active and person.unit_id == unit_id
