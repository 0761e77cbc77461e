"""What was sent about a task, and sending again what could not be sent."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import InvalidState, NotAllowed
from cchc_portal.reminders import operations
from cchc_portal.reminders.models import Channel, Delivery, State
from tests.factories.accounts import make_user
from tests.factories.reminders import make_calendar, make_reminder
from tests.factories.tasks import make_task

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
ClientOf = Callable[[User], FlaskClient]


def failed(user: User) -> Delivery:
    """Give up a mail to a person."""
    delivery = make_reminder(user, channel=Channel.MAIL, state=State.FAILED).delivery
    delivery.error, delivery.attempts = "550 no such user", 9
    db.session.commit()
    return delivery


def test_mail_that_was_given_up_goes_again(app: Flask) -> None:
    office, mail = make_user(Role.OFFICE), failed(make_user())

    operations.resend(mail, by=office)

    assert (mail.state, mail.attempts, mail.error) == (State.PENDING, 0, "")
    assert mail.next_try_at <= now()
    assert [event.name for event in audit.of(mail)] == ["reminder.resent"]


def test_only_mail_that_was_given_up_goes_again(app: Flask) -> None:
    office, member = make_user(Role.OFFICE), make_user()
    sent = make_reminder(member, channel=Channel.MAIL).delivery
    shown = make_reminder(member, channel=Channel.APP, state=State.FAILED).delivery

    for delivery in (sent, shown):
        with pytest.raises(InvalidState):
            operations.resend(delivery, by=office)
    with pytest.raises(NotAllowed):
        operations.resend(failed(member), by=member)


def test_log_offers_to_send_again_what_failed(app: Flask, client_of: ClientOf) -> None:
    mail, browser = failed(make_user()), client_of(make_user(Role.OFFICE))
    path = f"/reminders/deliveries/{mail.id}/sending"

    before = browser.get("/reminders?state=failed").text
    answer = browser.post(path, data={"next": "/reminders?state=failed"})
    after = browser.get("/reminders").text

    assert (path in before, answer.location, path in after) == (True, "/reminders?state=failed", False)


def test_task_shows_who_was_reminded_and_what_they_said(app: Flask, client_of: ClientOf) -> None:
    member = make_user(full_name="Người được nhắc")
    task = make_task(unit=member.unit, days=0)
    make_reminder(member, task=task, answered_at=now(), answer="Xong trong tuần")
    make_reminder(member, task=task, step=-3)
    make_reminder(make_user(unit=member.unit, full_name="Người khác việc"))
    browser = client_of(member)

    page = browser.get(f"/tasks/{task.id}").text
    history = browser.get(f"/tasks/{task.id}/reminders").text.split('id="reminders"')[1]

    assert f'hx-get="/tasks/{task.id}/reminders"' in page
    assert history.count("Người được nhắc</strong>") == 2
    assert ("Xong trong tuần" in history, "Trước hạn 3 ngày" in history) == (True, True)
    assert "Người khác việc" not in history


def test_history_is_for_those_who_work_on_it_and_the_office(app: Flask, client_of: ClientOf) -> None:
    task = make_task(days=0)
    path = f"/tasks/{task.id}/reminders"

    stranger = client_of(make_user())
    seen = [client_of(one).get(path).status_code for one in (make_user(Role.LEADER), make_user())]

    assert seen == [200, 404]
    assert path not in stranger.get(f"/tasks/{task.id}").text


def test_people_find_what_they_were_reminded_of_in_their_menu(app: Flask, client_of: ClientOf) -> None:
    assert 'href="/reminders/mine"' in client_of(make_user()).get("/tasks").text


def test_deadline_in_the_calendar_calls_the_day_before(app: Flask, client: FlaskClient) -> None:
    user = make_user()
    make_task(unit=user.unit, days=3)

    calendar = Calendar.from_ical(client.get(f"/calendar/{make_calendar(user)}.ics").data)

    (alarm,) = calendar.walk("VALARM")
    assert (str(alarm["ACTION"]), alarm.decoded("TRIGGER").total_seconds()) == ("DISPLAY", -15 * 3600)
