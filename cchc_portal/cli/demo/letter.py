"""The letter of March 2023, read by the same reader as every other, and issued."""

import io

from flask import current_app
from sqlalchemy import exists, select

from cchc_portal.accounts import queries as people
from cchc_portal.cli.demo.data import read_text
from cchc_portal.core.db import db
from cchc_portal.directives import operations
from cchc_portal.directives.models import Directive
from cchc_portal.storage.operations import receive

NAME = "directive-2023.md"


def load() -> int:
    """Bring the letter in and issue it in the chairman's name unless there are letters; return how many."""
    chairman = people.by_username("chutich")
    if chairman is None or db.session.scalar(select(exists().where(Directive.id > 0))):
        return 0
    received = receive(io.BytesIO(read_text(NAME).encode()), name=NAME)
    own_name = current_app.config["CCHC_OFFICE_NAME"]
    letter = operations.import_file(received, name=NAME, by=chairman, own_name=own_name)
    operations.issue(letter, by=chairman)
    return 1
