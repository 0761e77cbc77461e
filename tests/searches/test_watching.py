from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.audit import Cursor, Event
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import State
from cchc_portal.notifications.consumers import tell
from cchc_portal.notifications.models import Notification
from cchc_portal.searches import operations, queries
from cchc_portal.searches.models import SearchAlert, Sharing
from cchc_portal.searches.watching import watch_searches
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.searches import make_search

Browser = Callable[[User], FlaskClient]
Indexed = Callable[[], None]


@pytest.fixture
def look(indexed: Indexed) -> Callable[[], list[str]]:
    """Give a way to bring the index up to date, look for what is new, and say whom of what was told."""

    def run() -> list[str]:
        indexed()
        event = audit.record("initiative.published", on=make_user(), by=None)
        db.session.merge(Cursor(consumer="search", event_id=event.id))
        db.session.commit()
        last = db.session.query(Event.id).order_by(Event.id.desc()).first()
        watch_searches()
        new = db.session.query(Event).where(Event.name == "saved_search.matched", Event.id > last[0]).all()
        tell(new)
        db.session.commit()
        return [event.data["titles"] for event in new]

    return run


def test_what_is_new_is_told_once_and_nothing_that_was_there(
    client_of: Browser, look: Callable[[], list[str]]
) -> None:
    user = make_user()
    make_initiative(state=State.PUBLISHED, title="Quét mã một")
    assert look() == []
    search = make_search(user, query="q=quet+ma")
    assert client_of(user).put(f"/searches/{search.id}/alert").status_code == 303

    before = look()
    make_initiative(state=State.PUBLISHED, title="Quét mã hai")
    make_initiative(state=State.PUBLISHED, title="Chuyện khác")
    told = look()
    again = look()

    assert (before, told, again) == ([], ["Mã QR"], [])
    notice = db.session.query(Notification).one()
    assert (notice.user_id, notice.kind, notice.title) == (user.id, "search_found", "Mã QR")


def test_what_the_person_may_not_see_is_not_told(client_of: Browser, look: Callable[[], list[str]]) -> None:
    user = make_user()
    search = make_search(user, query="q=chuyen+kin")
    client_of(user).put(f"/searches/{search.id}/alert")
    look()

    make_initiative(state=State.WITHDRAWN, title="Chuyện kín")

    assert look() == []


def test_a_change_of_state_is_new_to_who_waits_for_it(
    client_of: Browser, look: Callable[[], list[str]]
) -> None:
    user = make_user()
    made = make_initiative(state=State.PUBLISHED, title="Quét mã")
    search = make_search(user, query="status=selected")
    client_of(user).put(f"/searches/{search.id}/alert")
    look()

    made.state = State.SELECTED
    db.session.commit()

    assert look() == ["Mã QR"]


def test_a_search_speaks_once_a_day(client_of: Browser, look: Callable[[], list[str]]) -> None:
    user = make_user()
    search = make_search(user, query="q=quet+ma")
    client_of(user).put(f"/searches/{search.id}/alert")
    look()

    told = []
    for _ in range(2):
        make_initiative(state=State.PUBLISHED, title="Quét mã")
        told.append(look())

    assert told == [["Mã QR"], []]


def test_who_stopped_or_lost_sight_is_not_told(client_of: Browser, look: Callable[[], list[str]]) -> None:
    user = make_user()
    search = make_search(user, query="q=quet+ma")
    browser = client_of(user)
    browser.put(f"/searches/{search.id}/alert")
    look()
    assert "đang báo mục mới" in browser.get("/searches").text

    browser.delete(f"/searches/{search.id}/alert")
    make_initiative(state=State.PUBLISHED, title="Quét mã")

    assert look() == []
    assert operations.queries.alerts_of(user) == {}


def test_what_is_shared_no_more_is_not_told_even_by_its_new_name(
    client_of: Browser, look: Callable[[], list[str]]
) -> None:
    office, user = make_user(Role.OFFICE), make_user()
    search = make_search(office, query="q=quet+ma", sharing=Sharing.EVERYBODY)
    client_of(user).put(f"/searches/{search.id}/alert")
    look()
    for _ in range(2):  # the second waits for tomorrow
        make_initiative(state=State.PUBLISHED, title="Quét mã")
        look()
    operations.change_search(search, by=office, name="Việc kín", sharing=Sharing.PRIVATE)
    db.session.query(SearchAlert).update({"told_on": None})
    make_initiative(state=State.PUBLISHED, title="Quét mã")

    assert look() == []
    assert operations.queries.alerts_of(user) == {}


def test_words_are_taken_as_they_were_kept(look: Callable[[], list[str]], client_of: Browser) -> None:
    user = make_user()
    make_initiative(state=State.PUBLISHED, title="Tra cứu quy hoạch", problem="", solution="", result="")
    search = make_search(user, query="q=cuu+quy+haoch")
    client_of(user).put(f"/searches/{search.id}/alert")
    look()

    made = [make_initiative(state=State.PUBLISHED, title=f"Cứu quy {word}") for word in ("hoạch", "haoch")]

    assert look() == ["Mã QR"]
    assert queries.alert_of(search, user).known == [f"initiative:{made[1].id}"]  # type: ignore[union-attr]
