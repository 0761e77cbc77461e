"""What operators do about events that a consumer could not deal with."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal import audit, wiring
from cchc_portal.core.db import db
from tests.factories.accounts import make_unit


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["events", *arguments])
    return result.exit_code, result.stdout


@pytest.fixture
def aside(app: Flask) -> audit.SetAside:
    unit = make_unit()
    event = audit.record("unit.corrected", on=unit, by=None)
    found = audit.SetAside(consumer="search", event_id=event.id, reason="KeyError")
    db.session.add(found)
    db.session.commit()
    return found


def test_list_names_consumer_event_thing_and_reason(app: Flask, aside: audit.SetAside) -> None:
    status, line = run(app, "set-aside")

    said = line.split("Z  ")[1].strip()
    assert status == 0
    assert said == f"search  {aside.event_id} unit.corrected  unit {aside.event.subject_id}  KeyError"


def test_list_of_nothing_is_empty(app: Flask) -> None:
    assert run(app, "set-aside") == (0, "")


def test_retry_after_the_cause_is_mended_leaves_nothing(
    app: Flask, aside: audit.SetAside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(wiring.OUTSIDE, "search", lambda _events: None)

    assert run(app, "retry") == (0, "Đã xử lý 1 sự kiện; còn 0 sự kiện chưa xử lý được.\n")
    assert audit.set_aside() == []


def test_retry_that_fails_again_says_so(
    app: Flask, aside: audit.SetAside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(wiring.OUTSIDE, "search", lambda _events: {}["gone"])

    assert run(app, "retry") == (1, "Đã xử lý 0 sự kiện; còn 1 sự kiện chưa xử lý được.\n")
    assert [one.event_id for one in audit.set_aside()] == [aside.event_id]


def test_readiness_says_how_many_wait(client: FlaskClient, aside: audit.SetAside) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (
        200,
        "ready\n1 events set aside: flask --app wsgi events set-aside\n",
    )
