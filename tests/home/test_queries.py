"""What the first page reads across features."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, Unit
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Assignment, Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.home import queries
from cchc_portal.initiatives.models import Answer, InFieldOf, Initiative, State
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative


def _ask(item: Item, *units: Unit, everyone: bool = False) -> Item:
    item.assignments = [Assignment(words=unit.name, unit=unit) for unit in units]
    if everyone:
        item.assignments.append(Assignment(words="Các bộ phận chuyên môn", to_all_units=True))
    db.session.commit()
    return item


def _answer(item: Item, unit: Unit | None = None, **columns: object) -> Initiative:
    author = make_user(unit=unit or make_unit())
    initiative = make_initiative(by=author, **columns)
    initiative.answers = [Answer(item=item)]
    db.session.commit()
    return initiative


def _due(days: int, *, operator: str = "", letter: Directive | None = None) -> Item:
    item = (letter or make_directive()).items[0]
    item.deadline_on, item.deadline_operator = today() + timedelta(days=days), operator
    item.deadline_source = "letter"
    db.session.commit()
    return item


def test_in_correction_gives_drafts_of_letters_to_the_office(app: Flask) -> None:
    draft = make_directive(state=LetterState.DRAFT)
    make_directive()

    assert queries.in_correction(to=make_user(Role.OFFICE), limit=5) == [draft]
    assert queries.in_correction(to=make_user(), limit=5) == []


def test_unanswered_gives_items_nobody_answers(app: Flask) -> None:
    letter = make_directive(items=2)
    _answer(letter.items[0])

    assert queries.unanswered(to=make_user(), limit=5) == [letter.items[1]]


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.CLOSED])
def test_unanswered_leaves_other_letters_out(app: Flask, state: LetterState) -> None:
    make_directive(state=state)

    assert queries.unanswered(to=make_user(Role.OFFICE), limit=5) == []


def test_unanswered_leaves_binned_letters_out(app: Flask) -> None:
    make_directive(deleted_at=now())

    assert queries.unanswered(to=make_user(Role.OFFICE), limit=5) == []


@pytest.mark.parametrize(
    "columns", [{"state": State.DRAFT}, {"deleted_at": now()}, {"state": State.WITHDRAWN}]
)
def test_what_nobody_reads_answers_nothing(app: Flask, columns: dict[str, object]) -> None:
    item = make_directive().items[0]
    _answer(item, **columns)

    assert queries.unanswered(to=make_user(), limit=5) == [item]


def test_unanswered_by_gives_what_the_unit_is_asked(app: Flask) -> None:
    unit, letter = make_unit(), make_directive(items=3)
    named, general, foreign = letter.items
    _ask(named, unit)
    _ask(general, everyone=True)
    _ask(foreign, make_unit())

    assert queries.unanswered_by(unit, to=make_user(), limit=5) == [named, general]


def test_unanswered_by_drops_what_the_unit_has_answered(app: Flask) -> None:
    unit, item = make_unit(), _ask(make_directive().items[0], everyone=True)
    _answer(item)
    assert queries.unanswered_by(unit, to=make_user(), limit=5) == [item]

    _answer(item, unit)

    assert queries.unanswered_by(unit, to=make_user(), limit=5) == []


def test_unanswered_by_asks_a_unit_that_takes_no_part_by_name_only(app: Flask) -> None:
    unit = make_unit(takes_part=False)
    _ask(make_directive().items[0], everyone=True)
    named = _ask(make_directive().items[0], unit)

    assert queries.unanswered_by(unit, to=make_user(), limit=5) == [named]


def test_due_gives_overdue_and_near_items_by_deadline(app: Flask) -> None:
    near, late, today_ = _due(7), _due(-3), _due(0)
    _due(8)
    make_directive()

    assert queries.due(to=make_user(), within=7, limit=5) == [late, today_, near]


def test_due_counts_to_the_last_safe_day(app: Flask) -> None:
    exclusive = _due(8, operator="trước")
    _due(9, operator="trước")

    assert queries.due(to=make_user(), within=7, limit=5) == [exclusive]


def test_due_prefers_the_newest_where_there_are_many(app: Flask) -> None:
    _due(-300)
    recent, near = _due(-1), _due(2)

    assert queries.due(to=make_user(), within=7, limit=2) == [recent, near]


def test_near_gives_what_is_new_in_the_unit_or_the_own_fields(app: Flask) -> None:
    user = make_user()
    make_initiative(by=user)
    same_field = make_initiative(by=make_user())
    same_unit = make_initiative(by=make_user(unit=user.unit))
    same_unit.fields = [InFieldOf(field_code=5)]
    elsewhere = make_initiative(by=make_user())
    elsewhere.fields = [InFieldOf(field_code=6)]
    db.session.commit()

    assert queries.near(user, limit=5) == [same_unit, same_field]


def test_near_leaves_out_what_is_not_open(app: Flask) -> None:
    user = make_user()
    make_initiative(by=make_user(unit=user.unit), state=State.WITHDRAWN)
    make_initiative(by=make_user(unit=user.unit), awaits_confirmation=True)

    assert queries.near(user, limit=5) == []


def test_strongest_gives_undecided_ones_with_votes(app: Flask) -> None:
    less = make_initiative(vote_count=1)
    most = make_initiative(state=State.PUBLISHED, vote_count=5)
    make_initiative(state=State.SELECTED, vote_count=9)
    make_initiative(vote_count=0)

    assert queries.strongest(make_user(Role.LEADER), limit=5) == [most, less]


def test_coverage_counts_answers_by_item_and_unit(app: Flask) -> None:
    first, second = make_unit(name="A", short_name="A"), make_unit(name="B", short_name="B")
    letter = make_directive(items=2)
    letter.issued_by.unit.takes_part = False
    general = _ask(letter.items[0], everyone=True)
    named = _ask(letter.items[1], second)
    _answer(general, first)
    _answer(general, first)

    found = queries.coverage(to=letter.issued_by, limit=5)

    assert [unit.name for unit in found.units][:2] == ["A", "B"]
    assert [(row.item, list(row.numbers)[:2]) for row in found.rows] == [
        (general, [2, 0]),
        (named, [None, 0]),
    ]


def test_coverage_counts_gaps(app: Flask) -> None:
    letter = make_directive()
    unit = letter.issued_by.unit
    item = _ask(letter.items[0], everyone=True)
    assert queries.coverage(to=letter.issued_by, limit=5).gaps == 1

    _answer(item, unit)

    assert queries.coverage(to=letter.issued_by, limit=5).gaps == 0


def test_coverage_leaves_out_items_that_ask_no_unit(app: Flask) -> None:
    letter = make_directive()

    assert queries.coverage(to=letter.issued_by, limit=5).rows == []


@pytest.mark.parametrize("number", [1, 3])
def test_coverage_takes_three_statements(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    leader = make_user(Role.LEADER)
    for item in make_directive(items=number).items:
        _ask(item, make_unit(), everyone=True)
        _answer(item)
    db.session.expire_all()
    leader.id, leader.grants  # noqa: B018  loads the person

    def read() -> None:
        for row in queries.coverage(to=leader, limit=5).rows:
            assert row.item.directive.code

    assert count_queries(read) == 3
