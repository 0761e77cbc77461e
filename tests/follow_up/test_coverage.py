"""Coverage: cells, boards, what stands behind a cell."""

from collections.abc import Callable

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.levels import Level
from cchc_portal.follow_up.queries import Show
from cchc_portal.initiatives.models import EntryMode
from cchc_portal.initiatives.models import State as Stage
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import State
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.follow_up import make_answer
from tests.factories.tasks import make_task

Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def reader(app: Flask) -> User:
    """Give a person who looks at boards."""
    return make_user()


def test_cells_hold_what_is_asked_and_what_is_answered(reader: User) -> None:
    item, asked, generous = make_directive().items[0], make_unit(), make_unit()
    make_task(item=item, unit=asked)
    make_answer(item, generous)

    found = queries.cells(to=reader)

    assert {key: cell.level for key, cell in found.items()} == {
        (item.id, asked.id): Level.NOTHING,
        (item.id, generous.id): Level.PROPOSED,
    }


def test_cells_count_tasks_and_initiatives(reader: User) -> None:
    item, unit = make_directive().items[0], make_unit()
    make_task(item=item, unit=unit, period="2023-01", state=State.DONE)
    make_task(item=item, unit=unit, period="2023-02")
    make_task(item=item, unit=unit, period="2023-03", state=State.CANCELLED)
    make_answer(item, unit)
    make_answer(item, unit, state=Stage.PUBLISHED)

    cell = queries.cells(to=reader)[item.id, unit.id]

    assert (cell.tasks, cell.initiatives, cell.level) == (2, 2, Level.RECOGNISED)


@pytest.mark.parametrize(
    ("days", "state", "expected"),
    [
        (-1, State.NOT_STARTED, True),
        (-1, State.IN_PROGRESS, True),
        (-1, State.REPORTED, False),
        (-1, State.DONE, False),
        (0, State.NOT_STARTED, False),
        (None, State.NOT_STARTED, False),
    ],
)
def test_cells_mark_what_is_overdue(reader: User, days: int | None, state: State, *, expected: bool) -> None:
    task = make_task(days=days, state=state)

    assert queries.cells(to=reader)[task.item_id, task.unit_id].is_overdue == expected


def test_cells_mark_what_is_overdue_whatever_was_proposed(reader: User) -> None:
    task = make_task(days=-1)
    make_answer(task.item, task.unit, state=Stage.SELECTED)

    cell = queries.cells(to=reader)[task.item_id, task.unit_id]

    assert (cell.level, cell.is_overdue) == (Level.REPLICATED, True)


@pytest.mark.parametrize("mode", list(EntryMode))
def test_all_three_ways_are_proposals(reader: User, mode: EntryMode) -> None:
    task = make_task()
    make_answer(task.item, task.unit, entry_mode=mode)

    assert queries.cells(to=reader)[task.item_id, task.unit_id].has_proposal


@pytest.mark.parametrize(
    "columns",
    [
        {"state": Stage.DRAFT},
        {"state": Stage.WITHDRAWN},
        {"deleted_at": now()},
        {"awaits_confirmation": True},
    ],
)
@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICE, Role.LEADER])
def test_what_not_everybody_reads_counts_for_nobody(
    app: Flask, role: Role, columns: dict[str, object]
) -> None:
    task = make_task()
    make_answer(task.item, task.unit, **columns)

    cell = queries.cells(to=make_user(role))[task.item_id, task.unit_id]

    assert (cell.level, cell.initiatives) == (Level.NOTHING, 0)


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.CLOSED])
def test_cells_of_all_letters_are_those_of_open_ones(app: Flask, state: LetterState) -> None:
    letter = make_directive(state=state)
    make_task(item=letter.items[0])
    make_answer(letter.items[0])

    assert queries.cells(to=make_user(Role.OFFICE)) == {}


def test_cells_of_a_closed_letter_stay_to_be_seen(reader: User) -> None:
    letter = make_directive(state=LetterState.CLOSED)
    task = make_task(item=letter.items[0], state=State.DONE)

    assert list(queries.cells(to=reader, letter=letter)) == [(task.item_id, task.unit_id)]


def test_cells_leave_binned_letters_out(reader: User) -> None:
    letter = make_directive(deleted_at=now())
    make_task(item=letter.items[0])
    make_answer(letter.items[0])

    assert queries.cells(to=reader) == {}


def test_cells_of_a_letter_leave_others_out(reader: User) -> None:
    task, other = make_task(), make_task()
    make_answer(other.item)

    assert list(queries.cells(to=reader, letter=task.item.directive)) == [(task.item_id, task.unit_id)]


def test_board_has_units_in_the_order_of_the_alphabet(reader: User) -> None:
    letter = make_directive(items=2)
    last, first = make_unit(name="Ứng dụng"), make_unit(name="Đô thị")
    make_task(item=letter.items[0], unit=last)
    make_task(item=letter.items[1], unit=first)

    board = queries.board(to=reader, size=10)

    assert [unit.name for unit in board.units] == ["Đô thị", "Ứng dụng"]
    assert [[cell and cell.level for cell in row.cells] for row in board.rows] == [
        [None, Level.NOTHING],
        [Level.NOTHING, None],
    ]


