"""Signing in and one's own page, in a browser."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from cchc_portal.accounts import demo, passwords, queries
from cchc_portal.accounts.models import SignIn, SignInTry, User
from cchc_portal.accounts.operations.sign_ins import TRIES
from cchc_portal.core.db import db
from tests.factories.accounts import PASSWORD, make_user

Browse = Callable[[User], FlaskClient]
NEW = "mot cau khac hon"


def sign_in(browser: FlaskClient, username: str = "canbo", password: str = PASSWORD, **more: str) -> object:
    return browser.post("/sign-in", data={"username": username, "password": password, **more})


def cookie(browser: FlaskClient) -> str:
    found = browser.get_cookie("cchc_session")
    return found.value if found else ""


@pytest.fixture
def canbo(app: Flask) -> User:
    return make_user(username="canbo", password=PASSWORD)


def test_sign_in_goes_where_the_person_wanted(client: FlaskClient, canbo: User) -> None:
    asked = client.get("/initiatives?q=một cửa&page=2")
    target = re.search(r'name="next"\s+value="([^"]*)"', client.get(asked.location).get_data(as_text=True))
    assert target is not None

    answer = sign_in(client, next=html.unescape(target[1]))

    assert answer.status_code == 303
    assert answer.location == "/initiatives?q=m%E1%BB%99t%20c%E1%BB%ADa&page=2"
    assert client.get("/me").status_code == 200


def test_refused_sign_in_shows_the_form_again(client: FlaskClient, canbo: User) -> None:
    answer = sign_in(client, password="wrong")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert 'value="canbo"' in page
    assert "wrong" not in page


def test_refusals_do_not_tell_whether_an_account_exists(client: FlaskClient, canbo: User) -> None:
    pages = [
        re.sub(
            r"""value="[^"]*"|'{"X-CSRFToken": "[^"]*"}'""",
            "",
            sign_in(client, name, "wrong").get_data(as_text=True),
        )
        for name in ("canbo", "nobody")
    ]

    assert pages[0] == pages[1]


def test_too_many_tries_are_a_429_page(client: FlaskClient, canbo: User) -> None:
    for _ in range(10):
        sign_in(client, password="wrong")

    answer = sign_in(client)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"


def test_session_before_the_sign_in_is_worth_nothing_afterwards(client: FlaskClient, canbo: User) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = cookie(client)

    sign_in(client)

    assert cookie(client) != before
    with client.session_transaction() as session:
        assert "planted" not in session
    client.set_cookie("cchc_session", before)
    assert client.get("/me").status_code == 303


def test_cookie_is_dead_after_sign_out(client: FlaskClient, canbo: User) -> None:
    sign_in(client)
    stolen = cookie(client)

    answer = client.post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    client.set_cookie("cchc_session", stolen)
    assert client.get("/me").status_code == 303


def test_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient, canbo: User) -> None:
    header = sign_in(client).headers["Set-Cookie"]

    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_signing_in_again_leaves_one_sign_in(client: FlaskClient, canbo: User) -> None:
    sign_in(client)
    sign_in(client)

    assert db.session.query(SignIn).count() == 1


def test_signed_in_person_is_not_asked_again(client_of: Browse, canbo: User) -> None:
    answer = client_of(canbo).get("/sign-in?next=/me")

    assert (answer.status_code, answer.location) == (303, "/me")


def test_disabled_person_is_out_at_the_next_request(client_of: Browse, canbo: User) -> None:
    browser = client_of(canbo)
    assert browser.get("/me").status_code == 200

    canbo.disabled_at = canbo.created_at
    db.session.commit()

    assert browser.get("/me").status_code == 303


def test_fragment_without_a_sign_in_sends_the_whole_page_away(client: FlaskClient) -> None:
    answer = client.get("/me", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/me"
    assert answer.get_data() == b""


def test_own_page_shows_own_data_and_browsers(client_of: Browse, canbo: User) -> None:
    page = client_of(canbo).get("/me").get_data(as_text=True)

    assert canbo.full_name in page
    assert "Trình duyệt này" in page


def test_another_browser_is_signed_out_from_the_own_page(client_of: Browse, canbo: User) -> None:
    other, browser = client_of(canbo), client_of(canbo)
    first = min(found.id for found in queries.sign_ins(canbo))

    answer = browser.post(f"/me/sign-ins/{first}")

    assert answer.status_code == 303
    assert (other.get("/me").status_code, browser.get("/me").status_code) == (303, 200)


def test_browsers_of_others_do_not_exist(client_of: Browse, canbo: User) -> None:
    client_of(canbo)
    foreign = queries.sign_ins(canbo)[0].id

    answer = client_of(make_user()).post(f"/me/sign-ins/{foreign}")

    assert answer.status_code == 404
    assert len(queries.sign_ins(canbo)) == 1


def test_sign_out_everywhere_ends_every_browser(client_of: Browse, canbo: User) -> None:
    browsers = [client_of(canbo), client_of(canbo)]

    browsers[0].post("/me/sign-ins")

    assert [browser.get("/me").status_code for browser in browsers] == [303, 303]


def test_password_change_keeps_this_browser_and_ends_the_others(client_of: Browse, canbo: User) -> None:
    other, browser = client_of(canbo), client_of(canbo)

    answer = browser.post("/me/password", data={"current": PASSWORD, "new": NEW, "again": NEW})

    assert answer.status_code == 303
    assert (other.get("/me").status_code, browser.get("/me").status_code) == (303, 200)
    db.session.expire_all()
    assert passwords.matches(NEW, canbo.password_hash)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, "Mật khẩu hiện tại không đúng."),
        ({"current": PASSWORD, "new": "12345678", "again": "12345678"}, "quá dễ đoán"),
        ({"current": PASSWORD, "new": NEW, "again": "other"}, "chưa giống nhau"),
    ],
)
def test_password_change_is_refused_at_its_field(
    client_of: Browse, canbo: User, data: dict[str, str], message: str
) -> None:
    answer = client_of(canbo).post("/me/password", data=data)

    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)


