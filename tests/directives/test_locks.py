"""Reading a letter takes seconds: meanwhile SQLite's only write lock is free."""

import sqlite3
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives.views import importing
from tests.factories.accounts import make_user

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def is_free(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note at each slow step whether somebody else could write; the steps do what they do."""
    noted: list[bool] = []

    def watched(name: str) -> None:
        slow = getattr(importing, name)

        def step(*args: Any, **kwargs: Any) -> Any:
            noted.append(_could_write(str(db.engine.url.database)))
            return slow(*args, **kwargs)

        monkeypatch.setattr(importing, name, step)

    for name in ("read_letter", "words_of", "receive"):
        watched(name)
    return noted


def _could_write(path: str) -> bool:
    other = sqlite3.connect(path, timeout=0)
    other.isolation_level = None
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_others_write_while_a_letter_is_read(
    is_free: list[bool], client_of: Callable[[User], FlaskClient], letter_text: str
) -> None:
    browser = client_of(make_user(Role.OFFICE))

    pasted = browser.post("/directives/import", data={"text": letter_text})
    file = (BytesIO(letter_text.encode()), "cong-van.txt")
    uploaded = browser.post("/directives/import", data={"file": file})

    assert (pasted.status_code, uploaded.status_code) == (303, 303)
    assert is_free == [True] * 4


def test_others_write_while_the_file_of_a_letter_that_goes_out_is_read(
    is_free: list[bool], client_of: Callable[[User], FlaskClient], letter_text: str
) -> None:
    browser = client_of(make_user(Role.OFFICE))
    head = {"number": "7", "symbol": "UBND-VP", "kind": "Công văn", "issuer": "UBND phường"}
    head |= {"subject": "trả lời", "issued_on": f"{today():%d/%m/%Y}"}

    file = (BytesIO(letter_text.encode()), "cong-van.txt")
    answer = browser.post("/directives/outgoing", data={**head, "file": file})

    assert answer.status_code == 303
    assert is_free == [True, True]
