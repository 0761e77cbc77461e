"""Who is told what, from what people really do."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.comments import operations as comments
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Author, State
from cchc_portal.notifications import consumers, operations
from cchc_portal.notifications.kinds import KINDS
from cchc_portal.notifications.models import Notification
from cchc_portal.replication import operations as replication
from tests.factories.accounts import make_unit, make_user
from tests.factories.comments import make_comment
from tests.factories.following import make_follower
from tests.factories.initiatives import make_initiative
from tests.factories.notifications import make_notification

Deliver = Callable[[], None]


def told(user: User) -> list[str]:
    """Return the kinds of a person's notifications, and check the stored count on the way."""
    query = select(Notification).where(Notification.user_id == user.id).order_by(Notification.id)
    found = db.session.scalars(query).all()
    assert user.unread_count == sum(one.read_at is None for one in found)
    return [one.kind for one in found]


def words_for(user: User) -> list[str]:
    return list(db.session.scalars(select(Notification.words).where(Notification.user_id == user.id)))


def test_authors_hear_of_a_return_with_the_reason(app: Flask, deliver: Deliver) -> None:
    initiative, office = make_initiative(), make_user(Role.OFFICE)
    initiatives.return_(initiative, by=office, reason="Bổ sung số liệu, đạt 98% <b>")

    deliver()

    assert told(initiative.created_by) == ["returned"]
    assert words_for(initiative.created_by) == ["Bổ sung số liệu, đạt 98% <b>"]
    assert told(office) == []


def test_authors_and_followers_hear_of_a_publication(app: Flask, deliver: Deliver) -> None:
    initiative, second = make_initiative(), make_user()
    initiative.authors.append(Author(position=2, user=second, name=second.full_name, share=Decimal(10)))
    follower, stranger = make_follower(initiative), make_user()
    initiatives.publish(initiative, by=make_user(Role.OFFICE))

    deliver()

    assert [told(one) for one in (initiative.created_by, second)] == [["published"], ["published"]]
    assert (told(follower), words_for(follower)) == (["followed_step"], ["Đã công bố"])
    assert told(stranger) == []


def test_a_nominated_colleague_is_asked_and_the_nominator_hears_the_answer(
    app: Flask, deliver: Deliver
) -> None:
    nominator, colleague = make_user(), make_user()
    initiative = make_initiative(by=nominator, awaits_confirmation=True)
    initiative.authors[0].user = colleague
    initiative.authors[0].confirmed_at = None
    audit.record("initiative.submitted", on=initiative, by=nominator, version=1)
    deliver()
    asked = (told(colleague), told(nominator))

    initiatives.confirm(initiative, by=colleague)
    deliver()

    assert asked == (["nomination"], [])
    assert (told(colleague), told(nominator)) == (["nomination"], ["agreed"])


def test_the_nominator_hears_of_a_refusal_with_the_reason(app: Flask, deliver: Deliver) -> None:
    nominator, colleague = make_user(), make_user()
    initiative = make_initiative(by=nominator, awaits_confirmation=True)
    initiative.authors[0].user = colleague
    initiative.authors[0].confirmed_at = None
    db.session.commit()

    initiatives.refuse(initiative, by=colleague, reason="Chưa làm thử")
    deliver()

    assert (told(nominator), words_for(nominator)) == (["refused"], ["Chưa làm thử"])


def test_a_selection_tells_authors_followers_and_the_named_units(app: Flask, deliver: Deliver) -> None:
    initiative, leader = make_initiative(state=State.PUBLISHED), make_user(Role.LEADER)
    unit, other_unit = make_unit(), make_unit()
    staff, gone = make_user(unit=unit), make_user(unit=unit, disabled_at=now())
    head = make_user(Role.DEPT_HEAD, unit=unit)
    follower, stranger = make_follower(initiative), make_user(unit=other_unit)
    replication.select(initiative, by=leader, targets=[unit], deadline=today(), note="Làm trước Tết")

    deliver()

    assert told(initiative.created_by) == ["selected"]
    assert [told(one) for one in (staff, head)] == [["unit_named"], ["unit_named"]]
    assert (told(follower), told(stranger), told(gone), told(leader)) == (["followed_step"], [], [], [])
    assert words_for(head) == ["Làm trước Tết"]


