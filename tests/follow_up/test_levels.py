"""One level for tasks and initiatives."""

import pytest

from cchc_portal.follow_up.levels import Level, level
from cchc_portal.initiatives.models import State as Stage
from cchc_portal.tasks.models import State

OF_INITIATIVE = {
    Stage.DRAFT: Level.NOT_ASKED,
    Stage.WITHDRAWN: Level.NOT_ASKED,
    Stage.SUBMITTED: Level.PROPOSED,
    Stage.RETURNED: Level.PROPOSED,
    Stage.ACCEPTED: Level.PROPOSED,
    Stage.UNDER_REVIEW: Level.PROPOSED,
    Stage.NOT_RECOGNISED: Level.PROPOSED,
    Stage.PUBLISHED: Level.RECOGNISED,
    Stage.RECOGNISED: Level.RECOGNISED,
    Stage.SELECTED: Level.REPLICATED,
    Stage.REPLICATING: Level.REPLICATED,
    Stage.EVALUATED: Level.REPLICATED,
}
OF_TASK = {
    State.NOT_STARTED: Level.NOTHING,
    State.IN_PROGRESS: Level.AT_WORK,
    State.REPORTED: Level.AT_WORK,
    State.VERIFIED: Level.AT_WORK,
    State.DONE: Level.DONE,
    State.CANCELLED: Level.NOT_ASKED,
}


def test_nothing_asked_and_nothing_proposed_is_no_cell() -> None:
    assert level([], []) is Level.NOT_ASKED


@pytest.mark.parametrize("state", list(State))
def test_a_task_alone_gives_its_level(state: State) -> None:
    assert level([state], []) is OF_TASK[state]


@pytest.mark.parametrize("stage", list(Stage))
def test_an_initiative_alone_gives_its_level(stage: Stage) -> None:
    assert level([], [stage]) is OF_INITIATIVE[stage]


@pytest.mark.parametrize("stage", [stage for stage in Stage if OF_INITIATIVE[stage] is not Level.NOT_ASKED])
@pytest.mark.parametrize("state", list(State))
def test_an_initiative_counts_more_than_any_task(state: State, stage: Stage) -> None:
    assert level([state], [stage]) is OF_INITIATIVE[stage]


@pytest.mark.parametrize("state", list(State))
def test_what_was_withdrawn_leaves_the_task_its_level(state: State) -> None:
    assert level([state], [Stage.WITHDRAWN, Stage.DRAFT]) is OF_TASK[state]


def test_the_furthest_initiative_counts() -> None:
    assert level([], [Stage.SUBMITTED, Stage.SELECTED, Stage.PUBLISHED]) is Level.REPLICATED
    assert level([], [Stage.SUBMITTED, Stage.PUBLISHED]) is Level.RECOGNISED


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.NOT_STARTED, State.NOT_STARTED], Level.NOTHING),
        ([State.DONE, State.NOT_STARTED], Level.AT_WORK),
        ([State.DONE, State.DONE], Level.DONE),
        ([State.DONE, State.CANCELLED], Level.DONE),
        ([State.CANCELLED, State.NOT_STARTED], Level.NOTHING),
        ([State.REPORTED, State.DONE], Level.AT_WORK),
    ],
)
def test_a_duty_that_returns_is_done_once_all_its_periods_are(states: list[State], expected: Level) -> None:
    assert level(states, []) is expected


def test_every_level_has_a_name_and_a_word() -> None:
    assert all(one.label and one.word for one in Level)
    assert len({one.word for one in Level}) == len(Level)
