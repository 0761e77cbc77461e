import io
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from icalendar import Calendar
from sqlalchemy import select

from cchc_portal.accounts.models import Role, User
from cchc_portal.app import create_app
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.reminders import operations, queries
from cchc_portal.reminders.models import Channel, Reminder, State, Urging
from cchc_portal.tasks.models import State as TaskState
from cchc_portal.tasks.models import Task
from cchc_portal.web.security import limiter
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.reminders import make_calendar, make_reminder
from tests.factories.tasks import make_task

ClientOf = Callable[[User], FlaskClient]


def titled(title: str, **columns: object) -> Task:
    letter = make_directive(number="124", symbol="UBND-NV")
    letter.items[0].summary = title
    return make_task(item=letter.items[0], **{"days": 0, **columns})


# The log


def test_the_log_says_who_when_how_about_what_and_the_answer(app: Flask, client_of: ClientOf) -> None:
    user = make_user(full_name="Cán bộ <Hộ tịch>")
    reminder = make_reminder(user, task=titled("Rà soát 98%"), step=-3)
    operations.answer(reminder, by=user, words="Đang làm", promised_on=today())

    page = client_of(make_user(Role.OFFICE)).get("/reminders").text

    for words in (
        "Cán bộ &lt;Hộ tịch&gt;",
        "Rà soát 98%",
        "124/UBND-NV",
        "Trước hạn 3 ngày",
        "Trên cổng",
        "Đã gửi",
        "Đang làm",
        f"{today():%d/%m/%Y}",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("step", "words"), [(-14, "Trước hạn 14 ngày"), (0, "Ngày đến hạn"), (6, "Quá hạn 6 ngày làm việc")]
)
def test_the_log_names_the_step(app: Flask, client_of: ClientOf, step: int, words: str) -> None:
    make_reminder(make_user(), step=step)

    assert words in client_of(make_user(Role.LEADER)).get("/reminders").text


def test_the_log_says_that_there_is_no_mail_server(
    app: Flask, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(make_user(Role.OFFICE))

    without = browser.get("/reminders").text
    monkeypatch.setitem(app.config, "CCHC_MAIL_URL", "smtp://localhost")
    with_one = browser.get("/reminders").text

    assert ("Cổng chưa nối với máy chủ thư," in without, "Cổng chưa nối với máy chủ thư," in with_one) == (
        True,
        False,
    )


def test_the_log_is_looked_through_by_unit_channel_state_and_answer(app: Flask, client_of: ClientOf) -> None:
    user, other = make_user(), make_user()
    answered = make_reminder(user, task=titled("Việc một", unit=user.unit))
    operations.answer(answered, by=user)
    make_reminder(other, task=titled("Việc hai", unit=other.unit), channel=Channel.MAIL, state=State.FAILED)
    browser = client_of(make_user(Role.OFFICE))

    found = {
        query: [
            title for title in ("Việc một", "Việc hai") if title in browser.get(f"/reminders?{query}").text
        ]
        for query in (
            f"unit={user.unit_id}",
            "channel=mail",
            "state=failed",
            "answered=1",
            "answered=0",
            "unit=x&channel=y&state=z&answered=7",
        )
    }

    both = ["Việc một", "Việc hai"]
    assert list(found.values()) == [both[:1], both[1:], both[1:], both[:1], both[1:], both]


def test_the_log_goes_on_page_by_page_within_what_is_looked_for(app: Flask, client_of: ClientOf) -> None:
    user = make_user()
    for _ in range(22):
        make_reminder(user)
    browser = client_of(make_user(Role.OFFICE))

    first = browser.get("/reminders?channel=app")
    link = (
        first.text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    )
    second = browser.get(link)

    assert ("channel=app" in link, first.text.count("step-"), second.text.count("step-")) == (True, 20, 2)


def test_made_up_marks_are_not_found(app: Flask, client_of: ClientOf) -> None:
    assert client_of(make_user(Role.OFFICE)).get("/reminders?after=zzz").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_log_needs_the_same_queries_for_many(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    for _ in range(number):
        make_reminder(make_user())
    office = make_user(Role.OFFICE)
    assert office.roles

    def read() -> None:
        rows = queries.log(to=office, wanted=queries.Wanted(), limit=20)
        assert len([(row.user.full_name, row.task.unit.name, row.delivery.state) for row in rows]) == number

    assert count_queries(read) == 1


# One's own


def test_mine_shows_the_last_reminder_of_each_open_task(app: Flask, client_of: ClientOf) -> None:
    user = make_user()
    task = titled("Việc đang làm", unit=user.unit)
    make_reminder(user, task=task, step=-1)
    make_reminder(user, task=task, step=0)
    make_reminder(user, task=titled("Việc đã xong", unit=user.unit, state=TaskState.DONE))
    make_reminder(make_user(), task=titled("Việc của người khác"))

    page = client_of(user).get("/reminders/mine").text

    titles = ("Việc đang làm", "Việc đã xong", "Việc của người khác")
    assert [page.count(title) for title in titles] == [1, 0, 0]
    assert "Ngày đến hạn" in page


def test_one_click_says_received(app: Flask, client_of: ClientOf) -> None:
    reminder = make_reminder(make_user())

    answer = client_of(reminder.user).post(f"/reminders/{reminder.id}/answer")
    db.session.refresh(reminder)

    assert answer.location == "/reminders/mine"
    assert (reminder.answered_at is None, reminder.answer) == (False, "")


def test_an_answer_comes_with_words_and_a_day(app: Flask, client_of: ClientOf) -> None:
    reminder, soon = make_reminder(make_user()), today() + timedelta(days=3)
    words = unicodedata.normalize("NFD", "Đã nhận, chờ số liệu")

    client_of(reminder.user).post(
        f"/reminders/{reminder.id}/answer", data={"promised_on": f"{soon:%d/%m/%Y}", "words": words}
    )
    db.session.refresh(reminder)

    assert (reminder.answer, reminder.promised_on) == ("Đã nhận, chờ số liệu", soon)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"promised_on": "32/01/2023"}, "Ngày không đúng"),
        ({"promised_on": "01/01/2020"}, "không được ở quá khứ"),
        ({"words": "ă" * 301}, "300"),
    ],
)
def test_an_answer_that_cannot_be_is_shown_again(
    app: Flask, client_of: ClientOf, data: dict[str, str], message: str
) -> None:
    reminder = make_reminder(make_user())

    answer = client_of(reminder.user).post(f"/reminders/{reminder.id}/answer", data=data)

    assert (answer.status_code, message in answer.text) == (422, True)


