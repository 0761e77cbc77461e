from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import State
from cchc_portal.search.statistics import counting
from cchc_portal.search.statistics.models import OpenedResult, SearchTerm
from cchc_portal.search.statistics.terms import mark_of, term_of
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.reminders import clock_at

pytestmark = pytest.mark.usefixtures("indexed")

Browser = Callable[[User], FlaskClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def write(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give a way to write down what was remembered, as the worker does."""
    monkeypatch.setattr(counting, "enqueue", lambda _name, *seen: counting.count_searches(*seen))
    app.extensions["search_statistics"] = counting.Memory()
    return lambda: counting.count_searches(*counting.memory().take())


def test_a_term_is_shown_once_three_people_searched_for_it(
    client_of: Browser, write: Callable[[], None]
) -> None:
    office = client_of(make_user(Role.OFFICE))
    people = [client_of(make_user()) for _ in range(3)]
    for browser in (people[0], people[0], people[0], people[1]):
        browser.get("/search?q=khong+co+gi")
    write()
    before = office.get("/search/statistics").text
    kept = db.session.get_one(SearchTerm, (counting.month(), "khong co gi")).people

    people[2].get("/search?q=Khong++co+GI")
    write()
    after = office.get("/search/statistics").text

    assert "khong co gi" not in before
    assert len(kept) == 2
    assert after.count(">khong co gi</a>") == 2
    row = db.session.get_one(SearchTerm, (counting.month(), "khong co gi"), populate_existing=True)
    assert (row.searched, row.empty, row.people) == (5, 5, [])


def test_typing_pages_and_nothing_are_not_counted(client_of: Browser, write: Callable[[], None]) -> None:
    browser = client_of(make_user())
    browser.get("/search?q=a", headers=HTMX)
    browser.get("/search?q=a&page=2")
    browser.get("/search?q=+")

    write()

    assert _terms() == []


@pytest.mark.parametrize(
    "q", ["001 099 012 345", "0912.345.678", "+84912345678", "ai@do.vn", "cccd 001099012345"]
)
def test_numbers_of_people_are_not_kept(client_of: Browser, write: Callable[[], None], q: str) -> None:
    client_of(make_user()).get("/search", query_string={"q": q})

    write()

    assert _terms() == [("", 1)]


def test_a_look_writes_nothing_and_a_broken_queue_breaks_no_search(
    app: Flask, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError

    app.extensions["search_statistics"] = counting.Memory()
    monkeypatch.setattr(counting, "enqueue", fail)

    assert client_of(make_user()).get("/search?q=a").status_code == 200
    assert _terms() == []


def test_a_result_counts_as_opened_from_the_results_alone(
    client_of: Browser, write: Callable[[], None]
) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Quét mã")
    hidden = make_initiative(state=State.WITHDRAWN, title="Kín")
    browser, office = client_of(make_user()), client_of(make_user(Role.OFFICE))
    from_results = {"Referer": "http://localhost/search?q=quet"}

    browser.get(f"/initiatives/{made.id}", headers=from_results)
    browser.get(f"/initiatives/{hidden.id}", headers=from_results)
    browser.get(f"/initiatives/{made.id}", headers={"Referer": "http://evil.example/search"})
    browser.get(f"/initiatives/{made.id}")
    write()

    rows = db.session.execute(select(OpenedResult.key, OpenedResult.opened)).all()
    assert [tuple(row) for row in rows] == [(f"initiative:{made.id}", 1)]
    assert f'<a href="/initiatives/{made.id}">Quét mã</a>' in office.get("/search/statistics").text


def test_rare_terms_go_with_their_month_and_all_after_a_year(app: Flask, write: Callable[[], None]) -> None:
    with clock_at("2023-03-14"):
        for user_id in (1, 2, 3):
            counting.note_search("chung", user_id=user_id, is_empty=False)
        counting.note_search("riêng", user_id=1, is_empty=False)
        write()
    with clock_at("2023-04-01"):
        counting.forget_searches()
        next_month = _terms()
    with clock_at("2024-04-01"):
        counting.forget_searches()

    assert next_month == [("", 4), ("chung", 3)]
    assert _terms() == []


def test_marks_of_people_fit_one_month_alone() -> None:
    marks = {mark_of(1, month=month, secret="s" * 32) for month in ("2023-03", "2023-04")}

    assert len(marks) == 2
    assert term_of("124/UBND-NV") == "124/ubnd-nv"


@pytest.mark.parametrize(
    "typed",
    ["(0912) 345 678", "0912/345/678", "+84 (91) 234_56_78", "0912–345–678", "x" * 95 + " 0912 345 678"],
)
def test_a_persons_number_is_not_kept_however_it_is_grouped(typed: str) -> None:
    assert term_of(typed) == ""


def test_the_office_alone_sees_figures(client_of: Browser) -> None:
    assert client_of(make_user()).get("/search/statistics").status_code == 403
    assert client_of(make_user(Role.OFFICE)).get("/search/statistics?month=x").status_code == 200


def _terms() -> Sequence[tuple[str, int]]:
    db.session.rollback()
    rows = db.session.execute(select(SearchTerm.term, SearchTerm.searched).order_by(SearchTerm.term))
    return [(term, searched) for term, searched in rows]
