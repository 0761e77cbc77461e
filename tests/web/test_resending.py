"""What was typed stays when the portal could not take it."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import KINDS

OWN = {"Origin": "http://localhost"}
TYPED = {"title": "Gộp “hai” bước <một>", "note": "dòng 1\r\ndòng 2"}


@pytest.mark.parametrize("kind", ["too-many", "unavailable", "operational", "interface", "pool", "crash"])
def test_failure_that_may_pass_holds_what_was_typed(broken: FlaskClient, kind: str) -> None:
    answer = broken.post(f"/broken/{kind}?tab=2", data={**TYPED, "csrf_token": "x"}, headers=OWN)

    page = answer.get_data(as_text=True)
    assert answer.status_code == KINDS[kind][1]
    assert f'action="/broken/{kind}?tab=2"' in page
    assert _held(page) == [("title", "Gộp “hai” bước &lt;một&gt;"), ("note", "dòng 1\r\ndòng 2")]


@pytest.mark.parametrize("kind", ["not-allowed", "not-found", "invalid-state", "conflict", "integrity"])
def test_refusal_that_stays_holds_nothing(broken: FlaskClient, kind: str) -> None:
    assert _held(_page(broken, kind, TYPED, OWN)) == []


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_text_from_elsewhere_is_not_held(broken: FlaskClient, headers: dict[str, str]) -> None:
    assert _held(_page(broken, "unavailable", TYPED, headers)) == []


@pytest.mark.parametrize("secret", ["password", "current", "new"])
def test_passwords_are_never_held(broken: FlaskClient, secret: str) -> None:
    assert _held(_page(broken, "unavailable", {**TYPED, secret: "mat-khau-rat-dai"}, OWN)) == []


def test_page_read_again_needs_no_button(broken: FlaskClient) -> None:
    page = broken.get("/broken/unavailable", headers=OWN).get_data(as_text=True)

    assert _held(page) == []


def _page(broken: FlaskClient, kind: str, typed: dict[str, str], headers: dict[str, str]) -> str:
    return broken.post(f"/broken/{kind}", data=typed, headers=headers).get_data(as_text=True)


def _held(page: str) -> list[tuple[str, str]]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return [(name, value) for name, value in fields if name != "csrf_token"]
