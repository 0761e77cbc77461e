"""Who is asked to take note of a letter: successors of closed units too, nobody who does no unit's work."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives import operations, queries
from cchc_portal.directives.models import Directive
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import address_to, make_directive, make_receipt


@pytest.fixture
def successor(app: Flask) -> Unit:
    """Give a unit that does the work of one that was closed, which itself had followed another."""
    unit = make_unit(name="Văn hóa - Xã hội")
    for name in ("Văn hóa - Thể thao", "Văn hóa"):
        closed = make_unit(name=name, valid_to=today() - timedelta(days=1))
        closed.successor, unit = unit, closed
    db.session.commit()
    return db.session.get_one(Unit, unit.successor.successor_id)  # type: ignore[union-attr]


def letter_to_the_oldest() -> Directive:
    """Address a letter to the unit that was closed first."""
    letter = make_directive()
    address_to(letter, db.session.query(Unit).filter_by(name="Văn hóa").one())
    return letter


def test_unit_is_asked_for_the_closed_ones_it_follows(successor: Unit) -> None:
    person, letter = make_user(unit=successor), letter_to_the_oldest()

    asked = list(queries.to_acknowledge(to=person, limit=5))
    before = queries.taken(letter, to=person)
    operations.acknowledge(letter, by=person)

    assert (asked, before.is_waiting, before.people) == ([letter], True, 1)
    assert list(queries.to_acknowledge(to=person, limit=5)) == []
    assert [(one.unit, len(one.done)) for one in queries.receipts(letter)] == [(successor, 1)]


def test_unit_that_is_closed_later_is_not_followed_yet(app: Flask) -> None:
    heir = make_unit()
    still = make_unit(successor=heir, valid_to=today() + timedelta(days=5))
    letter, person = make_directive(), make_user(unit=heir)
    address_to(letter, still)

    assert (queries.is_addressed(letter, person), list(queries.to_acknowledge(to=person, limit=5))) == (
        False,
        [],
    )


@pytest.mark.parametrize("roles", [(Role.ADMIN,), (Role.REVIEWER,), (Role.ADMIN, Role.REVIEWER)])
def test_accounts_that_do_no_unit_s_work_are_not_asked(app: Flask, roles: tuple[Role, ...]) -> None:
    letter, clerk = make_directive(), make_user()
    other = make_user(*roles, unit=clerk.unit)
    address_to(letter, clerk.unit)

    taken = queries.taken(letter, to=other)

    assert (taken.people, taken.is_waiting) == (1, False)
    assert [list(one.missing) for one in queries.receipts(letter)] == [[clerk]]
    assert list(queries.to_acknowledge(to=other, limit=5)) == []


def test_letters_not_taken_note_of_by_all_are_listed_with_their_numbers(successor: Unit) -> None:
    person, colleague = make_user(unit=successor), make_user(unit=successor)
    older, done, newer = (letter_to_the_oldest() for _ in range(3))
    make_receipt(older, by=person)
    for one in (person, colleague):
        make_receipt(done, by=one)
    make_directive()

    found = queries.not_taken(to=make_user(Role.LEADER), limit=5)

    assert [(letter, taken.done, taken.people) for letter, taken in found] == [(newer, 0, 2), (older, 1, 2)]
    for letter, taken in found:
        assert taken.people == queries.taken(letter, to=person).people
    assert len(queries.not_taken(to=make_user(Role.LEADER), limit=1)) == 1


def test_leader_reads_who_has_not_taken_note(app: Flask, client_of: Callable[[User], FlaskClient]) -> None:
    letter, clerk = make_directive(number="31"), make_user()
    address_to(letter, clerk.unit)

    page = client_of(make_user(Role.LEADER)).get("/").text

    assert f'href="/directives/{letter.id}/receipts"' in page
    assert "1 người chưa tiếp nhận" in page
