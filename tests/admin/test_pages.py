"""Every page of the administration opens, for administrators alone."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from cchc_portal.accounts import operations
from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.sheets import Row
from cchc_portal.core.db import unit_of_work
from tests.factories.accounts import make_unit, make_user

Browse = Callable[[User], FlaskClient]

PAGES = [
    "/admin",
    "/admin/accounts",
    "/admin/accounts/new",
    "/admin/accounts/{user}",
    "/admin/accounts/import",
    "/admin/accounts/import/template",
    "/admin/accounts/import/{sheet}",
    "/admin/units",
    "/admin/units/new",
    "/admin/units/{unit}",
    "/admin/units/{unit}/functions/{function}",
    "/admin/events",
]


def numbers(admin: User) -> dict[str, int]:
    unit = make_unit("VHXH", functions=("Văn hóa thông tin",), aliases=["VH-XH", "Văn xã"])
    row = Row(2, {"username": "moi", "full_name": "Người mới"}, {"username": "A2", "full_name": "B2"})
    with unit_of_work():
        sheet = operations.keep_sheet([row], by=admin, file_name="ds.xlsx")
    return {
        "user": make_user(unit=unit).id,
        "unit": unit.id,
        "function": unit.functions[0].id,
        "sheet": sheet.id,
    }


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_for_an_administrator(page: str, client_of: Browse) -> None:
    admin = make_user(Role.ADMIN)

    answer = client_of(admin).get(page.format(**numbers(admin)))

    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_page_is_hidden_from_everybody_else(page: str, client_of: Browse) -> None:
    admin, other = make_user(Role.ADMIN), make_user(*(role for role in Role if role is not Role.ADMIN))

    answer = client_of(other).get(page.format(**numbers(admin)))

    assert answer.status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_strangers_to_sign_in(page: str, client: FlaskClient) -> None:
    answer = client.get(page.format(user=1, unit=1, function=1, sheet=1))

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
