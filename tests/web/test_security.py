"""The guards in front of every view."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, SignIn, User
from cchc_portal.config import read
from cchc_portal.core.db import db
from cchc_portal.web.security import HEADERS, own_path
from tests.factories.accounts import PASSWORD, make_user

Browse = Callable[[User], FlaskClient]

DISGUISES = [
    "",
    "evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/..",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "\x0b//evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "http://localhost@evil.example",
    "http://localhost.evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "mailto:a@evil.example",
    "ftp://evil.example",
    "//evil.example\\@localhost",
    "//evil.example/%2f..",
    "/ /evil.example",
    "/initiatives\\..\\..//evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "..//evil.example",
    "\u2028//evil.example",
    "/\x7f/evil.example\n",
]
OWN = ["/", "/me", "/initiatives?q=a&page=2", "/initiatives/12#comments", "/search?q=//x", "/t%C3%ACm"]


@pytest.mark.parametrize("target", DISGUISES)
def test_foreign_target_becomes_the_first_page(target: str) -> None:
    assert own_path(target) == "/"


@pytest.mark.parametrize("target", [None, *OWN])
def test_own_target_is_kept(target: str | None) -> None:
    assert own_path(target) == (target or "/")


@pytest.mark.parametrize("target", DISGUISES)
def test_sign_in_never_leads_elsewhere(client: FlaskClient, target: str) -> None:
    make_user(username="canbo", password=PASSWORD)
    data = {"username": "canbo", "password": PASSWORD, "next": target}

    answer = client.post("/sign-in", data=data)

    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "/\t/evil.example"])
def test_page_for_signed_in_people_never_leads_elsewhere(client_of: Browse, target: str) -> None:
    answer = client_of(make_user()).get(f"/sign-in?next={quote(target, safe='')}")

    assert answer.location == "/"


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    """Give the portal with its guard against forged requests, as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def token_of(browser: FlaskClient, page: str = "/sign-in") -> str:
    found = re.search(r'"X-CSRFToken": "([^"]+)"', browser.get(page).get_data(as_text=True))
    assert found is not None
    return found[1]


def test_token_of_the_page_is_taken_from_a_form_and_from_htmx(guarded: Flask, client_of: Browse) -> None:
    browser = client_of(make_user())
    token = token_of(browser, "/me")

    by_form = browser.post("/language", data={"locale": "en", "csrf_token": token})
    by_htmx = browser.post(
        "/language", data={"locale": "vi"}, headers={"X-CSRFToken": token, "HX-Request": "true"}
    )

    assert by_form.status_code == 303
    assert (by_htmx.status_code, by_htmx.headers["HX-Redirect"]) == (200, "/")


@pytest.mark.parametrize("path", ["/sign-out", "/tasks/1/report", "/language", "/nowhere"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_refused_form_of_another_site_gets_no_session(guarded: Flask, path: str, origin: str) -> None:
    refused = guarded.test_client().post(path, data={"reason": "x"}, headers={"Origin": origin})

    assert refused.status_code in {400, 404}
    assert "Set-Cookie" not in refused.headers


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}, {"Origin": "https://evil.example"}])
def test_write_without_a_token_is_refused(guarded: Flask, client_of: Browse, headers: dict[str, str]) -> None:
    user = make_user()
    browser = client_of(user)

    answer = browser.post("/me/sign-ins", headers=headers)

    assert answer.status_code == 400
    assert db.session.query(SignIn).count() == 1


def test_token_of_another_session_is_refused(guarded: Flask, client_of: Browse) -> None:
    attacker, victim = client_of(make_user()), client_of(make_user())

    answer = victim.post("/me/sign-ins", data={"csrf_token": token_of(attacker, "/me")})

    assert answer.status_code == 400


def test_nobody_is_signed_in_by_a_forged_form(guarded: Flask) -> None:
    make_user(username="canbo", password=PASSWORD)
    data = {"username": "canbo", "password": PASSWORD}

    assert guarded.test_client().post("/sign-in", data=data).status_code == 400


