"""Giving an item to a unit, a task to a person, a day to finish it."""

import pytest

from cchc_portal import audit
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.directives.models import Item, Part
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import OPEN, DeadlineSource, Extension, State, Task
from cchc_portal.tasks.operations import assigning
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.replication import in_days
from tests.factories.tasks import make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")


def item_due(days: int) -> Item:
    """Give an item that the letter wants before a day, so that the last one is so many days from now."""
    item = make_directive().items[0]
    item.deadline_on, item.deadline_operator = in_days(days + 1), "trước"
    item.deadline_words, item.deadline_source = "trước ngày đó", "letter"
    item.deliverable = "Kế hoạch"
    db.session.commit()
    return item


def task_due(days: int, cast: Cast) -> Task:
    """Give a task with the letter's deadline."""
    return operations.assign(item_due(days), by=cast.office, unit=cast.unit)


# Giving an item


@pytest.mark.parametrize("who", ["office", "leader"])
def test_assign_gives_the_unit_what_the_letter_says(cast: Cast, who: str) -> None:
    item = item_due(5)

    task = operations.assign(item, by=getattr(cast, who), unit=cast.unit)

    [event] = audit.of(task)
    assert (task.item, task.unit, task.part, task.state) == (item, cast.unit, Part.LEAD, State.NOT_STARTED)
    assert (task.due_on, task.letter_due_on, task.deadline_words) == (in_days(5), in_days(5), "trước ngày đó")
    assert (task.deadline_source, task.deliverable) == (DeadlineSource.LETTER, "Kế hoạch")
    assert (event.name, event.actor_id, event.data) == (
        "task.opened",
        getattr(cast, who).id,
        {"unit_id": cast.unit.id, "person_id": None},
    )


def test_assign_takes_person_part_deadline_and_deliverable(cast: Cast) -> None:
    task = operations.assign(
        item_due(5),
        by=cast.office,
        unit=cast.unit,
        part=Part.SUPPORT,
        person=cast.member,
        due_on=in_days(3),
        deliverable=" Danh sách hồ sơ ",
    )

    assert (task.part, task.person, task.deliverable) == (Part.SUPPORT, cast.member, "Danh sách hồ sơ")
    assert (task.due_on, task.deadline_source, task.letter_due_on) == (
        in_days(3),
        DeadlineSource.INTERNAL,
        in_days(5),
    )


