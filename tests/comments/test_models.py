import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from cchc_portal.core.clock import now
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment, make_report


def test_an_answer_belongs_to_the_thread_of_its_comment(app: Flask) -> None:
    comment = make_comment()
    answer = make_comment(answer_to=comment)

    assert (comment.thread_id, answer.thread_id) == (comment.id, comment.id)


def test_deleted_by_its_writer_is_not_hidden(app: Flask) -> None:
    writer, office = make_user(), make_user()
    deleted = make_comment(by=writer, deleted_at=now(), deleted_by_id=writer.id)
    hidden = make_comment(by=writer, deleted_at=now(), deleted_by_id=office.id)

    assert [(one.is_deleted, one.is_hidden) for one in (deleted, hidden)] == [(True, False), (True, True)]
    assert make_comment().is_hidden is False


def test_a_person_reports_a_comment_once(app: Flask) -> None:
    comment, reporter = make_comment(), make_user()
    make_report(comment, by=reporter)

    with pytest.raises(IntegrityError):
        make_report(comment, by=reporter)
