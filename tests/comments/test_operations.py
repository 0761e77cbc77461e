from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.comments import operations
from cchc_portal.comments.models import LONGEST, Comment, CommentReport
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.initiatives.models import Initiative, State
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment, make_report
from tests.factories.initiatives import make_initiative


def test_write_keeps_text_and_safe_html_counts_and_records(app: Flask) -> None:
    initiative, writer = make_initiative(), make_user()

    comment = operations.write(initiative, by=writer, body="**Hay**<script>alert(1)</script>")
    db.session.commit()

    assert comment.body == "**Hay**<script>alert(1)</script>"
    assert comment.body_html == "<p><strong>Hay</strong>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    assert (comment.author, comment.parent_id) == (writer, None)
    assert initiative.comment_count == 1
    event = audit.of(comment)[0]
    assert (event.name, event.actor_id) == ("comment.written", writer.id)
    assert event.data == {"initiative_id": initiative.id, "mentioned": []}


def test_write_mentions_colleagues_who_are_there(app: Flask) -> None:
    office, gone = make_user(username="vptk"), make_user(username="nghiviec", disabled_at=now())

    comment = operations.write(
        make_initiative(), by=make_user(), body=f"Nhờ @VPTK, @{gone.username} và @khongco xem."
    )

    assert audit.of(comment)[0].data["mentioned"] == [office.id]


def test_an_answer_to_an_answer_joins_its_thread(app: Flask) -> None:
    root = make_comment()
    answer = make_comment(answer_to=root)

    second = operations.write(root.initiative, by=make_user(), body="Đồng ý.", parent=answer)

    assert second.parent_id == root.id
    assert root.initiative.comment_count == 3


def test_an_answer_stays_with_its_initiative(app: Flask) -> None:
    with pytest.raises(Invalid):
        operations.write(make_initiative(), by=make_user(), body="Đồng ý.", parent=make_comment())


@pytest.mark.parametrize(
    ("body", "message"),
    [("", operations.EMPTY), (" \n\u200b ", operations.EMPTY), ("ă" * (LONGEST + 1), operations.TOO_LONG)],
)
def test_write_refuses_empty_and_endless_text(app: Flask, body: str, message: str) -> None:
    initiative = make_initiative()

    with pytest.raises(Invalid) as refused:
        operations.write(initiative, by=make_user(), body=body)

    assert refused.value.errors == {"body": message}
    assert initiative.comment_count == 0


def test_write_takes_the_longest_text(app: Flask) -> None:
    assert len(operations.write(make_initiative(), by=make_user(), body="ă" * LONGEST).body) == LONGEST


def test_write_is_refused_on_what_is_not_open(app: Flask) -> None:
    withdrawn = make_initiative(state=State.WITHDRAWN)

    with pytest.raises(InvalidState):
        operations.write(withdrawn, by=withdrawn.created_by, body="Hay.")


def test_edit_tells_only_colleagues_who_were_not_mentioned_before(app: Flask) -> None:
    first, second = make_user(username="mot"), make_user(username="hai")
    comment = make_comment(body=f"@{first.username}")

    operations.edit(comment, by=comment.author, body=f"@{first.username} @{second.username}", minutes=15)
    db.session.commit()

    event = audit.of(comment)[0]
    assert (event.name, event.data["mentioned"]) == ("comment.edited", [second.id])
    assert comment.body_html == "<p>@mot @hai</p>\n"
    assert comment.edited_at is not None


def test_edit_to_the_same_text_changes_nothing(app: Flask) -> None:
    comment = make_comment(body="Hay.")

    operations.edit(comment, by=comment.author, body=" Hay. ", minutes=15)

    assert comment.edited_at is None
    assert list(audit.of(comment)) == []


def test_edit_after_the_minutes_is_refused_in_plain_words(app: Flask) -> None:
    comment = make_comment(created_at=now() - timedelta(minutes=16))

    with pytest.raises(NotAllowed) as refused:
        operations.edit(comment, by=comment.author, body="Khác", minutes=15)

    assert refused.value.message == operations.TOO_LATE


