"""Which tasks a person sees, in which lists, and the numbers beside them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks import operations, queries, rules
from cchc_portal.tasks.models import Extension, State, Task
from cchc_portal.tasks.queries import Figures, Standing
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.replication import in_days
from tests.factories.tasks import make_evidence, make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")


def ids(query: object) -> list[int]:
    return [task.id for task in db.session.scalars(query)]  # type: ignore[call-overload]


# Who sees what


@pytest.mark.parametrize("role", Role)
def test_tasks_of_issued_letters_are_seen_by_everybody(role: Role) -> None:
    task = make_task()

    assert queries.get(task.id, to=make_user(role)) is task


@pytest.mark.parametrize("role", Role)
def test_tasks_of_letters_in_the_bin_are_seen_by_nobody(role: Role) -> None:
    task = make_task()
    task.item.directive.deleted_at = now()
    db.session.commit()

    with pytest.raises(NotFound):
        queries.get(task.id, to=make_user(role))


def test_get_of_no_task_finds_nothing() -> None:
    with pytest.raises(NotFound):
        queries.get(404, to=make_user())


def test_evidence_of_another_task_is_not_found() -> None:
    mine, other = make_task(), make_task()
    file = make_evidence(other)

    assert queries.evidence(queries.get(other.id, to=make_user()), file.id) is file
    with pytest.raises(NotFound):
        queries.evidence(mine, file.id)


def test_extension_is_the_one_that_waits() -> None:
    task = make_task(days=3)
    with pytest.raises(NotFound):
        queries.extension(task)
    asked = Extension(task=task, wanted_on=today(), reason="Chờ số liệu.", asked_by=make_user())
    db.session.add(asked)
    db.session.commit()

    assert queries.extension(task) is asked


# Lists


def test_lines_are_narrowed_down_by_everything_given() -> None:
    letter, user = make_directive(items=2), make_user()
    task = make_task(item=letter.items[0], unit=user.unit, person=user, days=-2, is_backlog=True)
    make_task(item=letter.items[1], days=5)
    make_task(state=State.DONE)

    narrow = {
        "unit_id": user.unit_id,
        "person_id": user.id,
        "state": State.NOT_STARTED,
        "overdue": True,
        "due_between": (today() - timedelta(days=3), today()),
        "item_id": task.item_id,
        "backlog": True,
    }
    for name, value in narrow.items():
        expected = 2 if name == "state" else 1
        assert len(ids(queries.lines(to=user, **{name: value}))) == expected, name
    assert ids(queries.lines(to=user, **narrow, directive_id=letter.id)) == [task.id]
    assert len(ids(queries.lines(to=user))) == 3


def test_lines_that_are_not_overdue_include_those_without_a_date() -> None:
    make_task(days=-1)
    undated, later = make_task(), make_task(days=1)

    assert sorted(ids(queries.lines(to=make_user(), overdue=False))) == [undated.id, later.id]


def test_lines_take_several_states() -> None:
    make_task()
    tasks = [make_task(state=State.REPORTED), make_task(state=State.VERIFIED)]

    found = queries.lines(to=make_user(), state=(State.REPORTED, State.VERIFIED))

    assert sorted(ids(found)) == [task.id for task in tasks]


@pytest.mark.parametrize("end", [0, 1])
def test_due_between_may_leave_an_end_open(end: int) -> None:
    early, late = make_task(days=-5), make_task(days=5)
    span = (today(), None) if end else (None, today())

    assert ids(queries.lines(to=make_user(), due_between=span)) == [(late if end else early).id]


def test_mine_are_those_the_rules_let_me_work_on() -> None:
    user = make_user()
    other_unit, headed = make_unit(), make_unit()
    head = make_user(Role.DEPT_HEAD, unit=headed)
    head.unit = other_unit  # heads one unit, sits in another
    tasks = [
        make_task(person=user),
        make_task(unit=user.unit),
        make_task(unit=headed),
        make_task(unit=other_unit),
        make_task(),
    ]
    people = [user, head, make_user(Role.ADMIN, unit=user.unit), make_user(Role.OFFICE)]
    db.session.commit()

    for person in people:
        expected = [task.id for task in tasks if rules.works_on(person, task)]
        assert sorted(ids(queries.mine(person))) == expected
    assert [len(ids(queries.mine(person))) for person in people] == [2, 2, 0, 0]


def over() -> list[dict[str, object]]:
    """Give what makes a letter be over."""
    return [{"deleted_at": now()}, {"state": LetterState.CLOSED}]


def test_running_are_tasks_that_wait_for_their_units_of_letters_in_force() -> None:
    late, undated = make_task(days=-1), make_task(state=State.IN_PROGRESS)
    make_task(days=-1, state=State.REPORTED)
    for columns in over():
        make_task(days=-1, item=make_directive(**columns).items[0])

    assert sorted(ids(queries.running())) == [late.id, undated.id]
    assert sorted(ids(queries.running(to=make_user()))) == [late.id, undated.id]


def test_numbers_beside_lists_leave_out_letters_that_are_over() -> None:
    office = make_user(Role.OFFICE)
    for columns in over():
        for state in State:
            make_task(days=-1, unit=office.unit, state=state, item=make_directive(**columns).items[0])

    assert queries.figures(office) == Figures(overdue=0, open=0, reported=0, to_verify=0)
    assert ids(queries.waiting_for_verification(to=office)) == []


def test_waiting_for_verification_leaves_out_ones_own_reports() -> None:
    office = make_user(Role.OFFICE)
    first, second = make_task(state=State.REPORTED), make_task(state=State.REPORTED)
    make_task(state=State.REPORTED, reported_by=office)
    make_task(state=State.VERIFIED)

    assert ids(queries.waiting_for_verification(to=office)) == [first.id, second.id]
    assert ids(queries.waiting_for_verification(to=office, unit_id=second.unit_id)) == [second.id]


def test_of_item_has_leading_units_first() -> None:
    item = make_directive().items[0]
    support = make_task(item=item, part="support")
    lead = make_task(item=item)
    make_task()

    assert [task.id for task in queries.of_item(item, to=make_user())] == [lead.id, support.id]


def test_pages_go_through_everything_in_the_order_of_work() -> None:
    undated, late = make_task(), make_task(days=-3)
    reported, soon, same_day = make_task(days=-9, state=State.REPORTED), make_task(days=2), make_task(days=2)
    user, seen, after = make_user(), [], None

    while rows := queries.page_of(queries.lines(to=user), after=after, size=2)[:2]:
        seen += [task.id for task in rows]
        after = queries.sorting_values(rows[-1])

    assert seen == [task.id for task in (late, soon, same_day, undated, reported)]


@pytest.mark.parametrize("ordinal", [-5, 0, 10**12])
def test_page_after_a_made_up_mark_is_no_accident(ordinal: int) -> None:
    make_task(days=1)

    assert len(queries.page_of(queries.lines(to=make_user()), after=(0, ordinal, 1), size=5)) <= 1


# Numbers


def test_counts_by_item_and_unit_tell_where_tasks_stand() -> None:
    letter, unit, other = make_directive(items=2), make_unit(), make_unit()
    first, second = letter.items
    for period, state, days in (
        ("2023-01", State.DONE, -40),
        ("2023-02", State.VERIFIED, -20),
        ("2023-03", State.NOT_STARTED, -2),
        ("2023-04", State.IN_PROGRESS, 9),
        ("2023-05", State.CANCELLED, 9),
    ):
        make_task(item=first, unit=unit, state=state, days=days, period=period)
    make_task(item=second, unit=other)
    make_task(item=second, unit=unit, state=State.CANCELLED)
    make_task()

    counts = queries.counts_by_item_and_unit(to=make_user(), directive_id=letter.id)

    late = Standing(open=2, overdue=1, to_check=1, done=1, next_due_on=today() - timedelta(days=2))
    assert counts == {(first.id, unit.id): late, (second.id, other.id): Standing(open=1)}
    assert late.total == 4


def test_counts_are_narrowed_down() -> None:
    task = make_task()
    make_task()
    user = make_user()

    only = {(task.item_id, task.unit_id): Standing(open=1)}
    assert queries.counts_by_item_and_unit(to=user, item_ids=[task.item_id]) == only
    assert queries.counts_by_item_and_unit(to=user, unit_id=task.unit_id) == only
    assert queries.counts_by_item_and_unit(to=user, item_ids=[]) == {}
    assert len(queries.counts_by_item_and_unit(to=user)) == 2


def test_figures_agree_with_the_lists() -> None:
    office = make_user(Role.OFFICE)
    for state in State:
        for days in (-1, None):
            make_task(unit=office.unit, state=state, days=days)
    make_task(days=-1)
    make_task(state=State.REPORTED, reported_by=office)

    found = queries.figures(office)

    def number(query: object) -> int:
        return len(ids(query))

    assert found == Figures(overdue=2, open=4, reported=4, to_verify=2)
    assert found.to_verify == number(queries.waiting_for_verification(to=office))
    assert found.overdue == number(queries.mine(office).where(Task.is_overdue))


@pytest.mark.parametrize(
    "read",
    [
        lambda user: db.session.scalars(queries.mine(user)).all(),
        lambda user: queries.page_of(queries.lines(to=user), after=None, size=20),
        lambda user: db.session.scalars(queries.waiting_for_verification(to=user)).all(),
        lambda user: queries.counts_by_item_and_unit(to=user),
        queries.figures,
        lambda user: db.session.scalars(queries.running(to=user).options(*queries.LINE)).all(),
    ],
)
def test_reading_takes_one_statement_for_one_task_and_for_three(
    read: Callable[[User], object], count_queries: Callable[[Callable[[], object]], int]
) -> None:
    user_id = make_user(Role.OFFICE).id

    def asking() -> User:
        db.session.expunge_all()
        user = db.session.get_one(User, user_id)
        assert user.roles == {Role.OFFICE}  # loaded, as in a request
        return user

    def reading() -> int:
        user = asking()
        return count_queries(lambda: _touch(read(user)))

    make_task(days=-1, unit=asking().unit, person=asking())
    one = reading()
    for state in (State.IN_PROGRESS, State.REPORTED):
        make_task(days=-1, unit=asking().unit, state=state)

    assert (one, reading()) == (1, 1)


def _touch(found: object) -> None:
    """Look at everything a line shows."""
    if isinstance(found, list):
        for task in found:
            assert task.item.directive.code
            assert task.unit.name
            assert (task.person is None) or task.person.full_name


def test_number_of_tasks_is_not_multiplied_by_joins() -> None:
    task = make_task()
    make_evidence(task)
    make_evidence(task)

    assert db.session.scalar(select(func.count()).select_from(queries.mine(make_user()).subquery())) == 0
    assert queries.evidence_kept(task)[0] == 2


def test_requests_for_more_time_wait_for_those_who_may_answer(cast: Cast) -> None:
    task, own, closed = (make_task(unit=cast.unit, days=3) for _ in range(3))
    asked = operations.ask_extension(task, by=cast.head, until=in_days(9), reason="Chưa đủ số liệu.")
    operations.ask_extension(own, by=cast.office, until=in_days(9), reason="Chưa đủ số liệu.")
    answered = operations.ask_extension(closed, by=cast.head, until=in_days(9), reason="Chưa đủ số liệu.")
    operations.decide_extension(answered, by=cast.leader, is_granted=True)
    db.session.commit()

    waiting = db.session.scalars(queries.waiting_for_time(to=cast.office)).all()

    assert list(waiting) == [asked]
    assert len(db.session.scalars(queries.waiting_for_time(to=cast.leader)).all()) == 2
