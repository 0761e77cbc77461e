from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import InvalidState, NotAllowed
from cchc_portal.initiatives.models import Author, Initiative, State
from cchc_portal.votes import operations, queries
from cchc_portal.votes.models import Vote
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.votes import make_vote

Verb = Callable[..., Initiative]


def count_of(initiative: Initiative) -> int:
    db.session.expire_all()
    return initiative.vote_count


def test_cast_counts_and_records(app: Flask) -> None:
    initiative, colleague = make_initiative(), make_user()

    operations.cast(initiative, by=colleague)
    db.session.commit()

    assert initiative.vote_count == 1
    assert queries.has_voted(colleague, initiative) is True
    assert [(event.name, event.actor_id) for event in audit.of(initiative)] == [("vote.cast", colleague.id)]


def test_cast_again_changes_nothing(app: Flask) -> None:
    initiative, colleague = make_initiative(), make_user()
    operations.cast(initiative, by=colleague)

    operations.cast(initiative, by=colleague)
    db.session.commit()

    assert initiative.vote_count == 1
    assert [event.name for event in audit.of(initiative)] == ["vote.cast"]


def test_take_back_lowers_the_count_and_records(app: Flask) -> None:
    initiative, colleague = make_initiative(), make_user()
    make_vote(initiative, by=colleague)

    operations.take_back(initiative, by=colleague)
    db.session.commit()

    assert count_of(initiative) == 0
    assert queries.has_voted(colleague, initiative) is False
    assert [event.name for event in audit.of(initiative)] == ["vote.taken_back"]


def test_take_back_without_a_vote_changes_nothing(app: Flask) -> None:
    initiative = make_initiative()
    make_vote(initiative)

    operations.take_back(initiative, by=make_user())
    db.session.commit()

    assert count_of(initiative) == 1
    assert list(audit.of(initiative)) == []


def test_cast_on_ones_own_is_refused_to_every_author(app: Flask) -> None:
    initiative, second = make_initiative(), make_user()
    initiative.authors.append(Author(position=2, user=second, name=second.full_name, share=Decimal(50)))
    db.session.commit()

    for author in (initiative.created_by, second):
        with pytest.raises(NotAllowed) as refused:
            operations.cast(initiative, by=author)
        assert refused.value.message == operations.NOT_ONES_OWN


def test_cast_is_refused_to_accounts_that_only_administer(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.cast(make_initiative(), by=make_user(Role.ADMIN))


@pytest.mark.parametrize("verb", [operations.cast, operations.take_back])
def test_a_withdrawn_initiative_takes_no_votes(app: Flask, verb: Verb) -> None:
    with pytest.raises(InvalidState):
        verb(make_initiative(state=State.WITHDRAWN), by=make_user())


def test_an_initiative_that_awaits_its_author_takes_no_votes(app: Flask) -> None:
    with pytest.raises(InvalidState):
        operations.cast(make_initiative(awaits_confirmation=True), by=make_user())


def test_racing_people_are_each_counted_once(app: Flask) -> None:
    initiative = make_initiative()
    voters = [make_user(unit=initiative.unit).id for _ in range(12)]

    after = _race(app, initiative, [(operations.cast, user_id) for user_id in voters * 3])

    assert (after.vote_count, _votes()) == (12, 12)


def test_one_person_racing_with_themselves_leaves_the_count_equal_to_the_votes(app: Flask) -> None:
    initiative, fickle = make_initiative(), make_user().id
    make_vote(initiative)

    after = _race(app, initiative, [(operations.cast, fickle), (operations.take_back, fickle)] * 8)

    assert after.vote_count == _votes()


def _race(app: Flask, initiative: Initiative, acts: Sequence[tuple[Verb, int]]) -> Initiative:
    """Let eight threads with connections of their own act at once; return the initiative afterwards."""
    initiative_id = initiative.id
    db.session.remove()

    def act(verb: Verb, user_id: int) -> None:
        with app.app_context(), unit_of_work():
            verb(db.session.get_one(Initiative, initiative_id), by=db.session.get_one(User, user_id))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, *zip(*acts, strict=True)))
    return db.session.get_one(Initiative, initiative_id)


def _votes() -> int:
    return db.session.scalar(select(func.count()).select_from(Vote))
