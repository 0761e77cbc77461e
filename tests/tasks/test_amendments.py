"""A letter in a new version: its tasks follow, as far as they wait for their units."""

from collections.abc import Callable

import pytest

from cchc_portal import audit
from cchc_portal.core.db import db
from cchc_portal.directives.models import Assignment, Directive
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import DeadlineSource, State, Task
from tests.factories.accounts import make_unit
from tests.factories.directives import make_directive
from tests.factories.replication import in_days
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")

Deliver = Callable[[], None]


def letter_due(days: int | None, cast: Cast) -> Directive:
    """Give an issued letter with the task of the cast's unit, opened by hand."""
    letter = make_directive()
    letter.issued_by.unit.takes_part = False
    letter.items[0].assignments = [Assignment(words="Bộ phận", unit=cast.unit)]
    amend(letter, days)
    operations.open_from(letter, by=None)
    db.session.commit()
    return letter


def amend(letter: Directive, days: int | None) -> None:
    item = letter.items[0]
    item.deadline_on = in_days(days) if days is not None else None
    item.deadline_words = f"chậm nhất {days}" if days is not None else ""
    item.deadline_operator, item.deadline_source = "chậm nhất", "letter" if days is not None else ""


def tell(letter: Directive, cast: Cast, deliver: Deliver) -> Task:
    """Let the worker hear of an amendment; give the task of the cast's unit."""
    audit.record("directive.amended", on=letter, by=cast.office, version=2)
    deliver()
    return db.session.query(Task).filter_by(unit_id=cast.unit.id).one()


@pytest.mark.parametrize(("before", "after"), [(5, 9), (9, 5), (5, None), (None, 5)])
def test_deadline_of_the_letter_follows_its_amendment(
    cast: Cast, deliver: Deliver, before: int | None, after: int | None
) -> None:
    letter = letter_due(before, cast)
    amend(letter, after)

    task = tell(letter, cast, deliver)

    expected = None if after is None else in_days(after)
    assert (task.due_on, task.letter_due_on) == (expected, expected)
    assert task.deadline_source is (None if after is None else DeadlineSource.LETTER)
    assert audit.of(task)[-1].name == "task.deadline_set"


def test_words_of_the_letter_follow_too(cast: Cast, deliver: Deliver) -> None:
    letter = letter_due(5, cast)
    letter.items[0].deadline_words = "chậm nhất vào thứ Sáu"

    assert tell(letter, cast, deliver).deadline_words == "chậm nhất vào thứ Sáu"


@pytest.mark.parametrize(("after", "due"), [(9, 3), (4, 3), (2, 2), (None, 3)])
def test_internal_deadline_stays_unless_the_letter_asks_for_more(
    cast: Cast, deliver: Deliver, after: int | None, due: int
) -> None:
    letter = letter_due(5, cast)
    operations.set_deadline(db.session.query(Task).one(), by=cast.office, on=in_days(3))
    amend(letter, after)

    task = tell(letter, cast, deliver)

    assert task.due_on == in_days(due)
    assert task.deadline_source is (DeadlineSource.LETTER if due == after else DeadlineSource.INTERNAL)
    assert task.letter_due_on == (None if after is None else in_days(after))


def test_what_was_granted_stays_granted(cast: Cast, deliver: Deliver) -> None:
    letter = letter_due(5, cast)
    asked = operations.ask_extension(
        db.session.query(Task).one(), by=cast.member, until=in_days(20), reason="Chờ số liệu."
    )
    operations.decide_extension(asked, by=cast.leader, is_granted=True)
    amend(letter, 7)

    task = tell(letter, cast, deliver)

    assert (task.due_on, task.letter_due_on) == (in_days(20), in_days(7))


@pytest.mark.parametrize(
    "state", [state for state in State if state not in {State.NOT_STARTED, State.IN_PROGRESS}]
)
def test_task_that_no_longer_waits_for_its_unit_keeps_its_deadline(
    cast: Cast, deliver: Deliver, state: State
) -> None:
    letter = letter_due(5, cast)
    task = db.session.query(Task).one()
    if state is State.CANCELLED:
        operations.cancel(task, by=cast.office, reason="Không cần.")
    else:
        operations.report(task, by=cast.member, text="Xong.")
        for step in (operations.verify, operations.complete)[
            : [State.REPORTED, State.VERIFIED, State.DONE].index(state)
        ]:
            step(task, by=cast.office)
    amend(letter, 9)

    assert tell(letter, cast, deliver).due_on == in_days(5)


def test_unit_that_is_asked_by_the_new_version_gets_a_task(cast: Cast, deliver: Deliver) -> None:
    letter, further = letter_due(5, cast), make_unit()
    letter.items[0].assignments.append(Assignment(words="Bộ phận khác", unit=further))

    task = tell(letter, cast, deliver)

    assert [event.name for event in audit.of(task)] == ["task.opened"]
    assert db.session.query(Task).filter_by(unit_id=further.id).one().due_on == in_days(5)


def test_amendment_of_something_else_changes_no_task(cast: Cast, deliver: Deliver) -> None:
    letter = letter_due(5, cast)
    letter.subject = "trích yếu đã sửa"

    task = tell(letter, cast, deliver)

    assert [event.name for event in audit.of(task)] == ["task.opened"]
