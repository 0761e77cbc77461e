"""What the first page reads across features."""

from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.home import queries
from cchc_portal.initiatives.models import InFieldOf, State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative


def test_in_correction_gives_drafts_of_letters_to_the_office(app: Flask) -> None:
    draft = make_directive(state=LetterState.DRAFT)
    make_directive()

    assert queries.in_correction(to=make_user(Role.OFFICE), limit=5) == [draft]
    assert queries.in_correction(to=make_user(), limit=5) == []


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
