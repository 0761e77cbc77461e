"""What people do with reminders."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.accounts.operations import reset_password
from cchc_portal.audit import Event
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed, NotFound
from cchc_portal.directives.models import State as LetterState
from cchc_portal.notifications.models import Notification
from cchc_portal.reminders import operations, queries
from cchc_portal.reminders.models import Audience, Channel, Delivery, Reminder, State, Timing, Urging
from cchc_portal.reminders.operations.urging import ENOUGH
from cchc_portal.tasks.models import State as TaskState
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.reminders import make_reminder, make_rule
from tests.factories.tasks import make_task

OTHERS = [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN]


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit()


@pytest.fixture
def office(app: Flask) -> User:
    return make_user(Role.OFFICE)


def urge(unit: Unit, *, by: User, **how: object) -> Urging:
    urging = operations.urge(unit, by=by, **{"by_mail": False, **how})  # type: ignore[arg-type]
    db.session.commit()
    return urging


def reminded(channel: Channel = Channel.APP) -> list[tuple[int, int]]:
    query = select(Reminder.task_id, Reminder.user_id).where(Reminder.channel == channel)
    return [tuple(row) for row in db.session.execute(query.order_by(Reminder.task_id, Reminder.user_id))]


# Answers


def test_an_answer_is_kept_for_all_that_was_said_about_the_task(app: Flask) -> None:
    user = make_user()
    first = make_reminder(user, step=-1)
    by_mail = make_reminder(user, task=first.task, step=-1, channel=Channel.MAIL)
    other = make_reminder(user)

    operations.answer(by_mail, by=user, words="  Đã nhận, đang làm ", promised_on=today())
    db.session.commit()

    rows = [(one.answer, one.promised_on, one.answered_at is not None) for one in (first, by_mail, other)]
    assert rows == [("Đã nhận, đang làm", today(), True)] * 2 + [("", None, False)]
    assert [event.data["task"] for event in audit.of(by_mail)] == [first.task_id]


def test_an_answer_without_words_is_received(app: Flask) -> None:
    reminder = make_reminder(make_user())

    operations.answer(reminder, by=reminder.user)
    db.session.commit()

    assert (reminder.answer, reminder.promised_on, reminder.answered_at is None) == ("", None, False)


def test_a_later_answer_replaces_only_the_one_answered_again(app: Flask) -> None:
    user = make_user()
    first = make_reminder(user, step=-1)
    operations.answer(first, by=user, words="Thứ nhất")
    second = make_reminder(user, task=first.task, step=0)
    operations.answer(second, by=user, words="Thứ hai")
    db.session.commit()

    assert (first.answer, second.answer) == ("Thứ nhất", "Thứ hai")


@pytest.mark.parametrize(
    ("what", "field"),
    [({"promised_on": date(2020, 1, 1)}, "promised_on"), ({"words": "ă" * 301}, "words")],
)
def test_an_answer_that_cannot_be_is_refused(app: Flask, what: dict[str, object], field: str) -> None:
    reminder = make_reminder(make_user())

    with pytest.raises(Invalid) as refused:
        operations.answer(reminder, by=reminder.user, **what)  # type: ignore[arg-type]

    assert list(refused.value.errors) == [field]


def test_nobody_answers_for_another(app: Flask, office: User) -> None:
    with pytest.raises(NotAllowed):
        operations.answer(make_reminder(make_user()), by=office)


# Urging


def test_urging_tells_members_and_head_of_what_is_late_or_near(
    unit: Unit, office: User, deliver: Callable[[], None]
) -> None:
    member, head = make_user(unit=unit), make_user(Role.DEPT_HEAD)
    head.grants[0].unit = unit
    late, near = make_task(unit=unit, days=-3), make_task(unit=unit, days=7)
    make_task(unit=unit, days=8)
    make_task(unit=unit)
    make_task(unit=unit, days=-3, state=TaskState.REPORTED)
    make_task(unit=unit, days=-3, item=make_directive(state=LetterState.CLOSED).items[0])
    make_task(days=-3)

    urging = urge(unit, by=office, words=" Làm ngay ")
    deliver()

    assert reminded() == sorted((task.id, user.id) for task in (late, near) for user in (member, head))
    assert (urging.words, urging.day_on, urging.is_again) == ("Làm ngay", today(), False)
    assert [event.name for event in audit.of(unit)] == ["unit.urged"]
    assert [[event.name for event in audit.of(task)] for task in (late, near)] == [["task.urged"]] * 2
    told = db.session.execute(select(Notification.user_id, Notification.kind, Notification.words)).all()
    assert sorted(map(tuple, told)) == sorted((one.id, "urged", "Làm ngay") for one in (member, head))
    assert set(db.session.scalars(select(Delivery.state))) == {State.SENT}


def test_urging_by_mail_goes_at_once_to_those_with_an_address(unit: Unit, office: User) -> None:
    member = make_user(unit=unit, email="canbo@example.vn")
    make_user(unit=unit)
    task = make_task(unit=unit, days=0)

    urge(unit, by=office, by_mail=True)

    mail = db.session.scalars(select(Delivery).where(Delivery.channel == Channel.MAIL)).one()
    assert reminded(Channel.MAIL) == [(task.id, member.id)]
    assert (mail.state, mail.day_on, mail.next_try_at <= now()) == (State.PENDING, None, True)


def test_a_second_urging_on_a_day_is_asked_about(unit: Unit, office: User) -> None:
    make_user(unit=unit)
    make_task(unit=unit, days=0)
    first = urge(unit, by=office)

    with pytest.raises(Invalid) as refused, unit_of_work():
        operations.urge(unit, by=office, by_mail=False)
    second = urge(unit, by=office, again=True)

    assert list(refused.value.errors) == ["again"]
    assert (first.id != second.id, len(reminded())) == (True, 2)


def test_there_is_no_third_urging_on_a_day(unit: Unit, office: User) -> None:
    make_user(unit=unit)
    make_task(unit=unit, days=0)
    urge(unit, by=office)
    urge(unit, by=office, again=True)

    with pytest.raises(Invalid) as refused, unit_of_work():
        operations.urge(unit, by=office, by_mail=False, again=True)

    assert refused.value.errors == {"again": ENOUGH}
    assert len(db.session.scalars(select(Urging)).all()) == 2


def test_the_next_day_is_another_day(unit: Unit, office: User) -> None:
    make_user(unit=unit)
    make_task(unit=unit, days=0)
    urge(unit, by=office).day_on = today() - timedelta(days=1)

    urge(unit, by=office)

    assert len(reminded()) == 2


def test_racing_clicks_urge_once(app: Flask, unit: Unit, office: User) -> None:
    make_user(unit=unit)
    make_task(unit=unit, days=0)
    unit_id, office_id = unit.id, office.id
    db.session.remove()

    def click(_number: int) -> str:
        with app.app_context():
            try:
                with unit_of_work():
                    by = db.session.get_one(User, office_id)
                    operations.urge(db.session.get_one(Unit, unit_id), by=by, by_mail=False)
            except Invalid:
                return "asked"
            return "urged"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(click, range(4)))

    assert (outcomes, len(reminded())) == (["asked", "asked", "asked", "urged"], 1)


def test_there_must_be_something_to_urge_and_somebody_to_tell(unit: Unit, office: User) -> None:
    with pytest.raises(Invalid) as nothing:
        operations.urge(unit, by=office, by_mail=False)
    make_task(unit=unit, days=0)
    with pytest.raises(Invalid) as nobody:
        operations.urge(unit, by=office, by_mail=False)

    assert [list(one.value.errors.values()) for one in (nothing, nobody)] == [
        ["Bộ phận này không có nhiệm vụ quá hạn hoặc đến hạn trong 7 ngày tới."],
        ["Bộ phận này chưa có ai có tài khoản."],
    ]


def test_too_many_words_are_refused(unit: Unit, office: User) -> None:
    make_user(unit=unit)
    make_task(unit=unit, days=0)

    with pytest.raises(Invalid) as refused:
        operations.urge(unit, by=office, by_mail=False, words="ă" * 301)

    assert list(refused.value.errors) == ["words"]


@pytest.mark.parametrize("role", OTHERS)
def test_others_urge_nobody(unit: Unit, role: Role) -> None:
    with pytest.raises(NotAllowed):
        operations.urge(unit, by=make_user(role), by_mail=False)


def test_last_urgings_are_the_last_of_each_unit_in_one_query(
    unit: Unit, office: User, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    make_user(unit=unit)
    make_task(unit=unit, days=0)
    urge(unit, by=office)
    last = urge(unit, by=office, again=True)
    never, ids = make_unit(), [unit.id]

    found = queries.last_urgings([*ids, never.id])

    assert {unit_id: urging.id for unit_id, urging in found.items()} == {unit.id: last.id}
    db.session.expunge_all()
    assert count_queries(lambda: [one.by.full_name for one in queries.last_urgings(ids).values()]) == 1


# The schedule


def test_the_shipped_schedule_is_the_offices_to_change(app: Flask) -> None:
    lines = [(one.timing, one.days, one.every, one.audience) for one in queries.rules_on(today())]

    assert set(lines) == {
        *((Timing.BEFORE, days, None, Audience.ASSIGNEE) for days in (14, 7, 3, 1, 0)),
        (Timing.BEFORE, 1, None, Audience.HEAD),
        (Timing.BEFORE, 0, None, Audience.HEAD),
        (Timing.OVERDUE, 2, 2, Audience.ASSIGNEE),
        (Timing.OVERDUE, 2, 2, Audience.HEAD),
        (Timing.OVERDUE, 6, 2, Audience.LEADER),
    }


def test_an_added_line_holds_from_today_and_one_ended_until_yesterday(app: Flask, office: User) -> None:
    added = operations.add_rule(by=office, timing=Timing.BEFORE, days=21, audience=Audience.HEAD, every=3)
    old = operations.end_rule(make_rule(), by=office)
    db.session.commit()

    assert (added.valid_from, added.every) == (today(), None)
    assert old.valid_to == today() - timedelta(days=1)
    assert added in queries.rules_on(today())
    assert old not in queries.rules_on(today())
    assert old in queries.rules_on(today() - timedelta(days=1))


def test_a_line_added_and_ended_on_a_day_never_was(app: Flask, office: User) -> None:
    added = operations.add_rule(by=office, timing=Timing.OVERDUE, days=20, audience=Audience.HEAD, every=5)
    db.session.commit()

    operations.end_rule(added, by=office)
    db.session.commit()

    assert len(queries.rules_on(today())) == 10
    assert [event.name for event in events("reminder.rule_")] == [
        "reminder.rule_added",
        "reminder.rule_ended",
    ]


def test_what_has_ended_does_not_end_again(app: Flask, office: User) -> None:
    rule = make_rule(valid_to=today() - timedelta(days=3))

    with pytest.raises(InvalidState):
        operations.end_rule(rule, by=office)


@pytest.mark.parametrize(
    ("timing", "days", "every", "field"),
    [
        (Timing.BEFORE, -1, None, "days"),
        (Timing.BEFORE, 366, None, "days"),
        (Timing.OVERDUE, 0, 2, "days"),
        (Timing.OVERDUE, 2, None, "every"),
        (Timing.OVERDUE, 2, 0, "every"),
        (Timing.OVERDUE, 2, 61, "every"),
        (Timing.BEFORE, 7, None, "days"),  # there already
        (Timing.OVERDUE, 2, 2, "days"),
    ],
)
def test_lines_that_cannot_be_are_refused(
    app: Flask, office: User, timing: Timing, days: int, every: int | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.add_rule(by=office, timing=timing, days=days, every=every, audience=Audience.ASSIGNEE)

    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("role", OTHERS)
def test_others_leave_the_schedule_alone(app: Flask, role: Role) -> None:
    rule, user = make_rule(), make_user(role)

    with pytest.raises(NotAllowed):
        operations.add_rule(by=user, timing=Timing.BEFORE, days=21, audience=Audience.HEAD)
    with pytest.raises(NotAllowed):
        operations.end_rule(rule, by=user)
    with pytest.raises(NotFound):
        queries.get_rule(rule.id, to=user)


# Choices


def test_without_a_choice_the_digest_alone_comes_by_mail(app: Flask) -> None:
    choice = queries.mail_choice(make_user())

    assert (choice.wants_digest, choice.wants_each) == (True, False)


def test_a_choice_is_kept_and_changed(app: Flask) -> None:
    user = make_user()

    operations.choose_mail(user, by=user, wants_digest=False, wants_each=True)
    operations.choose_mail(user, by=user, wants_digest=False, wants_each=False)
    db.session.commit()

    choice = queries.mail_choice(user)
    assert (choice.wants_digest, choice.wants_each) == (False, False)
    assert [event.data for event in events("reminder.mail")] == [
        {"digest": False, "each": True},
        {"digest": False, "each": False},
    ]


def test_a_calendar_has_one_address_at_a_time_and_keeps_no_token(app: Flask) -> None:
    user = make_user()

    first = operations.open_calendar(user, by=user)
    second = operations.open_calendar(user, by=user)
    db.session.commit()

    kept = queries.calendar_address(user)
    assert kept is not None
    assert second not in kept.token_hash
    assert queries.reader_of(second) == user
    with pytest.raises(NotFound):
        queries.reader_of(first)


def test_another_password_closes_the_calendar(app: Flask, deliver: Callable[[], None]) -> None:
    user, other = make_user(), make_user()
    kept = operations.open_calendar(other, by=other)
    lost = operations.open_calendar(user, by=user)
    reset_password(user, by=None, new="mot mat khau moi 2026")
    deliver()

    with pytest.raises(NotFound):
        queries.reader_of(lost)
    assert queries.reader_of(kept) == other


def test_calendar_made_after_the_password_changed_stays(app: Flask, deliver: Callable[[], None]) -> None:
    user = make_user()
    reset_password(user, by=None, new="mot mat khau moi 2026")
    token = operations.open_calendar(user, by=user)
    deliver()

    assert queries.reader_of(token) == user


def test_a_closed_calendar_opens_nothing(app: Flask) -> None:
    user = make_user()
    token = operations.open_calendar(user, by=user)

    operations.close_calendar(user, by=user)
    operations.close_calendar(user, by=user)
    db.session.commit()

    with pytest.raises(NotFound):
        queries.reader_of(token)
    assert len(events("reminder.calendar_closed")) == 1


def test_nobody_chooses_for_another(app: Flask, office: User) -> None:
    user = make_user()

    for act in (
        lambda: operations.choose_mail(user, by=office, wants_digest=True, wants_each=True),
        lambda: operations.open_calendar(user, by=office),
        lambda: operations.close_calendar(user, by=office),
    ):
        with pytest.raises(NotAllowed):
            act()


def events(beginning: str) -> list[Event]:
    query = select(Event).where(Event.name.startswith(beginning)).order_by(Event.id)
    return list(db.session.scalars(query))