def test_edit_of_others_is_refused(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.edit(make_comment(), by=make_user(Role.OFFICE), body="Khác", minutes=15)


def test_delete_leaves_a_trace_and_lowers_the_count(app: Flask) -> None:
    comment = make_comment()
    answer = make_comment(answer_to=comment)

    operations.delete(comment, by=comment.author)
    db.session.commit()

    assert (comment.is_deleted, comment.is_hidden, answer.is_deleted) == (True, False, False)
    assert comment.initiative.comment_count == 1
    assert [event.name for event in audit.of(comment)] == ["comment.deleted"]


def test_delete_of_others_is_refused_even_to_the_office(app: Flask) -> None:
    for role in Role:
        with pytest.raises(NotAllowed):
            operations.delete(make_comment(), by=make_user(role))


def test_delete_settles_the_reports(app: Flask) -> None:
    report = make_report(make_comment())

    operations.delete(report.comment, by=report.comment.author)
    db.session.commit()

    assert report.settled_by_id == report.comment.author_id


def test_report_twice_is_one_report(app: Flask) -> None:
    comment, reporter = make_comment(), make_user()

    for reason in ("Lời lẽ khó nghe", "Lần nữa"):
        operations.report(comment, by=reporter, reason=reason)
    db.session.commit()

    assert db.session.scalars(select(CommentReport.reason)).all() == ["Lời lẽ khó nghe"]
    assert [event.name for event in audit.of(comment)] == ["comment.reported"]


def test_report_of_ones_own_is_refused(app: Flask) -> None:
    comment = make_comment()

    with pytest.raises(NotAllowed):
        operations.report(comment, by=comment.author)


def test_hide_removes_settles_and_records(app: Flask) -> None:
    report, office = make_report(make_comment()), make_user(Role.OFFICE)

    comment = operations.hide(report.comment, by=office)
    db.session.commit()

    assert (comment.is_hidden, comment.initiative.comment_count) == (True, 0)
    assert report.settled_by_id == office.id
    assert [event.name for event in audit.of(comment)] == ["comment.hidden"]


def test_hide_twice_lowers_the_count_once(app: Flask) -> None:
    comment, office = make_report(make_comment()).comment, make_user(Role.OFFICE)
    make_comment(comment.initiative)

    for _ in range(2):
        operations.hide(comment, by=office)
    db.session.commit()

    assert comment.initiative.comment_count == 1


def test_keep_settles_and_leaves_the_comment(app: Flask) -> None:
    report, office = make_report(make_comment()), make_user(Role.OFFICE)

    comment = operations.keep(report.comment, by=office)
    db.session.commit()

    assert (comment.is_deleted, comment.initiative.comment_count) == (False, 1)
    assert report.settled_by_id == office.id
    assert [event.name for event in audit.of(comment)] == ["comment.kept"]


@pytest.mark.parametrize("verb", [operations.hide, operations.keep])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_settling_is_refused_to_others(app: Flask, verb: Callable[..., Comment], role: Role) -> None:
    with pytest.raises(NotAllowed):
        verb(make_report(make_comment()).comment, by=make_user(role))


def test_racing_writers_and_removers_leave_the_count_exact(app: Flask) -> None:
    initiative, writer = make_initiative(), make_user()
    removable = [make_comment(initiative, by=writer).id for _ in range(4)]
    ids = (initiative.id, writer.id)
    db.session.remove()

    _race(app, *ids, removable * 2 + [None] * 8)

    living = select(func.count()).where(Comment.initiative_id == ids[0], Comment.deleted_at.is_(None))
    assert db.session.get_one(Initiative, ids[0]).comment_count == db.session.scalar(living) == 8


def _race(app: Flask, initiative_id: int, writer_id: int, removed: Sequence[int | None]) -> None:
    def act(comment_id: int | None) -> None:
        with app.app_context(), unit_of_work():
            writer = db.session.get_one(User, writer_id)
            if comment_id is None:
                operations.write(db.session.get_one(Initiative, initiative_id), by=writer, body="Hay.")
                return
            comment = db.session.get_one(Comment, comment_id)
            if not comment.is_deleted:
                operations.delete(comment, by=writer)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, removed))