def test_current_password_cannot_be_guessed_in_a_browser_left_signed_in(
    client_of: Browse, canbo: User
) -> None:
    guess = {"current": "wrong", "new": NEW, "again": NEW}
    browser, colleague = client_of(canbo), client_of(make_user(password=PASSWORD))

    guesses = [browser.post("/me/password", data=guess).status_code for _ in range(TRIES)]
    right = browser.post("/me/password", data=guess | {"current": PASSWORD})

    assert guesses == [422] * TRIES
    assert (right.status_code, right.headers["Retry-After"]) == (429, "300")
    db.session.expire_all()
    assert passwords.matches(PASSWORD, canbo.password_hash)
    assert colleague.get("/me").status_code == 200


def test_guesses_at_the_current_password_count_at_the_sign_in_too(
    client: FlaskClient, client_of: Browse, canbo: User
) -> None:
    browser = client_of(canbo)
    for _ in range(TRIES):
        browser.post("/me/password", data={"current": "wrong", "new": NEW, "again": NEW})

    answer = client.post("/sign-in", data={"username": canbo.username, "password": PASSWORD})

    assert answer.status_code == 429


def test_password_changed_in_the_end_forgets_the_tries(client_of: Browse, canbo: User) -> None:
    browser = client_of(canbo)
    for _ in range(TRIES - 1):
        browser.post("/me/password", data={"current": "wrong", "new": NEW, "again": NEW})

    answer = browser.post("/me/password", data={"current": PASSWORD, "new": NEW, "again": NEW})

    assert answer.status_code == 303
    assert db.session.scalars(select(SignInTry).where(SignInTry.username == canbo.username)).all() == []


def test_forced_change_blocks_every_other_address(app: Flask, client_of: Browse) -> None:
    user = make_user(must_change_password=True, password=PASSWORD)
    browser = client_of(user)
    adapter = app.url_map.bind("localhost")
    open_ = {"/me/password", "/sign-out", "/language", "/healthz", "/readyz"}

    reached = []
    for rule in app.url_map.iter_rules():
        if rule.rule in open_ or rule.endpoint in {"static", "assets.file"}:
            continue
        path = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = browser.open(path, method=method)
            if (answer.status_code, answer.location) != (303, "/me/password"):
                reached.append(f"{method} {path}")

    assert reached == []


def test_forced_change_is_over_after_the_change(client_of: Browse) -> None:
    browser = client_of(make_user(must_change_password=True, password=PASSWORD))
    assert "do người quản trị đặt" in browser.get("/me/password").get_data(as_text=True)

    browser.post("/me/password", data={"current": PASSWORD, "new": NEW, "again": NEW})

    assert browser.get("/").status_code == 200


def test_language_is_kept_with_the_person_and_in_the_browser(client_of: Browse, canbo: User) -> None:
    browser = client_of(canbo)

    answer = browser.post("/language", data={"locale": "en", "next": "/me"})

    assert (answer.status_code, answer.location) == (303, "/me")
    assert '<html lang="en">' in browser.get("/me").get_data(as_text=True)
    browser.post("/sign-out")
    assert '<html lang="en">' in browser.get("/sign-in").get_data(as_text=True)


def test_unknown_language_changes_nothing(client: FlaskClient) -> None:
    client.post("/language", data={"locale": "tlh"})

    assert '<html lang="vi">' in client.get("/sign-in").get_data(as_text=True)


@pytest.fixture
def demonstration(app: Flask) -> Iterator[Flask]:
    app.config["CCHC_DEMO"] = True
    make_user(username="vptk", full_name="Văn thư", password=demo.PASSWORD)
    yield app
    app.config["CCHC_DEMO"] = False


def test_demonstration_lists_its_accounts_and_one_press_signs_in(demonstration: Flask) -> None:
    browser = demonstration.test_client()
    page = browser.get("/sign-in").get_data(as_text=True)
    assert "Văn thư" in page
    assert demo.PASSWORD in page

    assert sign_in(browser, "vptk", demo.PASSWORD).status_code == 303


def test_sign_in_page_lists_nobody_outside_the_demonstration(client: FlaskClient) -> None:
    make_user(username="vptk", full_name="Văn thư", password=demo.PASSWORD)

    page = client.get("/sign-in").get_data(as_text=True)

    assert "Văn thư" not in page
    assert demo.PASSWORD not in page


def test_accounts_with_the_known_password_are_named(app: Flask) -> None:
    make_user(username="vptk", password=demo.PASSWORD)
    make_user(username="chutich", password=PASSWORD)
    make_user(username="quantri", password=demo.PASSWORD, disabled_at=make_user().created_at)

    assert demo.open_to_everybody() == ["vptk"]


def test_known_password_opens_nothing_outside_the_demonstration(client: FlaskClient) -> None:
    for username in ("vptk", "canbo.thuong", "canbo.1.000001"):
        make_user(username=username, password=demo.PASSWORD)

        assert sign_in(client, username, demo.PASSWORD).status_code == 422


def test_known_password_cannot_be_chosen(client_of: Browse, canbo: User) -> None:
    answer = client_of(canbo).post(
        "/me/password", data={"current": PASSWORD, "new": demo.PASSWORD, "again": demo.PASSWORD}
    )

    assert answer.status_code == 422
    assert "quá dễ đoán" in answer.get_data(as_text=True)
    assert passwords.matches(PASSWORD, canbo.password_hash)
