"""HTMX as one typed object."""

import json
from urllib.parse import quote

import pytest
from flask import Flask, Response

from cchc_portal.web.htmx import answer, done, go, htmx, piece

PAGE = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "wants"),
    [
        ({}, False),
        (PAGE, True),
        (PAGE | {"HX-Boosted": "true"}, False),
        (PAGE | {"HX-History-Restore-Request": "true"}, False),
        ({"HX-Boosted": "true"}, False),
    ],
)
def test_fragment_is_wanted_by_htmx_alone(app: Flask, headers: dict[str, str], wants: bool) -> None:  # noqa: FBT001
    with app.test_request_context("/", headers=headers):
        assert htmx.wants_fragment is wants


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://localhost/initiatives?q=a", "/initiatives?q=a"),
        ("http://evil.example/initiatives", ""),
        ("http://localhost.evil.example/", ""),
        ("", ""),
    ],
)
def test_current_path_is_one_of_ours(app: Flask, url: str, path: str) -> None:
    with app.test_request_context("/", headers=PAGE | {"HX-Current-URL": url}):
        assert htmx.current_path == path


def test_page_is_sent_on_by_a_redirect(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        sent = go("/me")

    assert (sent.status_code, sent.location) == (303, "/me")


def test_fragment_is_sent_on_by_a_header(app: Flask) -> None:
    with app.test_request_context("/", method="POST", headers=PAGE):
        sent = go("/me?q=một cửa")

    assert (sent.status_code, sent.get_data()) == (200, b"")
    assert sent.headers["HX-Redirect"].isascii()


def test_done_leaves_its_message_for_the_next_page(app: Flask) -> None:
    from flask import get_flashed_messages

    with app.test_request_context("/", method="POST"):
        done("Đã lưu.", to="/me")
        done("", to="/me")

        assert get_flashed_messages(with_categories=True) == [("success", "Đã lưu.")]


def test_messages_with_vietnamese_letters_travel_in_headers(app: Flask) -> None:
    with app.test_request_context("/", headers=PAGE):
        sent: Response = answer("", trigger={"toast": {"message": "Đã lưu 100% “bản nháp”\n"}})

    value = sent.headers["HX-Trigger"]
    value.encode("latin-1")
    assert json.loads(value) == {"toast": {"message": "Đã lưu 100% “bản nháp”\n"}}


def test_piece_carries_message_and_events(app: Flask) -> None:
    with app.test_request_context("/", headers=PAGE):
        sent = piece("admin/_counts.html", toast="Xong", events=("initiative-changed",), fates=[], counts={})

    assert json.loads(sent.headers["HX-Trigger"]) == {
        "initiative-changed": "",
        "toast": {"message": "Xong"},
    }
    assert quote("counts") in sent.get_data(as_text=True)
