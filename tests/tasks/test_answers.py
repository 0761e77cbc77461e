"""The number of an answer leads to its letter, as soon as the register has it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Direction, Directive
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks import queries
from cchc_portal.tasks.models import State, Task
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.tasks import make_task

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def office(app: Flask) -> User:
    return make_user(Role.OFFICE)


def sent(
    number: str = "45", *, days: int = 0, direction: Direction = Direction.OUTGOING, **columns: object
) -> Directive:
    """Enter a letter dated so many days from today."""
    on = today() + timedelta(days=days)
    return make_directive(
        **{
            "number": number,
            "symbol": "BC-UBND",
            "direction": direction,
            "day": on.day,
            "month": on.month,
            "year": on.year,
            **columns,
        }
    )


def reported(code: str = "45/BC-UBND", **columns: object) -> Task:
    """Report a task with the number of a letter."""
    return make_task(state=State.REPORTED, answer_code=code, **columns)


def answering(task: Task, to: User) -> Directive | None:
    return queries.answers([task], to=to).get(task.id)


@pytest.mark.parametrize("code", ["45/BC-UBND", "045/bc-ubnd", "45 / BC – UBND"])
def test_number_leads_to_the_letter_that_went_out(office: User, code: str) -> None:
    letter = sent()

    assert answering(reported(code), office) is letter


def test_letter_that_comes_later_is_found_then(office: User) -> None:
    task = reported()
    before = answering(task, office)

    letter = sent(days=3)

    assert (before, answering(task, office)) == (None, letter)


def test_nearest_letter_of_several_years_answers(office: User) -> None:
    sent(days=-300)
    letter = sent(days=-2)
    sent(days=300)

    assert answering(reported(), office) is letter


@pytest.mark.parametrize(
    "other",
    [
        {"direction": Direction.INCOMING},
        {"number": "46"},
        {"days": -400},
        {"days": 400},
        {"state": LetterState.DRAFT},
        {"deleted_at": now()},
    ],
)
def test_other_letters_do_not_answer(office: User, other: dict[str, object]) -> None:
    sent(**other)  # type: ignore[arg-type]

    assert answering(reported(), office) is None


def test_letter_before_the_one_that_asked_does_not_answer(office: User) -> None:
    sent(days=-20)
    asking = sent("7", days=-10, direction=Direction.INCOMING)

    assert answering(reported(item=asking.items[0]), office) is None


def test_number_without_a_symbol_is_text(office: User) -> None:
    make_directive(number="", symbol="", direction=Direction.OUTGOING)

    assert answering(reported("đã gửi"), office) is None


def test_answers_are_found_in_one_statement(
    office: User, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    sent()
    reported(), reported(), make_task()
    tasks = db.session.scalars(queries.lines(to=office).order_by(Task.id)).all()

    assert count_queries(lambda: queries.answers(tasks, to=office)) == 1
    assert count_queries(lambda: queries.answers(tasks[2:], to=office)) == 0


def test_pages_link_the_number(office: User, client_of: Callable[[User], FlaskClient]) -> None:
    letter, task = sent(), reported()
    link = f'<a href="/directives/{letter.id}"'
    browser = client_of(office)

    for path in (f"/tasks/{task.id}", "/follow-up"):
        assert link in browser.get(path).text


def test_number_is_chosen_among_letters_that_went_out(
    office: User, client_of: Callable[[User], FlaskClient]
) -> None:
    sent("45")
    sent("99", direction=Direction.INCOMING)
    task = make_task(unit=office.unit)
    browser = client_of(office)

    for act in ("report", "details"):
        page = browser.get(f"/tasks/{task.id}/{act}").text
        assert 'list="letters-known"' in page
        assert '<option value="45/BC-UBND">' in page
        assert "99/BC-UBND" not in page
