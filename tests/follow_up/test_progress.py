"""How far letters have come."""

from collections.abc import Callable

import pytest
from flask import Flask

from cchc_portal.directives.models import State as LetterState
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.queries import Progress
from cchc_portal.tasks.models import State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.tasks import make_task


def test_progress_counts_each_task_once(app: Flask) -> None:
    letter = make_directive()
    for state in State:
        make_task(item=letter.items[0], days=3, state=state)
        make_task(item=letter.items[0], days=-3, state=state)

    found = queries.progress([letter.id], to=make_user())

    shares = Progress(done=2, verified=2, reported=2, at_work=1, waiting=1, overdue=2)
    assert found == {letter.id: shares}
    assert shares.total == 10


def test_progress_leaves_letters_without_tasks_out(app: Flask) -> None:
    letter = make_directive()
    make_task(item=letter.items[0], state=State.CANCELLED)

    assert queries.progress([letter.id], to=make_user()) == {}
    assert queries.progress([], to=make_user()) == {}


def test_progress_of_a_draft_is_nobodys_but_the_offices(app: Flask) -> None:
    letter = make_directive(state=LetterState.DRAFT)
    make_task(item=letter.items[0])

    assert queries.progress([letter.id], to=make_user()) == {}


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 66), (199, 200, 99), (5, 5, 100)]
)
def test_percent_is_whole_and_full_only_at_the_end(done: int, total: int, percent: int) -> None:
    assert Progress(done=done, waiting=total - done).percent == percent


@pytest.mark.parametrize("number", [1, 3])
def test_progress_takes_one_statement(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    letters = [make_directive() for _ in range(number)]
    for letter in letters:
        make_task(item=letter.items[0])
    reader, ids = make_user(), [letter.id for letter in letters]
    reader.grants  # noqa: B018  loads the person

    assert count_queries(lambda: queries.progress(ids, to=reader)) == 1