# Urging


def test_urging_shows_the_tasks_and_goes_back_where_it_came_from(app: Flask, client_of: ClientOf) -> None:
    member = make_user()
    titled("Việc quá hạn", unit=member.unit, days=-2)
    browser, path = client_of(make_user(Role.OFFICE)), f"/reminders/units/{member.unit_id}/urging"

    page = browser.get(path).text
    answer = browser.post(path, data={"next": "/follow-up?by=unit"})
    elsewhere = browser.post(path, data={"next": "https://evil.example", "again": "y"})
    enough = browser.get(path).text

    assert "Việc quá hạn" in page
    assert ("hai lần. Từ ngày mai" in enough, 'name="words"' in enough) == (True, False)
    assert (answer.location, elsewhere.location) == ("/follow-up?by=unit", path)
    assert len(db.session.scalars(select(Urging)).all()) == 2


def test_a_second_click_asks_first(app: Flask, client_of: ClientOf) -> None:
    member = make_user()
    titled("Việc quá hạn", unit=member.unit)
    browser, path = client_of(make_user(Role.OFFICE)), f"/reminders/units/{member.unit_id}/urging"
    browser.post(path)

    again = browser.post(path)
    shown = browser.get(path).text

    assert (again.status_code, "Đôn đốc lần nữa" in again.text) == (422, True)
    assert f"{today():%d/%m/%Y}" in shown
    assert len(db.session.scalars(select(Reminder)).all()) == 1


def test_who_only_administers_is_not_urged(app: Flask, client_of: ClientOf) -> None:
    member = make_user()
    make_user(Role.ADMIN, unit=member.unit)
    titled("Việc quá hạn", unit=member.unit)

    client_of(make_user(Role.OFFICE)).post(f"/reminders/units/{member.unit_id}/urging")

    assert db.session.scalars(select(Reminder.user_id)).all() == [member.id]


def test_the_official_letter_lists_what_the_unit_owes(app: Flask, client_of: ClientOf) -> None:
    unit = make_unit("TPHT", name="Tư pháp - Hộ tịch")
    titled("Việc quá hạn 98%", unit=unit, days=-2)

    answer = client_of(make_user(Role.OFFICE)).get(f"/reminders/units/{unit.id}/urging/letter")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        body = file.read("word/document.xml").decode()
    for words in ("Tư pháp - Hộ tịch", "Việc quá hạn 98%", "124/UBND-NV", "Quá hạn 2 ngày"):
        assert words in body
    assert "Cong van don doc TPHT.docx" in answer.headers["Content-Disposition"]


def test_there_is_no_letter_about_nothing(app: Flask, client_of: ClientOf) -> None:
    answer = client_of(make_user(Role.OFFICE)).get(f"/reminders/units/{make_unit().id}/urging/letter")

    assert answer.status_code == 422


# The schedule


def test_the_schedule_is_shown_added_to_and_shortened(app: Flask, client_of: ClientOf) -> None:
    browser = client_of(make_user(Role.OFFICE))

    added = browser.post("/reminders/schedule", data={"timing": "before", "days": "21", "audience": "head"})
    page = browser.get("/reminders/schedule").text
    (rule,) = (one for one in queries.rules_on(today()) if one.days == 21)
    ended = browser.post(f"/reminders/schedule/{rule.id}", data={"_method": "DELETE"})

    assert (added.status_code, ended.status_code, "Trước hạn 21 ngày" in page) == (303, 303, True)
    assert len(queries.rules_on(today())) == 10


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"timing": "x", "days": "1", "audience": "head"},
        {"timing": "before", "days": "²", "audience": "head"},
        {"timing": "before", "days": "9" * 30, "audience": "head"},
        {"timing": "overdue", "days": "2", "audience": "leader"},
    ],
)
def test_lines_that_cannot_be_are_shown_again(app: Flask, client_of: ClientOf, data: dict[str, str]) -> None:
    answer = client_of(make_user(Role.OFFICE)).post("/reminders/schedule", data=data)

    assert answer.status_code == 422
    assert len(queries.rules_on(today())) == 10


