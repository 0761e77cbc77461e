from collections.abc import Callable

from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from tests.factories.accounts import make_user
from tests.factories.searches import make_search

Browser = Callable[[User], FlaskClient]


def test_a_search_is_kept_as_it_stands_in_the_address(app: object, client_of: Browser) -> None:
    browser = client_of(make_user())
    address = "q=ma+qr&status=published&status=selected&sort=votes&view=table&page=3&after=x&foo=bar"

    page = browser.get(f"/searches?{address}").text
    answer = browser.post("/searches", data={"name": "Mã QR", "sharing": "private", "query": address})

    kept = "q=ma+qr&status=published&status=selected&sort=votes&view=table"
    assert f'value="{kept.replace("&", "&amp;")}"' in page
    assert (answer.status_code, answer.location) == (303, f"/search?{kept}")
    assert f'href="/search?{kept.replace("&", "&amp;")}"' in browser.get("/search?q=khac").text


def test_a_bad_name_keeps_what_was_asked(app: object, client_of: Browser) -> None:
    browser = client_of(make_user())

    answer = browser.post("/searches", data={"name": " ", "sharing": "private", "query": "q=ma+qr"})

    assert answer.status_code == 422
    assert 'value="q=ma+qr"' in answer.text


def test_a_clerk_may_not_share_with_everybody(app: object, client_of: Browser) -> None:
    data = {"name": "a", "sharing": "everybody", "query": "q=a"}

    assert client_of(make_user()).post("/searches", data=data).status_code == 422
    assert client_of(make_user(Role.OFFICE)).post("/searches", data=data).status_code == 303


def test_a_name_is_changed_and_the_search_removed(app: object, client_of: Browser) -> None:
    user = make_user()
    search = make_search(user, name="<b>Cũ</b>")
    browser = client_of(user)

    before = browser.get("/searches").text
    browser.post(f"/searches/{search.id}", data={"name": "Mới", "sharing": "private"})
    renamed = browser.get("/searches").text
    browser.post(f"/searches/{search.id}", data={"_method": "DELETE"})
    after = browser.get("/searches").text

    assert "&lt;b&gt;Cũ" in before
    assert ">Mới</a>" in renamed
    assert "Chưa có tìm kiếm nào" in after
