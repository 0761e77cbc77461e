"""One commit at the edge."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response, abort
from sqlalchemy import select

from cchc_portal.accounts.models import Unit
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.web.security import public


def _found(status: int) -> Response:
    db.session.add(Unit(code=f"U{status}", name="Bộ phận"))
    db.session.flush()
    return Response("", status)


def _raise(kind: int) -> Response:
    _found(kind)
    if kind == 1:
        raise NotFound
    abort(400)


@pytest.fixture
def writing(app: Flask) -> Iterator[Callable[[str, str], int]]:
    """Give a portal that founds a unit on every request, and what is kept of it."""
    for rule, view in (("/found/<int:status>", _found), ("/raise/<int:kind>", _raise)):
        if view.__name__ not in app.view_functions:
            app._got_first_request = False  # noqa: SLF001  addresses of the test come late
            app.add_url_rule(rule, view.__name__, public(view), methods=["GET", "POST", "PUT", "DELETE"])

    def run(method: str, path: str) -> int:
        app.test_client().open(path, method=method)
        return len(db.session.scalars(select(Unit)).all())

    return run


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("status", "kept"), [(200, 1), (204, 1), (303, 1), (400, 0), (409, 0), (422, 0), (500, 0)]
)
def test_answers_below_400_are_kept(
    writing: Callable[[str, str], int], method: str, status: int, kept: int
) -> None:
    assert writing(method, f"/found/{status}") == kept


def test_reading_keeps_nothing(writing: Callable[[str, str], int]) -> None:
    assert writing("GET", "/found/200") == 0


@pytest.mark.parametrize("kind", [1, 2])
def test_errors_keep_nothing(writing: Callable[[str, str], int], kind: int) -> None:
    assert writing("POST", f"/raise/{kind}") == 0


def test_commit_that_fails_is_an_error_of_the_request(app: Flask, writing: Callable[[str, str], int]) -> None:
    writing("POST", "/found/201")

    answer = app.test_client().post("/found/201")

    assert answer.status_code == 409