def test_sign_in_with_the_token_of_its_page_works(guarded: Flask) -> None:
    make_user(username="canbo", password=PASSWORD)
    browser = guarded.test_client()
    data = {"username": "canbo", "password": PASSWORD, "csrf_token": token_of(browser)}

    assert browser.post("/sign-in", data=data).status_code == 303


def test_token_from_before_the_sign_in_is_worth_nothing_afterwards(guarded: Flask) -> None:
    make_user(username="canbo", password=PASSWORD)
    browser = guarded.test_client()
    token = token_of(browser)
    browser.post("/sign-in", data={"username": "canbo", "password": PASSWORD, "csrf_token": token})

    assert browser.post("/me/sign-ins", data={"csrf_token": token}).status_code == 400


ANSWERS = [
    ("GET", "/sign-in", 200),
    ("GET", "/me", 303),
    ("GET", "/no/such/page", 404),
    ("DELETE", "/sign-in", 405),
    ("POST", "/sign-in", 422),
    ("GET", "/healthz", 200),
    ("GET", "/static/icons.svg", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_carries_the_headers(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)

    assert answer.status_code == status
    answer.close()
    if not path.startswith("/static/"):  # served before the application, nothing in it runs
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "HX-Request" in answer.headers["Vary"]


def test_policy_lets_nothing_inline_or_foreign_run() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_pages_are_not_kept_by_caches(client_of: Browse) -> None:
    assert client_of(make_user()).get("/me").headers["Cache-Control"] == "no-store"


def test_strict_transport_is_asked_for_behind_tls_alone(client: FlaskClient) -> None:
    plain = client.get("/sign-in")
    secure = client.get("/sign-in", base_url="https://localhost")

    assert "Strict-Transport-Security" not in plain.headers
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/sign-in", "/me", "/no/such/page", "/healthz"])
def test_host_of_the_request_is_never_written_back(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})

    assert "evil.example" not in answer.get_data(as_text=True)
    assert "evil.example" not in str(answer.headers)


def test_known_portal_answers_under_its_own_name_alone(app: Flask) -> None:
    app.config["TRUSTED_HOSTS"] = read({"CCHC_BASE_URL": "https://cchc.example.vn"}, {})["TRUSTED_HOSTS"]
    browser = app.test_client()
    try:
        statuses = {
            host: browser.get("/sign-in", headers={"Host": host}).status_code
            for host in ("cchc.example.vn", "127.0.0.1:8000", "evil.example", "cchc.example.vn.evil.example")
        }
    finally:
        app.config["TRUSTED_HOSTS"] = None

    assert statuses == {
        "cchc.example.vn": 200,
        "127.0.0.1:8000": 200,
        "evil.example": 400,
        "cchc.example.vn.evil.example": 400,
    }


@pytest.mark.parametrize(
    "changed", ["", "x", ".", "a.b.c", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "\x00", "%00"]
)
def test_made_up_cookie_signs_nobody_in(client: FlaskClient, changed: str) -> None:
    client.set_cookie("cchc_session", changed)

    assert client.get("/me").status_code == 303


@pytest.mark.parametrize("path", ["/me", "/me/password", "/admin", "/", "/initiatives"])
def test_head_and_options_open_nothing(client: FlaskClient, path: str) -> None:
    assert [client.open(path, method=method).status_code for method in ("HEAD", "OPTIONS")] == [303, 303]


@pytest.mark.parametrize(
    "path",
    [
        f"/initiatives/{2**31}",
        f"/initiatives/{10**30}",
        f"/admin/accounts/{2**63}",
        f"/admin/units/{10**400}",
        "/initiatives/-1",
    ],
)
def test_numbers_that_no_row_can_have_are_not_there(client_of: Browse, path: str) -> None:
    assert client_of(make_user(Role.ADMIN)).get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/admin/events?name=%00", "/initiatives?q=a%00b", "/initiatives?tag=a&tag=%00"]
)
def test_addresses_with_nul_are_refused(client_of: Browse, path: str) -> None:
    assert client_of(make_user(Role.ADMIN)).get(path).status_code == 400
