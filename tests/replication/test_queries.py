"""Lists of candidates and selected models."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Answer, State
from cchc_portal.replication import operations, queries
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative
from tests.factories.replication import make_candidate, make_leader, make_selection


def test_candidates_come_by_votes(app: Flask) -> None:
    few, many = make_candidate(vote_count=1), make_candidate(vote_count=9)

    found = queries.candidates(to=make_leader(), size=10)

    assert [one.initiative for one in found] == [many, few]


def test_candidates_are_published_or_recognised_only(app: Flask) -> None:
    published, recognised = (
        make_candidate(vote_count=2),
        make_initiative(state=State.RECOGNISED, vote_count=1),
    )
    make_initiative(state=State.SUBMITTED)
    make_candidate(awaits_confirmation=True)
    make_selection()

    found = queries.candidates(to=make_leader(), size=10)

    assert [one.initiative for one in found] == [published, recognised]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_candidates_are_for_leaders(app: Flask, role: Role) -> None:
    make_candidate()

    assert queries.candidates(to=make_user(role), size=10) == []


def test_candidates_count_the_items_they_answer(app: Flask) -> None:
    initiative, letter = make_candidate(), make_directive(items=2)
    initiative.answers = [Answer(item=item) for item in letter.items]
    db.session.commit()

    assert [one.answered for one in queries.candidates(to=make_leader(), size=10)] == [2]


def test_a_declined_candidate_moves_to_the_list_of_declined(app: Flask) -> None:
    leader, initiative = make_leader(), make_candidate()
    operations.decline(initiative, by=leader, reason="Chưa đủ số liệu.")
    last = operations.decline(initiative, by=leader, reason="Vẫn chưa đủ.")

    declined = queries.candidates(to=leader, declined=True, size=10)

    assert queries.candidates(to=leader, size=10) == []
    assert declined == [queries.Candidate(initiative, 0, last)]


def test_candidates_go_on_after_the_last_of_a_page(app: Flask) -> None:
    leader = make_leader()
    made = [make_candidate(vote_count=votes) for votes in (5, 5, 3)]

    first = queries.candidates(to=leader, size=1)
    rest = queries.candidates(to=leader, after=queries.sorting_values(first[0]), size=10)

    assert [one.initiative for one in first] == [made[1], made[0]]
    assert [one.initiative for one in rest] == [made[0], made[2]]


def test_newest_candidates_come_first_on_demand(app: Flask) -> None:
    leader = make_leader()
    made = [make_candidate(vote_count=votes) for votes in (9, 5, 0)]
    for days, one in enumerate(made):
        one.state_changed_at = now() + timedelta(days=days)
    db.session.commit()

    first = queries.candidates(to=leader, newest=True, size=1)
    after = queries.sorting_values(first[0], newest=True)
    rest = queries.candidates(to=leader, newest=True, after=after, size=10)

    assert [one.initiative for one in first] == [made[2], made[1]]
    assert [one.initiative for one in rest] == [made[1], made[0]]


@pytest.mark.parametrize("number", [1, 3])
def test_candidates_take_three_statements(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    leader = make_leader()
    for _ in range(number):
        make_candidate()
    leader.is_active, leader.roles  # noqa: B018  loads the person
    db.session.expire_all()
    leader.id, leader.grants  # noqa: B018

    def read() -> None:
        for one in queries.candidates(to=leader, size=10):
            assert one.initiative.unit.name
            assert one.initiative.figures
            assert not one.initiative.is_author(leader)

    assert count_queries(read) == 3


def test_counts_of_a_leader(app: Flask) -> None:
    leader = make_leader()
    make_candidate()
    make_candidate()
    operations.decline(make_candidate(), by=leader, reason="Chưa.")
    make_selection()

    assert queries.counts(to=leader) == queries.Counts(waiting=2, declined=1, selected=1)


def test_counts_of_others_leave_candidates_out(app: Flask) -> None:
    make_candidate()
    make_selection()

    assert queries.counts(to=make_user()) == queries.Counts(waiting=0, declined=0, selected=1)


def test_selections_are_for_everybody_newest_first(app: Flask) -> None:
    older, newer = make_selection(), make_selection()

    assert queries.selections(to=make_user(), size=10) == [newer, older]
    assert queries.selections(to=make_user(), after=newer.id, size=10) == [older]


@pytest.mark.parametrize("number", [1, 3])
def test_selections_take_one_statement(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    person = make_user()
    for _ in range(number):
        make_selection(targets=(make_unit(), make_unit()))
    db.session.expire_all()
    person.id, person.grants  # noqa: B018

    def read() -> None:
        for one in queries.selections(to=person, size=10):
            assert one.initiative.title
            assert [target.unit.name for target in one.targets]

    assert count_queries(read) == 1


def test_of_initiative_gives_every_decision_newest_first(app: Flask) -> None:
    leader, initiative = make_leader(), make_candidate()
    declined = operations.decline(initiative, by=leader, reason="Chưa.")
    selected = make_selection(initiative=initiative, by=leader)

    assert queries.of_initiative(initiative) == [selected, declined]


def test_naming_gives_what_a_unit_is_to_take_over(app: Flask) -> None:
    unit, other = make_unit(), make_unit()
    selection = make_selection(targets=(unit, other))
    make_selection(targets=(other,))

    assert queries.naming(unit, to=make_user()) == [selection]


def test_by_deadline_begins_with_the_nearest(app: Flask) -> None:
    later, sooner = make_selection(days=20), make_selection(days=3)

    assert queries.by_deadline(to=make_user(), limit=5) == [sooner, later]


def test_waiting_gives_undecided_candidates_to_leaders(app: Flask) -> None:
    leader, few, many = make_leader(), make_candidate(vote_count=1), make_candidate(vote_count=4)
    operations.decline(make_candidate(), by=leader, reason="Chưa.")

    assert queries.waiting(to=leader, limit=5) == [many, few]
    assert queries.waiting(to=make_user(), limit=5) == []


@pytest.mark.parametrize("columns", [{"takes_part": False}, {"valid_to": date(2021, 1, 1)}])
def test_possible_targets_exist_today_and_take_part(app: Flask, columns: dict[str, object]) -> None:
    assert queries.is_possible_target(make_unit())
    assert not queries.is_possible_target(make_unit(**columns))
