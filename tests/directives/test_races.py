"""Acts on letters that meet at the same moment: each in a transaction of its own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import DomainError
from cchc_portal.directives import operations, queries
from cchc_portal.directives.content import of_directive
from cchc_portal.directives.entry import Entry
from cchc_portal.directives.models import Directive, DirectiveVersion, Receipt, State
from tests.factories.accounts import make_user
from tests.factories.directives import address_to, make_directive

AT_ONCE = 4
Act = Callable[[User], object]


def test_letter_is_issued_once(app: Flask) -> None:
    letter = make_directive(state=State.DRAFT).id

    done = _at_once(app, [lambda by: operations.issue(queries.get(letter, to=by), by=by)] * AT_ONCE)

    assert done == 1
    assert [one.number for one in db.session.query(DirectiveVersion)] == [1]


def test_letter_is_closed_once(app: Flask) -> None:
    letter = make_directive().id

    done = _at_once(
        app, [lambda by: operations.close(queries.get(letter, to=by), by=by, reason="Đã xong")] * AT_ONCE
    )

    assert done == 1


def test_corrections_at_once_leave_one_and_tell_the_others(app: Flask) -> None:
    letter = make_directive()
    letter_id, seen = letter.id, queries.revision(letter)

    def amend(by: User) -> object:
        found = queries.get(letter_id, to=by)
        content = of_directive(found)
        content.head["subject"] = f"đính chính của {by.id}"
        return operations.amend(found, by=by, content=content, seen=seen, reason="Gõ sai.")

    done = _at_once(app, [amend] * AT_ONCE)

    assert done == 1
    assert sorted(one.number for one in db.session.query(DirectiveVersion)) == [1, 2]


def test_letters_issued_at_once_get_a_number_each(app: Flask) -> None:
    letters = [make_directive(state=State.DRAFT, arrival_on=date(2023, 2, 3)).id for _ in range(AT_ONCE)]

    done = _at_once(app, [_issue(letter) for letter in letters])

    assert done == AT_ONCE
    given = [one.arrival_number for one in db.session.query(Directive).populate_existing()]
    assert sorted(given) == list(range(1, AT_ONCE + 1))


def test_one_number_is_typed_for_one_letter(app: Flask) -> None:
    letters = [make_directive(state=State.DRAFT).id for _ in range(AT_ONCE)]

    done = _at_once(app, [_enter(letter) for letter in letters])

    assert done == 1


def test_receipt_is_kept_once(app: Flask) -> None:
    letter, clerk = make_directive(), make_user()
    address_to(letter, clerk.unit)
    letter_id = letter.id

    done = _at_once(
        app,
        [lambda by: operations.acknowledge(queries.get(letter_id, to=by), by=by)] * AT_ONCE,
        people=[clerk] * AT_ONCE,
    )

    assert (done, db.session.query(Receipt).count()) == (AT_ONCE, 1)


def _issue(letter_id: int) -> Act:
    return lambda by: operations.issue(queries.get(letter_id, to=by), by=by)


def _enter(letter_id: int) -> Act:
    def enter(by: User) -> object:
        found = queries.get(letter_id, to=by)
        return operations.correct(
            found,
            by=by,
            content=of_directive(found),
            seen=queries.revision(found),
            entry=Entry(arrival_number=57, arrival_on=date(2023, 2, 3)),
        )

    return enter


def _at_once(app: Flask, acts: list[Act], *, people: list[User] | None = None) -> int:
    """Do all at the same moment; return how many were done, the others being told why not."""
    ids = [person.id for person in people or [make_user(Role.OFFICE) for _act in acts]]
    db.session.remove()
    start = Barrier(len(acts))

    def run(act: Act, user_id: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    act(db.session.get_one(User, user_id))
            except DomainError:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(run, acts, ids))
