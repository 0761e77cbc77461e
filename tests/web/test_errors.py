"""Errors become answers: pages and fragments, by status, without internals."""

import json
import re
import sqlite3
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from tests import databases
from tests.factories.accounts import make_user
from tests.web.conftest import KINDS, SECRET


@pytest.mark.parametrize("kind", KINDS)
def test_error_is_a_whole_page_of_its_status(broken: FlaskClient, kind: str) -> None:
    answer = broken.get(f"/broken/{kind}")

    assert answer.status_code == KINDS[kind][1]
    page = answer.get_data(as_text=True)
    assert page.count("<h1>") == 1
    assert 'href="/"' in page
    assert SECRET not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_error_in_a_fragment_is_a_message_and_swaps_nothing(broken: FlaskClient, kind: str) -> None:
    answer = broken.get(f"/broken/{kind}", headers={"HX-Request": "true"})

    assert answer.status_code == KINDS[kind][1]
    assert answer.get_data() == b""
    assert answer.headers["HX-Reswap"] == "none"
    assert '"kind": "error"' in answer.headers["HX-Trigger"]
    assert SECRET not in str(answer.headers)


@pytest.mark.parametrize(("kind", "seconds"), [("too-many", "7"), ("unavailable", "9"), ("operational", "5")])
def test_error_that_passes_says_when_to_come_back(broken: FlaskClient, kind: str, seconds: str) -> None:
    answer = broken.get(f"/broken/{kind}")

    assert answer.headers["Retry-After"] == seconds


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 414, 415, 418, 429, 500, 503])
def test_refusal_of_the_framework_is_a_page_of_ours(broken: FlaskClient, status: int) -> None:
    answer = broken.get(f"/refused/{status}")

    assert answer.status_code == status
    assert "UBND phường Bắc Hồng" in answer.get_data(as_text=True)


def test_limit_says_when_to_come_back(broken: FlaskClient) -> None:
    assert broken.get("/refused/429").headers["Retry-After"] == "60"


def test_unknown_address_is_a_404_page_for_strangers(client: FlaskClient) -> None:
    answer = client.get("/no/such/page")

    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.get_data(as_text=True)


def test_wrong_method_is_refused(client: FlaskClient) -> None:
    assert client.delete("/sign-in").status_code == 405


def test_message_of_the_domain_reaches_the_person(broken: FlaskClient) -> None:
    assert "Thiếu tên." in broken.get("/broken/invalid").get_data(as_text=True)


def test_error_page_speaks_the_language_of_the_cookie(broken: FlaskClient) -> None:
    broken.set_cookie("cchc_lang", "en")

    page = broken.get("/broken/crash").get_data(as_text=True)

    assert '<html lang="en">' in page


@pytest.mark.parametrize("size", [22 * 1024 * 1024])
def test_too_large_a_request_is_a_413_page(client: FlaskClient, size: int) -> None:
    answer = client.post("/sign-in", data={"username": "x" * size})

    assert answer.status_code == 413
    assert "20 MB" in answer.get_data(as_text=True)


def test_thousands_of_form_parts_are_refused(client: FlaskClient) -> None:
    parts = {f"field{number}": "x" for number in range(2001)}

    answer = client.post("/sign-in", data=parts, content_type="multipart/form-data")

    assert answer.status_code == 413


@databases.on("sqlite")
def test_locked_database_is_answered_within_ten_seconds(
    app: Flask, client_of: Callable[[User], FlaskClient]
) -> None:
    """A write waits its turn, then says so; reading goes on meanwhile; the error page asks nothing."""
    user = make_user(locale="en")
    browser = client_of(user)
    blocker = sqlite3.connect(db.engine.url.database, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        reading = browser.get("/me")
        read_after = time.monotonic() - began
        writing = browser.post("/me/sign-ins")
        wrote_after = time.monotonic() - began - read_after
    finally:
        blocker.rollback()
        blocker.close()

    assert (reading.status_code, writing.status_code) == (200, 503)
    assert read_after < 2
    assert wrote_after < 10
    assert writing.headers["Retry-After"] == "5"
    assert browser.get("/me").status_code == 200


NUMBER = re.compile(r"<code>([0-9a-f]{12})</code>")


@pytest.mark.parametrize("kind", KINDS)
def test_error_page_says_the_number_under_which_the_log_knows_it(broken: FlaskClient, kind: str) -> None:
    with capture_logs(processors=[merge_contextvars]) as lines:
        answer = broken.get(f"/broken/{kind}")

    found = NUMBER.search(answer.text)
    assert found is not None
    assert answer.headers["X-Request-ID"] == found[1]
    assert {line["request"] for line in lines} == {found[1]}


def test_crash_in_a_fragment_says_its_number(broken: FlaskClient) -> None:
    kind = next(kind for kind, (_error, status) in KINDS.items() if status == 500)

    answer = broken.get(f"/broken/{kind}", headers={"HX-Request": "true"})

    message = json.loads(answer.headers["HX-Trigger"])["toast"]["message"]
    assert message.endswith(answer.headers["X-Request-ID"])


def test_every_request_has_its_own_number(client: FlaskClient) -> None:
    numbers = [client.get("/healthz").headers["X-Request-ID"] for _request in range(3)]

    assert len(set(numbers)) == 3


def test_number_comes_from_the_portal_and_not_from_the_browser(client: FlaskClient) -> None:
    answer = client.get("/no/such/page", headers={"X-Request-ID": "<script>"})

    assert "<script>alert" not in answer.text
    assert re.fullmatch(r"[0-9a-f]{12}", answer.headers["X-Request-ID"])