def test_a_declined_candidate_tells_authors_and_followers_why(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative(state=State.PUBLISHED)
    follower = make_follower(initiative)
    replication.decline(initiative, by=make_user(Role.LEADER), reason="Cần thêm số liệu")

    deliver()

    author = initiative.created_by
    assert (told(author), words_for(author)) == (["declined"], ["Cần thêm số liệu"])
    assert (told(follower), words_for(follower)) == (["followed_step"], ["Chưa được chọn nhân rộng"])


def test_a_head_who_sits_in_another_unit_is_told_while_the_role_lasts(app: Flask, deliver: Deliver) -> None:
    initiative, unit = make_initiative(state=State.PUBLISHED), make_unit()
    head, former = make_user(Role.DEPT_HEAD), make_user(Role.DEPT_HEAD)
    head.grants[0].unit = former.grants[0].unit = unit
    former.grants[0].valid_to = today() - timedelta(days=1)
    replication.select(initiative, by=make_user(Role.LEADER), targets=[unit], deadline=today())

    deliver()

    assert (told(head), told(former)) == (["unit_named"], [])


def test_a_comment_tells_each_person_once_by_what_concerns_them_most(app: Flask, deliver: Deliver) -> None:
    initiative, writer = make_initiative(), make_user()
    root = make_comment(initiative)
    follower = make_follower(initiative)
    mentioned = make_follower(initiative, by=make_user(username="vptk"))
    make_follower(initiative, by=writer)

    comments.write(initiative, by=writer, body="@vptk xem giúp", parent=root)
    deliver()

    people = (mentioned, root.author, initiative.created_by, follower, writer)
    assert [told(one) for one in people] == [
        ["mention"],
        ["answer"],
        ["comment_on_mine"],
        ["comment_on_followed"],
        [],
    ]


def test_an_answer_to_an_answer_tells_whoever_is_answered_and_whoever_began(
    app: Flask, deliver: Deliver
) -> None:
    root = make_comment()
    first, other = make_comment(answer_to=root), make_comment(answer_to=root)

    comments.write(root.initiative, by=make_user(), body="Tôi đồng ý.", parent=first)
    deliver()

    assert [told(one.author) for one in (root, first, other)] == [["answer"], ["answer"], []]


def test_an_answer_to_whoever_began_tells_once(app: Flask, deliver: Deliver) -> None:
    root = make_comment()

    comments.write(root.initiative, by=make_user(), body="Tôi đồng ý.", parent=root)
    deliver()

    assert told(root.author) == ["answer"]


def test_an_answer_to_oneself_tells_only_whoever_began(app: Flask, deliver: Deliver) -> None:
    root = make_comment()
    own = make_comment(answer_to=root)

    comments.write(root.initiative, by=own.author, body="Nói thêm.", parent=own)
    deliver()

    assert (told(own.author), told(root.author)) == ([], ["answer"])


def test_an_answer_written_before_it_was_kept_whom_it_answers_tells_whoever_began(
    app: Flask, deliver: Deliver
) -> None:
    root = make_comment()
    answer = make_comment(answer_to=root)
    audit.record(
        "comment.written", on=answer, by=answer.author, initiative_id=root.initiative_id, mentioned=[]
    )

    deliver()

    assert told(root.author) == ["answer"]


def test_an_edit_tells_only_who_is_newly_mentioned(app: Flask, deliver: Deliver) -> None:
    first, second = make_user(username="mot"), make_user(username="hai")
    comment = make_comment(body="@mot")
    comments.edit(comment, by=comment.author, body="@mot @hai", minutes=15)

    deliver()

    assert (told(first), told(second), told(comment.initiative.created_by)) == ([], ["mention"], [])


def test_a_mention_does_not_reveal_what_the_person_may_not_see(app: Flask, deliver: Deliver) -> None:
    initiative, mentioned = make_initiative(), make_user(username="vptk")
    comments.write(initiative, by=make_user(), body="@vptk")
    initiatives.withdraw(initiative, by=initiative.created_by, reason="Trùng")

    deliver()

    assert told(mentioned) == []


def test_a_withdrawal_takes_back_what_others_were_told(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative()
    reader, busy, author = make_user(), make_user(), initiative.created_by
    make_notification(reader, about=initiative)
    make_notification(reader, about=initiative, is_read=True)
    make_notification(reader)
    for _ in range(2):
        make_notification(busy, about=initiative)
    make_notification(author, about=initiative)
    initiatives.withdraw(initiative, by=author, reason="Trùng")

    deliver()

    assert [told(one) for one in (reader, busy, author)] == [["published"], [], ["published"]]
    assert (reader.unread_count, busy.unread_count, author.unread_count) == (1, 0, 1)


def test_the_office_hears_of_reports_and_the_writer_of_hiding(app: Flask, deliver: Deliver) -> None:
    comment, office, leader = make_comment(), make_user(Role.OFFICE), make_user(Role.LEADER)
    comments.report(comment, by=make_user(), reason="Nặng lời")
    comments.hide(comment, by=office)

    deliver()

    assert (told(office), told(leader)) == (["comment_reported"], [])
    assert told(comment.author) == ["comment_hidden"]


def test_a_muted_kind_stays_silent_and_the_next_one_speaks(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative()
    quiet = make_follower(initiative, by=make_user(username="vptk"))
    silent = make_follower(initiative)
    others = {kind.name for kind in KINDS}
    operations.choose_kinds(quiet, by=quiet, wanted=others - {"mention"})
    operations.choose_kinds(silent, by=silent, wanted=others - {"comment_on_followed"})

    comments.write(initiative, by=make_user(), body="@vptk xem giúp")
    deliver()

    assert (told(quiet), told(silent)) == (["comment_on_followed"], [])


def test_the_same_events_again_change_nothing(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative()
    event = audit.record("initiative.published", on=initiative, by=make_user())
    deliver()

    consumers.tell([event])
    db.session.commit()

    assert told(initiative.created_by) == ["published"]


def test_many_events_in_one_batch_are_counted_exactly(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative()
    for number in range(7):
        comments.write(initiative, by=make_user(), body=f"Ý kiến {number}")

    deliver()

    assert told(initiative.created_by) == ["comment_on_mine"] * 7


def test_long_reasons_are_cut_to_what_can_be_kept(app: Flask, deliver: Deliver) -> None:
    initiative = make_initiative()
    initiatives.return_(initiative, by=make_user(Role.OFFICE), reason="ă" * 1000)

    deliver()

    assert words_for(initiative.created_by) == ["ă" * consumers.LONGEST_WORDS]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_followers_does_not_change_the_number_of_queries(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    initiative = make_initiative()
    for _ in range(number):
        make_follower(initiative)
    event = audit.record("initiative.published", on=initiative, by=make_user(Role.OFFICE))
    db.session.commit()
    event_id = event.id
    db.session.expunge_all()
    event = db.session.get_one(audit.Event, event_id)

    assert count_queries(lambda: consumers.tell([event])) == 9
