"""What older letters cite is linked once, where only one letter can be meant."""

from importlib import import_module

import pytest
from flask import Flask

from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive
from cchc_portal.directives.models import State as LetterState
from tests.factories.directives import make_citation, make_directive

found = import_module("cchc_portal.migrations.versions.0018_citations_found").FIND


def cited(**columns: object) -> Directive:
    """Enter the letter 124/UBND-NV of 2/2/2023."""
    return make_directive(
        **{"number": "124", "symbol": "UBND-NV", "day": 2, "month": 2, "year": 2023, **columns}
    )


def pairs() -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in db.session.execute(found)]


def test_citation_finds_the_letter_of_its_number_and_day(app: Flask) -> None:
    letter = cited()
    citation = make_citation(make_directive(), number="124/UBND-NV", issued_on=letter.issued_on)
    make_citation(make_directive(), number="125/UBND-NV", issued_on=letter.issued_on)
    make_citation(make_directive(), number="124/UBND-NV", issued_on=None)

    assert pairs() == [(citation.id, letter.id)]


@pytest.mark.parametrize(
    "columns", [{"state": LetterState.DRAFT}, {"deleted_at": now()}, {"day": None}, {"number": ""}]
)
def test_citation_does_not_find_what_is_uncertain(app: Flask, columns: dict[str, object]) -> None:
    letter = cited(**columns)
    make_citation(make_directive(), number="124/UBND-NV", issued_on=letter.issued_on)

    assert pairs() == []


def test_citation_finds_none_of_two(app: Flask) -> None:
    letter, _other = cited(issuer="UBND thị xã"), cited(issuer="UBND huyện")
    make_citation(make_directive(), number="124/UBND-NV", issued_on=letter.issued_on)

    assert pairs() == []
