"""Who may do what; the questions in Python and in SQL answer alike."""

import pytest

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.initiatives import rules
from cchc_portal.initiatives.models import Initiative, Kind, State
from cchc_portal.initiatives.queries import visible_to
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative, make_nomination

pytestmark = pytest.mark.usefixtures("app")


def people_around(initiative: Initiative) -> dict[str, User]:
    return {
        "author": initiative.authors[0].user,
        "colleague": make_user(),
        "head": make_user(Role.DEPT_HEAD, unit=initiative.unit),
        "office": make_user(Role.OFFICE),
        "leader": make_user(Role.LEADER),
        "reviewer": make_user(Role.REVIEWER),
        "admin": make_user(Role.ADMIN),
    }


def permitted(rule: str, initiative: Initiative) -> str:
    return " ".join(
        name for name, user in people_around(initiative).items() if getattr(rules, rule)(user, initiative)
    )


ALL = "author colleague head office leader reviewer admin"
OVERSEERS = "author office leader"


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        (State.DRAFT, "author"),
        (State.SUBMITTED, ALL),
        (State.RETURNED, ALL),
        (State.WITHDRAWN, OVERSEERS),
        (State.PUBLISHED, ALL),
        (State.NOT_RECOGNISED, ALL),
    ],
)
def test_reading_in_python_and_in_sql(state: State, readers: str) -> None:
    initiative = make_initiative(state=state)
    people = people_around(initiative)

    in_sql = [name for name, user in people.items() if initiative in db.session.scalars(visible_to(user))]

    assert permitted("can_read", initiative) == readers
    assert " ".join(in_sql) == readers


def test_nomination_that_waits_is_read_by_its_people_and_the_office() -> None:
    assert permitted("can_read", make_nomination()) == OVERSEERS


@pytest.mark.parametrize(
    ("rule", "state", "who"),
    [
        ("can_write", State.DRAFT, "author"),
        ("can_write", State.RETURNED, "author"),
        ("can_write", State.SUBMITTED, ""),
        ("can_submit", State.DRAFT, "author"),
        ("can_submit", State.PUBLISHED, ""),
        ("can_withdraw", State.SUBMITTED, "author"),
        ("can_withdraw", State.RETURNED, "author"),
        ("can_withdraw", State.ACCEPTED, "author"),
        ("can_withdraw", State.PUBLISHED, ""),
        ("can_withdraw", State.DRAFT, ""),
        ("can_return", State.SUBMITTED, "office leader"),
        ("can_return", State.PUBLISHED, ""),
        ("can_publish", State.SUBMITTED, "office leader"),
        ("can_publish", State.RETURNED, ""),
        ("can_accept", State.SUBMITTED, ""),
        ("can_delete", State.DRAFT, "author"),
        ("can_delete", State.SUBMITTED, ""),
        ("can_confirm", State.SUBMITTED, ""),
    ],
)
def test_who_may(rule: str, state: State, who: str) -> None:
    assert permitted(rule, make_initiative(state=state)) == who


def test_applications_are_accepted_and_never_published() -> None:
    application = make_initiative(kind=Kind.INITIATIVE)

    assert permitted("can_accept", application) == "office leader"
    assert permitted("can_publish", application) == ""


def test_nominations_are_confirmed_by_the_nominated_before_anything_else() -> None:
    nomination = make_nomination()

    assert permitted("can_confirm", nomination) == "author"
    assert permitted("can_publish", nomination) == ""


def test_office_does_not_decide_about_its_own() -> None:
    officer = make_user(Role.OFFICE)
    initiative = make_initiative(by=officer)

    assert not rules.can_publish(officer, initiative)
    assert not rules.can_return(officer, initiative)


@pytest.mark.parametrize("role", Role)
def test_everybody_who_works_here_starts_initiatives(role: Role) -> None:
    assert rules.can_start(make_user(role)) == (role is not Role.ADMIN)
