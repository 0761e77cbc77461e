"""Two people at once: one is first, the other meets what the first has left."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from cchc_portal import audit
from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import DomainError
from cchc_portal.directives.models import Item
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import Extension, State, Task
from tests.factories.accounts import make_unit
from tests.factories.directives import make_directive
from tests.factories.replication import in_days
from tests.factories.tasks import make_task
from tests.tasks.conftest import Cast

Act = Callable[[Task, User], object]


def race(app: Flask, task: Task, *acts: tuple[User, Act]) -> list[str]:
    """Run the acts at once, each in a transaction of its own that has read the task before; return how they ended."""
    task_id, outcomes = task.id, []
    start = threading.Barrier(len(acts))

    def run(person_id: int, act: Act) -> None:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    act(db.session.get_one(Task, task_id), db.session.get_one(User, person_id))
                outcomes.append("done")
            except DomainError as error:
                outcomes.append(type(error).__name__)
            except IntegrityError:
                outcomes.append("IntegrityError")  # which `web.errors` answers with 409
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(person.id, act)) for person, act in acts]
    db.session.commit()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return sorted(outcomes)


def names(task: Task) -> list[str]:
    return [event.name for event in audit.of(task)]


def report(task: Task, by: User) -> object:
    return operations.report(task, by=by, text="Đã xong.")


def verify(task: Task, by: User) -> object:
    return operations.verify(task, by=by)


def return_(task: Task, by: User) -> object:
    return operations.return_(task, by=by, reason="Thiếu phụ lục.")


def cancel(task: Task, by: User) -> object:
    return operations.cancel(task, by=by, reason="Không cần.")


def ask(task: Task, by: User) -> object:
    return operations.ask_extension(task, by=by, until=in_days(9), reason="Chờ số liệu.")


@pytest.mark.parametrize("first", [report, ask])
def test_two_colleagues_do_the_same_once(app: Flask, cast: Cast, first: Act) -> None:
    task = make_task(unit=cast.unit, days=2)

    outcomes = race(app, task, (cast.member, first), (cast.head, first))

    assert outcomes == ["InvalidState", "done"]
    assert len(names(task)) == 1
    assert len(task.notes) + len(task.extensions) == 1


def test_verification_and_return_do_not_both_count_as_first(app: Flask, cast: Cast) -> None:
    task = make_task(unit=cast.unit, state=State.REPORTED)

    race(app, task, (cast.office, verify), (cast.leader, return_))

    # Verified first and then given back is a way of the table; given back first, it is not verified.
    assert task.state is State.IN_PROGRESS
    assert (task.verified_at, task.verified_by_id) == (None, None)
    assert names(task) in (["task.returned"], ["task.verified", "task.returned"])


def test_cancellation_and_report_leave_one_story(app: Flask, cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    race(app, task, (cast.office, cancel), (cast.member, report))

    assert task.state is State.CANCELLED
    assert names(task) in (["task.cancelled"], ["task.reported", "task.cancelled"])


def test_extension_is_decided_once(app: Flask, cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=2)
    extension = operations.ask_extension(task, by=cast.member, until=in_days(9), reason="Chờ.")
    db.session.commit()
    asked_id = extension.id

    def decide(*, is_granted: bool) -> Act:
        def act(_task: Task, by: User) -> object:
            asked = db.session.get_one(Extension, asked_id)
            return operations.decide_extension(asked, by=by, is_granted=is_granted, answer="Đã xem.")

        return act

    outcomes = race(
        app, task, (cast.office, decide(is_granted=True)), (cast.leader, decide(is_granted=False))
    )

    assert outcomes == ["InvalidState", "done"]
    assert (task.due_on == in_days(9)) == (names(task)[-1] == "task.extension_granted")
    assert len(names(task)) == 2


def test_item_is_given_to_a_unit_once(app: Flask, cast: Cast) -> None:
    task = make_task(item=make_directive().items[0])  # the race needs one to hold on to
    item_id, unit_id = task.item_id, make_unit().id

    def assign(_task: Task, by: User) -> object:
        item, unit = db.session.get_one(Item, item_id), db.session.get_one(Unit, unit_id)
        return operations.assign(item, by=by, unit=unit)

    outcomes = race(app, task, (cast.office, assign), (cast.leader, assign))

    assert outcomes in (["Invalid", "done"], ["IntegrityError", "done"])
    assert db.session.query(Task).filter_by(unit_id=unit_id).count() == 1


def test_notes_of_two_colleagues_are_both_kept(app: Flask, cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    def note(percent: int) -> Act:
        return lambda task, by: operations.note_progress(
            task, by=by, text=f"Đã làm {percent} %.", percent=percent
        )

    outcomes = race(app, task, (cast.member, note(30)), (cast.head, note(60)))

    assert outcomes == ["done", "done"]
    assert sorted(one.percent for one in task.notes) == [30, 60]
    assert (task.state, task.percent) == (State.IN_PROGRESS, task.notes[-1].percent)
