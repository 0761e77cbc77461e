import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.comments import operations as comments
from cchc_portal.core.db import db
from cchc_portal.notifications.queries import kinds_for, muted_by
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment
from tests.factories.initiatives import make_initiative
from tests.factories.notifications import make_notification

ClientOf = Callable[[User], FlaskClient]
HTMX = {"HX-Request": "true"}


def test_index_says_what_happened_to_what(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()
    make_notification(reader, about=make_initiative(title="Một cửa <lưu động>"), words="Đạt 98% & hơn")

    page = client_of(reader).get("/notifications").text

    assert "“Một cửa &lt;lưu động&gt;” của bạn đã được công bố" in page
    assert "Đạt 98% &amp; hơn" in page
    assert page.count("notification--unread") == 1


def test_index_translates_the_portals_own_words(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()
    make_notification(reader, kind="followed_step", words="Đã công bố")

    assert "Đã công bố" in client_of(reader).get("/notifications").text


def test_index_of_nobody_says_so(app: Flask, client_of: ClientOf) -> None:
    assert "Chưa có thông báo" in client_of(make_user()).get("/notifications").text


def test_index_goes_on_after_twenty(app: Flask, client_of: ClientOf) -> None:
    reader, initiative = make_user(), make_initiative()
    for _ in range(21):
        make_notification(reader, about=initiative)
    browser = client_of(reader)

    first = browser.get("/notifications").text
    second = browser.get(first.split('hx-get="')[-1].split('"')[0], headers=HTMX).text

    assert (first.count('class="notification '), second.count('class="notification ')) == (20, 1)
    assert "<html" not in second


def test_index_refuses_a_made_up_mark(app: Flask, client_of: ClientOf) -> None:
    assert client_of(make_user()).get("/notifications?after=abc").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_index_needs_two_queries(
    app: Flask, client_of: ClientOf, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    reader = make_user()
    for _ in range(number):
        make_notification(reader)
    browser = client_of(reader)

    assert count_queries(lambda: browser.get("/notifications")) == 2


def test_opening_marks_as_read_and_leads_to_the_initiative(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()
    notification = make_notification(reader)

    answer = client_of(reader).post(f"/notifications/{notification.id}/reading")

    db.session.expire_all()
    assert (answer.status_code, answer.location) == (303, f"/initiatives/{notification.initiative_id}")
    assert reader.unread_count == 0


def test_opening_a_comment_leads_to_its_place(
    app: Flask, client_of: ClientOf, deliver: Callable[[], None]
) -> None:
    initiative = make_initiative()
    comment = comments.write(initiative, by=make_user(), body="Hay.")
    deliver()
    browser = client_of(initiative.created_by)
    found = re.search(r'action="(/notifications/\d+/reading)"', browser.get("/notifications").text)

    answer = browser.post(found[1])

    assert answer.location == f"/comments/{comment.id}#comment-{comment.id}"


def test_opening_a_report_leads_the_office_to_the_list(
    app: Flask, client_of: ClientOf, deliver: Callable[[], None]
) -> None:
    office = make_user(Role.OFFICE)
    notification = make_notification(office, kind="comment_reported", about=make_comment().initiative)

    answer = client_of(office).post(f"/notifications/{notification.id}/reading")

    assert answer.location == "/comments/reports"


def test_opening_what_is_somebody_elses_is_not_found(app: Flask, client_of: ClientOf) -> None:
    notification = make_notification(make_user())

    answer = client_of(make_user()).post(f"/notifications/{notification.id}/reading")

    assert answer.status_code == 404
    assert notification.read_at is None


def test_read_all_empties_the_bell(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()
    for _ in range(2):
        make_notification(reader)
    browser = client_of(reader)
    before = browser.get("/notifications/bell", headers=HTMX).text

    answer = browser.post("/notifications/reading")

    assert (answer.status_code, answer.location) == (303, "/notifications")
    assert ('aria-hidden="true">2<' in before, "count" in browser.get("/notifications/bell").text) == (
        True,
        False,
    )


def test_the_bell_stands_in_every_page_and_costs_one_query(
    app: Flask, client_of: ClientOf, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    reader = make_user()
    make_notification(reader)
    browser = client_of(reader)

    assert browser.get("/notifications/settings").text.count('id="bell"') == 1
    assert count_queries(lambda: browser.get("/notifications/bell", headers=HTMX)) == 1


def test_the_bell_of_an_ended_sign_in_keeps_quiet(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/notifications/bell", headers=HTMX)

    assert (answer.status_code, answer.text) == (204, "")
    assert "HX-Redirect" not in answer.headers


def test_switches_show_and_keep_the_choice(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()
    browser = client_of(reader)
    page = browser.get("/notifications/settings").text
    shown = page.count('name="kinds"')

    answer = browser.post("/notifications/settings", data={"kinds": ["mention", "returned"]})
    again = browser.get("/notifications/settings").text

    assert (answer.status_code, answer.location) == (303, "/notifications/settings")
    assert (page.count(" checked"), again.count(" checked")) == (shown, 2)
    assert len(muted_by(reader)) == shown - 2


def test_all_switches_can_be_off(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()

    client_of(reader).post("/notifications/settings", data={"csrf_token": "x"})

    assert len(muted_by(reader)) == len(kinds_for(reader))


def test_unknown_switches_are_refused(app: Flask, client_of: ClientOf) -> None:
    reader = make_user()

    answer = client_of(reader).post("/notifications/settings", data={"kinds": ["comment_reported"]})

    assert answer.status_code == 422
    assert muted_by(reader) == set()