# Choices and the calendar


def test_choices_are_kept(app: Flask, client_of: ClientOf) -> None:
    user = make_user()
    browser = client_of(user)

    browser.post("/me/reminders", data={"wants_each": "y"})
    page = browser.get("/me/reminders").text

    choice = queries.mail_choice(user)
    assert (choice.wants_digest, choice.wants_each) == (False, True)
    assert page.count(" checked") == 1


def test_the_calendars_address_is_shown_once_and_opens_the_calendar(
    app: Flask, client: FlaskClient, client_of: ClientOf
) -> None:
    user = make_user()
    task = titled("Rà soát, báo cáo; “98%”\\", unit=user.unit, days=3)
    browser = client_of(user)

    address = browser.post("/me/calendar").text.partition('id="calendar-address">')[2].partition("<")[0]
    later = browser.get("/me/reminders").text
    answer = client.get(address.removeprefix("http://localhost"))

    calendar = Calendar.from_ical(answer.data)
    (event,) = calendar.walk("VEVENT")
    assert "/calendar/" not in later
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("Rà soát, báo cáo; “98%”\\", task.due_on)
    assert str(event["UID"]) == f"task-{task.id}@cchc-portal"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75


def test_a_calendar_holds_what_is_ones_own_open_and_visible(app: Flask, client: FlaskClient) -> None:
    user, unit = make_user(), make_unit()
    make_user(Role.DEPT_HEAD, unit=unit)
    token = make_calendar(user)
    titled("Của bộ phận", unit=user.unit)
    titled("Giao cho tôi", unit=unit, person=user)
    titled("Giao đồng nghiệp", unit=user.unit, person=make_user(unit=user.unit))
    titled("Đã xong", unit=user.unit, state=TaskState.DONE)
    titled("Không có hạn", unit=user.unit, days=None)
    titled("Bộ phận khác", unit=unit)
    hidden = titled("Công văn đã bỏ", unit=user.unit)
    hidden.item.directive.deleted_at = now()
    db.session.commit()

    calendar = Calendar.from_ical(client.get(f"/calendar/{token}.ics").data)

    assert sorted(str(event["SUMMARY"]) for event in calendar.walk("VEVENT")) == [
        "Của bộ phận",
        "Giao cho tôi",
    ]


def test_heads_see_the_tasks_of_the_unit_they_head(app: Flask, client: FlaskClient) -> None:
    head, unit = make_user(Role.DEPT_HEAD), make_unit()
    head.grants[0].unit = unit
    token = make_calendar(head)
    titled("Của đơn vị phụ trách", unit=unit, person=make_user(unit=unit))

    calendar = Calendar.from_ical(client.get(f"/calendar/{token}.ics").data)

    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Của đơn vị phụ trách"]


def test_a_calendar_without_tasks_is_a_calendar(app: Flask, client: FlaskClient) -> None:
    answer = client.get(f"/calendar/{make_calendar(make_user())}.ics")

    assert (answer.status_code, Calendar.from_ical(answer.data).walk("VEVENT")) == (200, [])


def test_addresses_that_open_nothing_are_all_alike(app: Flask, client: FlaskClient) -> None:
    gone, closed = make_user(), make_user()
    tokens = [make_calendar(gone), make_calendar(closed), "x", "a" * 2000, "%00", "é"]
    gone.disabled_at = now()
    operations.close_calendar(closed, by=closed)
    db.session.commit()

    statuses = [client.get(f"/calendar/{token}.ics").status_code for token in tokens]

    assert statuses == [404, 404, 404, 404, 400, 404]


def test_a_calendars_token_signs_nobody_in(app: Flask, client: FlaskClient) -> None:
    token = make_calendar(make_user())
    with client.session_transaction() as session:
        session["_user_id"] = token

    assert client.get("/reminders/mine").status_code == 303


def test_closing_takes_the_address_away(app: Flask, client: FlaskClient, client_of: ClientOf) -> None:
    user = make_user()
    token = make_calendar(user)

    client_of(user).post("/me/calendar", data={"_method": "DELETE"})

    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_whoever_guesses_addresses_has_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limiter, "enabled", limiter.enabled
    )  # one for all applications: as it was, afterwards
    portal = create_app(
        {
            "TESTING": True,
            "DATA_DIR": tmp_path,
            "RATELIMIT_ENABLED": True,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'portal.db'}",
            "SECRET_KEY": "0123456789abcdef" * 4,
        }
    )
    with portal.app_context():
        upgrade()
    browser = portal.test_client()

    statuses = [browser.get(f"/calendar/{number}.ics").status_code for number in range(62)]

    assert statuses == [404] * 60 + [429] * 2
