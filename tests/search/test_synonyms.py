import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, NotAllowed
from cchc_portal.initiatives.models import State
from cchc_portal.search import entries, index, indexer
from cchc_portal.search import queries as search
from cchc_portal.search.synonyms import operations, queries
from cchc_portal.search.synonyms.models import Synonym
from cchc_portal.search.synonyms.queries import KeptDictionary
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.search import make_synonym

pytestmark = pytest.mark.usefixtures("app")

ClientOf = Callable[[User], FlaskClient]


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def found(typed: str) -> list[str]:
    return [card.code for card in search.results(search.Criteria(q=typed), to=None).cards]


def test_what_was_shipped_is_in_the_table() -> None:
    assert [row.phrases for row in queries.page_of("tthc")] == [["TTHC", "thủ tục hành chính"]]
    assert [row.phrases for row in queries.page_of("cong nghe so")] == [
        ["CNSCĐ", "CNSCD", "công nghệ số cộng đồng"]
    ]


def test_the_table_comes_in_pages() -> None:
    first = queries.page_of("", size=10)
    second = queries.page_of("", after=(first[9].folded, first[9].id), size=10)

    assert len(first) == 11
    assert second[0].id == first[10].id


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        ([], operations.TOO_FEW),
        (["một cách", " MỘT  CÁCH "], operations.TOO_FEW),
        (["…", "dấu chấm"], operations.NO_WORD),
        (["x", "chữ x"], operations.NO_WORD),
        (["a" * 81, "dài"], operations.TOO_LONG),
        ([f"{no}{'한' * 78}" for no in range(8)], operations.TOO_LONG),
        ([f"cách {no}" for no in range(11)], operations.TOO_MANY),
        (["TTHC", "thứ khác hẳn"], operations.TAKEN),
        (["tthc", "thứ khác hẳn"], operations.TAKEN),
    ],
)
def test_what_cannot_be_meant_is_refused(office: User, phrases: list[str], message: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.add(phrases, by=office)

    assert refused.value.errors == {"phrases": message}


def test_only_the_office_keeps_the_table() -> None:
    row = make_synonym()

    for act in (
        lambda: operations.add(["a1", "b1"], by=make_user()),
        lambda: operations.correct(row, by=make_user(), phrases=["a1", "b1"], seen=row.version),
        lambda: operations.remove(row, by=make_user()),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_every_change_is_on_record(office: User) -> None:
    row = operations.add(["XHH", "xã hội hóa"], by=office)
    operations.correct(row, by=office, phrases=["XHH", "xã hội hóa", "góp sức"], seen=row.version)
    operations.remove(row, by=office)
    db.session.commit()

    assert [(event.name, event.data["phrases"]) for event in audit.of(row)] == [
        ("synonym.added", ["XHH", "xã hội hóa"]),
        ("synonym.corrected", ["XHH", "xã hội hóa", "góp sức"]),
        ("synonym.removed", ["XHH", "xã hội hóa", "góp sức"]),
    ]


def test_every_process_follows_the_table_at_once(office: User) -> None:
    mine, others = KeptDictionary(), KeptDictionary()
    typed = search.Criteria(q="XHH").terms.words
    before = [list(one.within(typed)) for one in (mine, others)]

    row = operations.add(["XHH", "xã hội hóa"], by=office)
    db.session.commit()
    for one in (mine, others):
        one.renew()
    during = [len(list(one.within(typed))) for one in (mine, others)]
    db.session.delete(row)
    db.session.commit()
    mine.renew()

    assert (before, during, list(mine.within(typed))) == ([[], []], [1, 1], [])


@pytest.mark.usefixtures("indexed")
def test_only_what_holds_the_words_is_filed_anew(office: User, deliver: Callable[[], None]) -> None:
    held = make_initiative(state=State.PUBLISHED, title="Xã hội hóa hòm thư góp ý")
    other = make_initiative(state=State.PUBLISHED, title="Việc khác hẳn")
    entries.refresh_all()
    indexer.catch_up()
    before = index.current().reader.revisions()

    with unit_of_work():
        row = operations.add(["XHH", "xã hội hóa"], by=office)
    at_once = search.results(search.Criteria(q="XHH"), to=None).instead
    deliver()
    added, after = found("XHH"), index.current().reader.revisions()
    with unit_of_work():
        operations.remove(db.session.get(Synonym, row.id), by=office)
    deliver()

    assert (at_once, added, found("XHH")) == ("xã hội hóa", [held.code], [])
    assert after[f"initiative:{held.id}"] == before[f"initiative:{held.id}"] + 1
    assert after[f"initiative:{other.id}"] == before[f"initiative:{other.id}"]
    assert list(entries.differences()) == []


def test_a_word_of_a_word_is_followed_too(
    office: User, indexed: Callable[[], None], deliver: Callable[[], None]
) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Đưa DVCTT đến tổ dân phố")
    indexed()

    with unit_of_work():
        operations.add(["trực tuyến", "qua mạng"], by=office)
    deliver()

    assert found("qua mạng") == [made.code]


def test_the_office_adds_corrects_and_removes_in_the_browser(
    app: Flask, client_of: ClientOf, office: User
) -> None:
    browser = client_of(office)

    added = browser.post("/search/synonyms", data={"phrases": "XHH\r\n\r\nxã hội hóa\n"})
    row = queries.page_of("xhh")[0]
    refused = browser.post(
        f"/search/synonyms/{row.id}", data={"phrases": "chỉ một <b>cách</b>", "seen": row.version}
    )
    written = {"phrases": "XHH\nxã hội hoá\ngóp sức", "seen": row.version}
    corrected = browser.post(f"/search/synonyms/{row.id}", data=written)
    page = browser.get("/search/synonyms?q=gop+suc").text
    removed = browser.post(f"/search/synonyms/{row.id}/entry")

    assert (added.status_code, corrected.status_code, removed.status_code) == (303, 303, 303)
    assert refused.status_code == 422
    assert "chỉ một &lt;b&gt;cách&lt;/b&gt;" in refused.text
    assert "mỗi dòng một cách" in refused.text
    assert "XHH · xã hội hoá · góp sức" in page
    assert queries.page_of("xhh") == []


def test_of_two_tabs_the_second_is_shown_what_the_first_has_saved(client_of: ClientOf, office: User) -> None:
    row, browser = make_synonym("XHH", "xã hội hóa"), client_of(office)
    address, seen = f"/search/synonyms/{row.id}", row.version

    first = browser.post(address, data={"phrases": "XHH\nxã hội hóa\ngóp sức", "seen": seen})
    second = browser.post(address, data={"phrases": "XHH\nxã hội hóa\ngóp công", "seen": seen})
    shown = re.search(r'name="seen"[^>]*value="([^"]+)"', second.text)
    assert shown is not None
    again = browser.post(address, data={"phrases": "XHH\ngóp sức\ngóp công", "seen": shown[1]})

    assert (first.status_code, second.status_code, again.status_code) == (303, 422, 303)
    assert "XHH; xã hội hóa; góp sức" in second.text
    assert "góp công</textarea>" in second.text
    assert queries.page_of("xhh")[0].phrases == ["XHH", "góp sức", "góp công"]


def test_everybody_looks_at_the_table_and_the_form_is_the_offices(
    app: Flask, client_of: ClientOf, office: User
) -> None:
    staff, keeper = (client_of(user).get("/search/synonyms").text for user in (make_user(), office))

    assert "BHYT · bảo hiểm y tế" in staff
    assert ("Thêm vào bảng" in staff, "Thêm vào bảng" in keeper) == (False, True)
    assert 'href="/search/synonyms?page=' in staff
