from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.directives import operations
from cchc_portal.directives.models import Directive
from tests.factories.accounts import make_unit, make_user

LETTER = Path(__file__).parents[2] / "cchc_portal" / "cli" / "demo" / "data" / "directive-2023.md"


@pytest.fixture
def letter_text() -> str:
    """Give the letter of 2023."""
    return LETTER.read_text("utf-8")


@pytest.fixture
def office(app: Flask) -> User:
    """Give somebody of the Office."""
    unit = make_unit("VPTK", name="Văn phòng - Thống kê", aliases=["VP-TK"])
    return make_user(Role.OFFICE, unit=unit)


@pytest.fixture
def staff(app: Flask) -> User:
    """Give a clerk of another unit."""
    unit = make_unit("VHXH", name="Văn hóa - Xã hội", functions=("Văn hóa thông tin",))
    return make_user(Role.STAFF, unit=unit)


@pytest.fixture
def draft(office: User, letter_text: str) -> Directive:
    """Give the letter as it was read, not yet issued."""
    directive = operations.import_letter(letter_text, by=office)
    db.session.commit()
    return directive


@pytest.fixture
def issued(draft: Directive, office: User) -> Directive:
    """Give the letter issued."""
    operations.issue(draft, by=office)
    db.session.commit()
    return draft
