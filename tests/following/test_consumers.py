from collections.abc import Callable
from decimal import Decimal

from flask import Flask

from cchc_portal import audit
from cchc_portal.comments import operations as comments
from cchc_portal.core.db import db
from cchc_portal.following import operations, queries
from cchc_portal.initiatives.models import Author
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative

Deliver = Callable[[], None]


def test_authors_follow_what_they_submit(app: Flask, deliver: Deliver) -> None:
    initiative, second = make_initiative(), make_user()
    initiative.authors += [
        Author(position=2, user=second, name=second.full_name, share=Decimal(30)),
        Author(position=3, user=None, name="Ông tổ trưởng tổ dân phố 3", share=Decimal(20)),
    ]
    audit.record("initiative.submitted", on=initiative, by=initiative.created_by, version=1)

    deliver()

    assert queries.follower_ids(initiative) == {initiative.created_by_id, second.id}


def test_an_author_who_left_does_not_come_back_by_submitting_again(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative()
    audit.record("initiative.submitted", on=initiative, by=initiative.created_by, version=1)
    deliver()
    operations.unfollow(initiative, by=initiative.created_by)

    audit.record("initiative.submitted", on=initiative, by=initiative.created_by, version=2)
    deliver()

    assert queries.follower_ids(initiative) == set()


def test_commenters_follow(app: Flask, deliver: Deliver) -> None:
    initiative, colleague = make_initiative(), make_user()
    for body in ("Hay quá.", "Nên làm cả chiều thứ Sáu."):
        comments.write(initiative, by=colleague, body=body)

    deliver()

    assert queries.follower_ids(initiative) == {colleague.id}
    db.session.commit()
