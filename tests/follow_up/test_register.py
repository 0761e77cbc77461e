"""The register: filters, groups, numbers, pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.queries import ANY, TURN, Choices, Due, Filters, Grouping
from cchc_portal.follow_up.queries.register import sorting_values
from cchc_portal.tasks.models import DeadlineSource, State, Task
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.tasks import make_task

Count = Callable[[Callable[[], object]], int]
BUCKETS = {
    -30: Due.OVERDUE,
    -1: Due.OVERDUE,
    0: Due.SOON,
    3: Due.SOON,
    4: Due.WEEK,
    7: Due.WEEK,
    8: Due.LATER,
    None: Due.NONE,
}


@pytest.fixture
def reader(app: Flask) -> User:
    """Give a person who looks at boards."""
    return make_user()


def _lines(filters: Filters, reader: User) -> list[Task]:
    return list(queries.lines(filters, to=reader, size=50))


@pytest.mark.parametrize("days", BUCKETS)
@pytest.mark.parametrize("state", list(State))
def test_due_is_the_same_in_python_and_in_the_database(reader: User, state: State, days: int | None) -> None:
    task = make_task(days=days, state=state)
    expected = BUCKETS[days] if task.is_open else Due.ANSWERED

    found = queries.numbers(Filters(state=ANY), to=reader)

    assert queries.due_of(task) is expected
    assert {due for due, number in found.items() if number} == {expected}


@pytest.mark.parametrize("days", BUCKETS)
def test_due_of_what_is_overdue_is_what_the_task_calls_overdue(reader: User, days: int | None) -> None:
    task = make_task(days=days)

    assert (queries.due_of(task) is Due.OVERDUE) == task.is_overdue


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", {State.NOT_STARTED, State.IN_PROGRESS, State.REPORTED, State.VERIFIED}),
        (TURN, {State.NOT_STARTED, State.IN_PROGRESS}),
        (ANY, set(State)),
        *((state.value, {state}) for state in State),
    ],
)
def test_state_narrows_down(reader: User, state: str, expected: set[State]) -> None:
    for one in State:
        make_task(state=one)

    assert {task.state for task in _lines(Filters(state=state), reader)} == expected


@pytest.mark.parametrize("state", ["", TURN])
def test_what_is_followed_belongs_to_letters_in_force(reader: User, state: str) -> None:
    make_task(item=make_directive(state=LetterState.CLOSED).items[0])
    task = make_task()

    assert _lines(Filters(state=state), reader) == [task]


def test_finished_letters_are_found_among_all(reader: User) -> None:
    task = make_task(item=make_directive(state=LetterState.CLOSED).items[0])

    assert _lines(Filters(state=ANY), reader) == [task]


def test_binned_letters_are_found_nowhere(reader: User) -> None:
    make_task(item=make_directive(deleted_at=now()).items[0])

    assert _lines(Filters(state=ANY), reader) == []


def test_unit_letter_and_leader_narrow_down(reader: User) -> None:
    task = make_task()
    make_task()
    letter = task.item.directive

    for filters in (
        Filters(unit=task.unit_id),
        Filters(letter=letter.id),
        Filters(leader=letter.issued_by_id),
    ):
        assert _lines(filters, reader) == [task]


@pytest.mark.parametrize("filters", [Filters(unit=0), Filters(letter=0), Filters(leader=0)])
def test_what_does_not_exist_finds_nothing(reader: User, filters: Filters) -> None:
    make_task()

    assert _lines(filters, reader) == []


@pytest.mark.parametrize("due", list(Due))
def test_due_narrows_down(reader: User, due: Due) -> None:
    for days in (-1, 2, 5, 20, None):
        make_task(days=days)
    make_task(days=-1, state=State.REPORTED)

    assert {queries.due_of(task) for task in _lines(Filters(due=due.value), reader)} == {due}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2042-03-15", [15]),
        ("2042-03", [1, 15, 31]),
        ("2042-Q1", [1, 15, 31]),
        ("2042-04", []),
        ("2042", [1, 15, 31]),
        ("bao giờ", [1, 15, 31, None]),
    ],
)
def test_period_narrows_down_to_last_days(reader: User, period: str, expected: list[int | None]) -> None:
    for day in (1, 15, 31):
        task = make_task()
        task.be_due(date(2042, 3, day), source=DeadlineSource.INTERNAL)
    make_task()
    db.session.commit()

    found = _lines(Filters(period=period), reader)

    assert [task.due_on and task.due_on.day for task in found] == expected


def test_backlog_and_citizens_narrow_down(reader: User) -> None:
    left_over, for_citizens = make_task(is_backlog=True), make_task(serves_citizens=True)
    make_task()

    assert _lines(Filters(backlog=True), reader) == [left_over]
    assert _lines(Filters(citizens=True), reader) == [for_citizens]
    assert _lines(Filters(backlog=True, citizens=True), reader) == []


@pytest.mark.parametrize(
    "words",
    [
        "cải cách",
        "CAI CACH",
        "ca\u0309i ca\u0301ch",
        "124/UBND-NV",
        "thị xã",
        "một cửa",
        "mot cua cai",
        "công văn 124",
    ],
)
def test_words_are_found_in_letter_and_item(reader: User, words: str) -> None:
    letter = make_directive(
        number="124", symbol="UBND-NV", issuer="UBND thị xã", subject="đẩy mạnh cải cách hành chính"
    )
    letter.items[0].text = "Rà soát bộ phận một cửa."
    task = make_task(item=letter.items[0])
    make_task()

    assert _lines(Filters(q=words), reader) == [task]


@pytest.mark.parametrize("words", ["không có trong công văn nào", "%", "_"])
def test_words_that_stand_nowhere_find_nothing(reader: User, words: str) -> None:
    make_task()

    assert _lines(Filters(q=words), reader) == []


def test_words_of_drafts_are_found_by_nobody_but_the_office(reader: User) -> None:
    letter = make_directive(state=LetterState.DRAFT, subject="chuyện chưa công bố")
    make_task(item=letter.items[0])

    assert _lines(Filters(q="chưa công bố", state=ANY), reader) == []
    assert len(_lines(Filters(q="chưa công bố", state=ANY), make_user(Role.OFFICE))) == 1


def test_lines_come_by_urgency(reader: User) -> None:
    endless, later, week, soon = (make_task(days=days) for days in (None, 20, 5, 1))
    answered = make_task(days=-9, state=State.REPORTED)
    late, latest = make_task(days=-1), make_task(days=-10)

    assert _lines(Filters(), reader) == [latest, late, soon, week, later, endless, answered]


def test_lines_by_unit_come_in_the_order_of_the_alphabet(reader: User) -> None:
    last, first = make_unit(name="Ứng dụng"), make_unit(name="Đô thị")
    tasks = [make_task(unit=last), make_task(unit=first), make_task(unit=first, days=1)]
    among = queries.choices()

    found = queries.lines(Filters(), to=reader, by=Grouping.UNIT, among=among, size=10)

    assert found == [tasks[2], tasks[1], tasks[0]]


def test_lines_by_leader_stand_below_whoever_issued_the_letter(reader: User) -> None:
    first, second = make_directive(), make_directive()
    for number, letter in enumerate((second, first)):
        letter.issued_by = make_user(Role.LEADER, full_name=f"Lãnh đạo {number}")
        make_task(item=letter.items[0])
    db.session.commit()
    among = queries.choices()

    found = queries.lines(Filters(), to=reader, by=Grouping.LEADER, among=among, size=10)

    assert [task.item.directive for task in found] == [second, first]


@pytest.mark.parametrize("by", list(Grouping))
def test_pages_show_every_line_once(reader: User, by: Grouping) -> None:
    units = [make_unit() for _ in range(3)]
    letters = [make_directive(items=4) for _ in range(2)]
    for number, item in enumerate(item for letter in letters for item in letter.items):
        make_task(item=item, unit=units[number % 3], days=(None, -2, 2, 2, 30)[number % 5])
    among = queries.choices()
    everything = list(queries.lines(Filters(), to=reader, by=by, among=among, size=20))
    assert len(everything) == 8

    seen: list[Task] = []
    while True:
        after = sorting_values(seen[-1], by=by, among=among) if seen else None
        page = queries.lines(Filters(), to=reader, by=by, among=among, after=after, size=2)
        seen += page[:2]
        if len(page) <= 2:
            break

    assert seen == everything


@pytest.mark.parametrize("by", list(Grouping))
def test_groups_count_what_their_filters_find(reader: User, by: Grouping) -> None:
    for days in (-3, -2, 1, 6, 40, None):
        make_task(days=days)
    make_task(days=-3, state=State.VERIFIED)
    among = queries.choices()

    groups = queries.groups(Filters(), to=reader, by=by, among=among)

    assert sum(group.number for group in groups) == 7
    assert sum(group.overdue for group in groups) == 2
    for group in groups:
        found = _lines(group.filters, reader)
        assert (len(found), sum(task.is_overdue for task in found)) == (group.number, group.overdue)


def test_groups_keep_the_other_filters(reader: User) -> None:
    unit = make_unit()
    make_task(unit=unit, days=-1)
    filters = Filters(unit=unit.id, backlog=False)

    (group,) = queries.groups(filters, to=reader, by=Grouping.DEADLINE, among=queries.choices())

    assert group.filters == replace(filters, due="overdue")


def test_sections_put_lines_below_their_groups(reader: User) -> None:
    late, soon = [make_task(days=-1), make_task(days=-1)], make_task(days=1)
    among = queries.choices()
    groups = queries.groups(Filters(), to=reader, by=Grouping.DEADLINE, among=among)

    sections = queries.sections(_lines(Filters(), reader), groups, by=Grouping.DEADLINE)

    assert [(group.key, tasks) for group, tasks in sections] == [("overdue", late), ("3", [soon])]


def test_sections_show_a_line_whose_group_was_not_counted(reader: User) -> None:
    task = make_task(days=-1)

    ((group, tasks),) = queries.sections([task], [], by=Grouping.DEADLINE)

    assert (group.number, tasks) == (1, [task])


def test_numbers_by_unit_add_up_to_the_numbers(reader: User) -> None:
    unit = make_unit(name="Tư pháp - Hộ tịch")
    for days in (-1, 2, 2):
        make_task(unit=unit, days=days)
    make_task(days=-1)

    by_unit = queries.numbers_by_unit(Filters(), to=reader)

    assert by_unit[unit.id, "Tư pháp - Hộ tịch"] == {Due.OVERDUE: 1, Due.SOON: 2}
    assert queries.together(by_unit.values()) == queries.numbers(Filters(), to=reader)
    assert queries.numbers(Filters(), to=reader)[Due.OVERDUE] == 2


def test_choices_hold_closed_units_too(reader: User) -> None:
    closed = make_unit(name="Bộ phận đã đóng", valid_to=date(2021, 1, 1))

    assert queries.choices().units[closed.id] == "Bộ phận đã đóng"


def test_choices_name_leaders_with_their_office(app: Flask) -> None:
    letter = make_directive()
    letter.issued_by.full_name, letter.issued_by.job_title = "Lãnh đạo", "Chủ tịch"
    db.session.commit()

    assert queries.choices().leaders == {letter.issued_by_id: "Lãnh đạo, Chủ tịch"}


def test_leader_called_by_the_office_alone_is_named_once(app: Flask) -> None:
    letter = make_directive()
    letter.issued_by.full_name = letter.issued_by.job_title = "Chủ tịch UBND phường"
    db.session.commit()

    assert queries.choices().leaders == {letter.issued_by_id: "Chủ tịch UBND phường"}


def test_groups_of_deadlines_need_no_choices(reader: User) -> None:
    make_task(days=1)

    groups = queries.groups(Filters(), to=reader, by=Grouping.DEADLINE, among=Choices({}, {}))

    assert [group.key for group in groups] == ["3"]


@pytest.mark.parametrize("number", [1, 3])
def test_lines_take_one_statement(reader: User, count_queries: Count, number: int) -> None:
    for _ in range(number):
        make_task(person=make_user(), days=1)
    db.session.expire_all()
    reader.id, reader.grants  # noqa: B018  loads the person

    def read() -> None:
        for task in queries.lines(Filters(), to=reader, size=10):
            assert all((task.unit.name, task.person.full_name, task.item.directive.code))

    assert count_queries(read) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_groups_and_numbers_take_one_statement_each(reader: User, count_queries: Count, number: int) -> None:
    for _ in range(number):
        make_task(days=1)
    among = queries.choices()
    reader.grants  # noqa: B018  loads the person

    assert count_queries(lambda: queries.groups(Filters(), to=reader, by=Grouping.UNIT, among=among)) == 1
    assert count_queries(lambda: queries.numbers(Filters(), to=reader)) == 1
    assert count_queries(queries.choices) == 2


def test_board_home_letter_and_cell_show_the_same_numbers(reader: User) -> None:
    letter, unit = make_directive(items=3), make_unit()
    for item, days, state in zip(
        letter.items, (-5, -1, 3), (State.NOT_STARTED, State.IN_PROGRESS, State.REPORTED), strict=True
    ):
        make_task(item=item, unit=unit, days=days, state=state)
    make_task(item=letter.items[0], days=-2)

    board = queries.board(to=reader, letter=letter, size=10)
    shares = queries.progress([letter.id], to=reader)[letter.id]
    numbers = queries.numbers(Filters(letter=letter.id), to=reader)
    behind = [queries.behind(row.item, one, to=reader)[0] for row in board.rows for one in board.units]

    late = {
        board.overdue,
        shares.overdue,
        numbers[Due.OVERDUE],
        len(_lines(Filters(letter=letter.id, due="overdue"), reader)),
        sum(task.is_overdue for tasks in behind for task in tasks),
    }
    everything = {shares.total, sum(numbers.values()), sum(map(len, behind)), sum(board.totals.values())}
    assert (late, everything) == ({3}, {4})
