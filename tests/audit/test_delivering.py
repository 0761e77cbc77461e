"""A consumer that breaks keeps nobody but itself waiting."""

from collections.abc import Sequence

import pytest
from flask import Flask

from cchc_portal import audit, wiring
from cchc_portal.audit import Event
from cchc_portal.core.db import db
from tests.factories.accounts import make_unit


def happen() -> None:
    audit.record("initiative.submitted", on=make_unit(), by=None)
    db.session.commit()


def break_down(_events: Sequence[Event]) -> None:
    raise RuntimeError("cannot read this event")


def test_a_broken_consumer_does_not_hold_up_the_others(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    found: list[str] = []
    monkeypatch.setattr(
        wiring,
        "INSIDE",
        {
            "followers": break_down,
            "notifications": lambda events: told.extend(event.name for event in events),
        },
    )
    monkeypatch.setattr(
        wiring, "OUTSIDE", {"search": lambda events: found.extend(event.name for event in events)}
    )
    happen()

    with pytest.raises(ExceptionGroup, match="consumers failed"):
        wiring.deliver()

    assert (told, found) == (["initiative.submitted"], ["initiative.submitted"])


def test_a_broken_consumer_goes_on_where_it_was(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(wiring, "OUTSIDE", {})
    monkeypatch.setattr(wiring, "INSIDE", {"followers": break_down})
    happen()
    with pytest.raises(ExceptionGroup):
        wiring.deliver()

    monkeypatch.setattr(
        wiring, "INSIDE", {"followers": lambda events: seen.extend(event.name for event in events)}
    )
    wiring.deliver()

    assert seen == ["initiative.submitted"]
