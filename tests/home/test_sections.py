"""What waits for a person as an author."""

from flask import Flask

from cchc_portal.core.db import db
from cchc_portal.home.sections import home_of
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative
from tests.factories.replication import make_candidate

ANSWER = "Chọn nội dung công văn và viết một câu trả lời như thế nào"


def test_writing_holds_drafts_and_returned_ones_last_touched_first(app: Flask) -> None:
    user = make_user()
    draft = make_initiative(by=user, state=State.DRAFT)
    returned = make_initiative(by=user, state=State.RETURNED)
    make_candidate(by=user)

    assert [one.initiative for one in home_of(user).own.writing] == [returned, draft]


def test_writing_lacks_nothing_when_complete(app: Flask) -> None:
    user = make_user()
    make_initiative(by=user, state=State.DRAFT)

    writing = home_of(user).own.writing[0]

    assert writing.lacking == []
    assert writing.met == len(writing.checks) - 2  # figures and files are only recommended


def test_writing_lacks_an_answer_once_a_letter_is_issued(app: Flask) -> None:
    user = make_user()
    make_initiative(by=user, state=State.DRAFT)
    make_directive()

    assert home_of(user).own.writing[0].lacking == [ANSWER]


def test_deleted_drafts_are_not_in_hand(app: Flask) -> None:
    user = make_user()
    draft = make_initiative(by=user, state=State.DRAFT)
    draft.deleted_at = draft.created_at
    db.session.commit()

    assert home_of(user).own.writing == []