def test_board_has_the_newest_letter_first_and_items_as_written(reader: User) -> None:
    old, new = make_directive(items=2), make_directive(items=2)
    for item in (*old.items, *new.items):
        make_task(item=item)

    board = queries.board(to=reader, size=10)

    assert [row.item for row in board.rows] == [*new.items, *old.items]
    assert [letter for letter, _rows in board.letters] == [new, old]


def test_board_goes_on_after_the_last_item(reader: User) -> None:
    old, new = make_directive(items=2), make_directive(items=2)
    for item in (*old.items, *new.items):
        make_task(item=item)

    board = queries.board(to=reader, size=10, after=(new.id, new.items[0].position))

    assert [row.item for row in board.rows] == [new.items[1], *old.items]


def test_totals_count_cells_on_all_pages(reader: User) -> None:
    letter = make_directive(items=3)
    for item in letter.items:
        make_task(item=item, days=-1)
    make_answer(letter.items[0], state=Stage.PUBLISHED)

    board = queries.board(to=reader, size=1)

    assert dict(board.totals) == {Level.NOTHING: 3, Level.RECOGNISED: 1}
    assert board.overdue == 3
    assert len(board.rows) == 2


def test_board_of_a_unit_has_its_cells_alone(reader: User) -> None:
    letter, unit = make_directive(items=2), make_unit()
    make_task(item=letter.items[0], unit=unit)
    make_task(item=letter.items[0])
    make_task(item=letter.items[1])

    board = queries.board(to=reader, unit=unit.id, size=10)

    assert board.units == [unit]
    assert [row.item for row in board.rows] == [letter.items[0]]
    assert dict(board.totals) == {Level.NOTHING: 1}


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (Show.ALL, ["1", "2", "3", "4"]),
        (Show.GAPS, ["1", "4"]),
        (Show.OVERDUE, ["2", "4"]),
        (Show.NO_PROPOSAL, ["1", "2", "4"]),
    ],
)
def test_board_shows_what_is_asked_for(reader: User, show: Show, expected: list[str]) -> None:
    idle, late, proposed, forgotten = make_directive(items=4).items
    make_task(item=idle)
    make_task(item=late, days=-1, state=State.IN_PROGRESS)
    make_task(item=forgotten, days=-1)
    task = make_task(item=proposed)
    make_answer(proposed, task.unit)

    assert [row.item.code for row in queries.board(to=reader, show=show, size=10).rows] == expected


def test_units_without_a_proposal_are_named(reader: User) -> None:
    letter = make_directive(items=2)
    calling, plain = letter.items
    calling.text = "Nghiên cứu, đề xuất, giới thiệu, phát hiện, nhân rộng SÁNG KIẾN, cách làm hay."
    silent, eager, generous = make_unit(name="A"), make_unit(name="B"), make_unit(name="C")
    for unit in (silent, eager):
        make_task(item=calling, unit=unit)
        make_task(item=plain, unit=unit)
    make_answer(calling, eager)
    make_answer(calling, generous)

    board = queries.board(to=reader, size=10)

    assert board.without_proposal == [(calling, [silent])]
    assert board.calls_for_proposals


def test_units_without_a_proposal_are_none_once_all_have_made_one(reader: User) -> None:
    letter = make_directive()
    letter.items[0].text = "Phát hiện mô hình tốt."
    task = make_task(item=letter.items[0])
    make_answer(task.item, task.unit)

    board = queries.board(to=reader, size=10)

    assert (board.calls_for_proposals, board.without_proposal) == (True, [])


def test_behind_a_cell_stands_what_it_counts(reader: User) -> None:
    item, unit = make_directive().items[0], make_unit()
    tasks = [make_task(item=item, unit=unit, period=period) for period in ("2023-01", "2023-02")]
    make_task(item=item, unit=unit, period="2023-03", state=State.CANCELLED)
    make_task(item=item)
    initiatives = [make_answer(item, unit), make_answer(item, unit)]
    make_answer(item, unit, state=Stage.WITHDRAWN)
    make_answer(item)

    found = queries.behind(item, unit, to=reader)

    assert found == (tasks[::-1], initiatives[::-1])
    cell = queries.cells(to=reader)[item.id, unit.id]
    assert (cell.tasks, cell.initiatives) == (len(found[0]), len(found[1]))


@pytest.mark.parametrize("number", [1, 3])
def test_board_takes_four_statements(reader: User, count_queries: Count, number: int) -> None:
    for item in make_directive(items=number).items:
        make_task(item=item)
        make_answer(item)
    db.session.expire_all()
    reader.id, reader.grants  # noqa: B018  loads the person

    def read() -> None:
        for row in queries.board(to=reader, size=10).rows:
            assert row.item.directive.kind

    assert count_queries(read) == 4


def test_cells_agree_with_the_numbers_beside_the_tasks(reader: User) -> None:
    letter, units = make_directive(items=3), [make_unit(), make_unit()]
    for number, state in enumerate(State):
        make_task(item=letter.items[number % 3], unit=units[number % 2], days=-1, state=state)

    cells = queries.cells(to=reader, letter=letter)
    standings = tasks.counts_by_item_and_unit(to=reader, directive_id=letter.id)

    assert {key: (cell.tasks, cell.is_overdue) for key, cell in cells.items()} == {
        key: (standing.total, standing.overdue > 0) for key, standing in standings.items()
    }
