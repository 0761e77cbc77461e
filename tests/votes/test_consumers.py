from collections.abc import Callable
from decimal import Decimal

from flask import Flask

from cchc_portal import audit
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Author
from cchc_portal.votes.models import Vote
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.votes import make_vote


def test_who_becomes_an_author_loses_the_vote(app: Flask, deliver: Callable[[], None]) -> None:
    initiative, fan, other = make_initiative(), make_user(), make_user()
    make_vote(initiative, by=fan)
    make_vote(initiative, by=other)
    initiative.authors.append(Author(position=2, user=fan, name=fan.full_name, share=Decimal(40)))
    audit.record("initiative.submitted", on=initiative, by=initiative.created_by, version=2)

    deliver()

    assert initiative.vote_count == 1
    assert [vote.user_id for vote in db.session.query(Vote)] == [other.id]
