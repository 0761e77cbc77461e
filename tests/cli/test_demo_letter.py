from flask import Flask

from cchc_portal.cli.demo import letter, people
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, State


def test_letter_is_loaded_once_and_issued(app: Flask) -> None:
    people.load()

    added = [letter.load(), letter.load()]
    db.session.commit()

    directive = db.session.query(Directive).one()
    assert added == [1, 0]
    assert (directive.state, directive.issued_by.username) == (State.ISSUED, "chutich")
    assert [item.assignments[0].unit.code for item in directive.items if item.assignments[0].unit] == [
        "VPTK",
        "VPTK",
        "VPTK",
    ]