@pytest.mark.parametrize("who", ["member", "head", "stranger", "admin"])
def test_assign_is_for_the_office_and_leaders(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        operations.assign(item_due(5), by=getattr(cast, who), unit=cast.unit)

    assert db.session.query(Task).count() == 0


@pytest.mark.parametrize("change", [{"state": LetterState.CLOSED}, {"deleted_at": now()}])
def test_assign_needs_a_letter_in_force(cast: Cast, change: dict[str, object]) -> None:
    item = make_directive(**change).items[0]

    with pytest.raises(InvalidState):
        operations.assign(item, by=cast.office, unit=cast.unit)


def test_assign_of_a_draft_comes_too_early(cast: Cast) -> None:
    item = make_directive(state=LetterState.DRAFT).items[0]

    with pytest.raises(InvalidState) as refused:
        operations.assign(item, by=cast.office, unit=cast.unit)

    assert refused.value.message == assigning.NOT_ISSUED


def test_assign_refuses_what_cannot_be(cast: Cast) -> None:
    item = item_due(5)
    gone, aside = make_unit(valid_to=in_days(-1)), make_unit(takes_part=False)
    operations.assign(item, by=cast.office, unit=cast.unit)
    db.session.commit()

    for given, errors in (
        ({"unit": gone}, {"unit": assigning.NOT_OURS}),
        ({"unit": aside}, {"unit": assigning.NOT_OURS}),
        ({"unit": cast.unit}, {"unit": assigning.TWICE}),
        ({"unit": make_unit(), "person": cast.member}, {"person": assigning.STRANGER}),
        ({"unit": make_unit(), "due_on": in_days(-1)}, {"due_on": assigning.PAST}),
        ({"unit": make_unit(), "due_on": in_days(6)}, {"due_on": assigning.TOO_LATE}),
        ({"unit": make_unit(), "deliverable": "x" * 501}, {"deliverable": assigning.TOO_LONG}),
    ):
        with pytest.raises(Invalid) as refused:
            operations.assign(item, by=cast.office, **given)  # type: ignore[arg-type]
        assert refused.value.errors == errors
        db.session.rollback()
    assert db.session.query(Task).count() == 1


def test_assign_twice_is_refused_whatever_became_of_the_first(cast: Cast) -> None:
    first = make_task(unit=cast.unit, state=State.CANCELLED)

    with pytest.raises(Invalid) as refused:
        operations.assign(first.item, by=cast.office, unit=cast.unit)

    assert refused.value.errors == {"unit": assigning.TWICE}


# Naming a person


@pytest.mark.parametrize("who", ["head", "office", "leader"])
def test_head_or_office_name_who_does_it(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit)

    operations.name_person(task, by=getattr(cast, who), person=cast.member)

    [event] = audit.of(task)
    assert (task.person, event.name) == (cast.member, "task.named")
    assert event.data == {
        "unit_id": cast.unit.id,
        "person_id": cast.member.id,
        "former_person_id": None,
    }


def test_name_can_be_taken_back_and_said_twice(cast: Cast) -> None:
    task = make_task(unit=cast.unit, person=cast.member)

    operations.name_person(task, by=cast.head, person=cast.member)
    operations.name_person(task, by=cast.head, person=None)

    [event] = audit.of(task)
    assert (task.person, event.data["person_id"], event.data["former_person_id"]) == (
        None,
        None,
        cast.member.id,
    )


@pytest.mark.parametrize("who", ["member", "named", "stranger", "stranger_head", "admin"])
def test_others_name_nobody(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, person=cast.named)

    with pytest.raises(NotAllowed):
        operations.name_person(task, by=getattr(cast, who), person=cast.member)


def test_person_must_work_in_the_unit(cast: Cast) -> None:
    task, gone = make_task(unit=cast.unit), make_user(unit=cast.unit, disabled_at=now())

    for person in (cast.stranger, gone):
        with pytest.raises(Invalid) as refused:
            operations.name_person(task, by=cast.head, person=person)
        assert refused.value.errors == {"person": assigning.STRANGER}


@pytest.mark.parametrize("state", [state for state in State if state not in OPEN])
def test_naming_and_deadlines_come_too_late_once_it_is_reported(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, state=state)

    with pytest.raises(InvalidState):
        operations.name_person(task, by=cast.head, person=cast.member)
    with pytest.raises(InvalidState):
        operations.set_deadline(task, by=cast.office, on=in_days(3))


# Internal deadlines


@pytest.mark.parametrize("days", [0, 2, 5])
def test_internal_deadline_comes_before_the_letters_and_leaves_that_alone(cast: Cast, days: int) -> None:
    task = task_due(5, cast)

    operations.set_deadline(task, by=cast.office, on=in_days(days))

    event = audit.of(task)[-1]
    assert (task.due_on, task.deadline_source, task.deadline_words) == (
        in_days(days),
        DeadlineSource.INTERNAL,
        "",
    )
    assert (task.letter_due_on, task.item.deadline_on) == (in_days(5), in_days(6))
    assert (event.name, event.data["due_on"]) == ("task.deadline_set", in_days(days).isoformat())


@pytest.mark.parametrize(("days", "refusal"), [(-1, assigning.PAST), (6, assigning.TOO_LATE)])
def test_internal_deadline_must_be_possible(cast: Cast, days: int, refusal: str) -> None:
    task = task_due(5, cast)

    with pytest.raises(Invalid) as refused:
        operations.set_deadline(task, by=cast.office, on=in_days(days))

    assert (refused.value.errors, task.due_on) == ({"due_on": refusal}, in_days(5))


def test_internal_deadline_of_a_letter_without_one_may_be_any_day(cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    operations.set_deadline(task, by=cast.leader, on=in_days(400))

    assert (task.due_on, task.letter_due_on) == (in_days(400), None)


def test_internal_deadline_taken_back_gives_the_letters_its_place_again(cast: Cast) -> None:
    task = task_due(5, cast)
    operations.set_deadline(task, by=cast.office, on=in_days(2))

    operations.set_deadline(task, by=cast.office, on=None)

    assert (task.due_on, task.deadline_on, task.deadline_operator) == (in_days(5), in_days(6), "trước")
    assert (task.deadline_words, task.deadline_source) == ("trước ngày đó", DeadlineSource.LETTER)


def test_internal_deadline_taken_back_leaves_none_where_the_letter_has_none(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=4)

    operations.set_deadline(task, by=cast.office, on=None)

    assert (task.due_on, task.deadline_on, task.deadline_source) == (None, None, None)


def test_what_was_granted_stays_granted(cast: Cast) -> None:
    task = task_due(5, cast)
    asked = operations.ask_extension(task, by=cast.member, until=in_days(9), reason="Chờ.")
    operations.decide_extension(asked, by=cast.leader, is_granted=True)
    db.session.commit()

    operations.set_deadline(task, by=cast.office, on=in_days(8))
    nearer = task.due_on
    operations.set_deadline(task, by=cast.office, on=None)

    assert (nearer, task.due_on, task.deadline_source) == (in_days(8), in_days(9), DeadlineSource.INTERNAL)
    with pytest.raises(Invalid):
        operations.set_deadline(task, by=cast.office, on=in_days(10))


@pytest.mark.parametrize("is_refused", [False, True])
@pytest.mark.parametrize("on", [9, 6, None])
def test_who_asked_for_time_does_not_take_it(cast: Cast, on: int | None, *, is_refused: bool) -> None:
    task = make_task(unit=cast.unit, days=5)
    asked = operations.ask_extension(task, by=cast.office, until=in_days(9), reason="Chờ.")
    if is_refused:
        operations.decide_extension(asked, by=cast.leader, is_granted=False, answer="Không.")
    db.session.commit()

    with pytest.raises(Invalid) as refused:
        operations.set_deadline(task, by=cast.office, on=in_days(on) if on else None)

    assert refused.value.errors == {"due_on": assigning.OWN_REQUEST}
    operations.set_deadline(task, by=cast.office, on=in_days(3))
    operations.set_deadline(task, by=cast.reporter, on=in_days(4))
    assert task.due_on == in_days(4)


def test_request_that_waits_grants_nothing_yet(cast: Cast) -> None:
    task = task_due(5, cast)
    db.session.add(Extension(task=task, wanted_on=in_days(9), reason="Chờ.", asked_by=cast.member))
    db.session.commit()

    with pytest.raises(Invalid):
        operations.set_deadline(task, by=cast.office, on=in_days(7))


@pytest.mark.parametrize("who", ["member", "head", "named", "stranger", "admin"])
def test_internal_deadline_is_for_the_office_and_leaders(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, person=cast.named)

    with pytest.raises(NotAllowed):
        operations.set_deadline(task, by=getattr(cast, who), on=today())
