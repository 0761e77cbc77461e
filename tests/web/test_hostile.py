"""What nobody sends by accident: it is refused, never a fault of the portal."""

import base64
import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative

Browse = Callable[[User], FlaskClient]
HUGE = "9" * 20


def mark(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.fixture
def office(client_of: Browse) -> FlaskClient:
    return client_of(make_user(Role.OFFICE, Role.ADMIN, Role.LEADER))


@pytest.mark.parametrize(
    "address",
    [
        f"/initiatives/{HUGE}",
        f"/initiatives/{2**31}",
        f"/initiatives/{'9' * 5000}",
        f"/initiatives/{HUGE}/vote",
        f"/comments/{HUGE}",
        f"/directives/{HUGE}",
        f"/admin/accounts/{HUGE}",
        f"/initiatives?page={mark(10**30, 1)}",
        f"/initiatives?page={mark(2**62, 1)}",
        f"/initiatives?sort=votes&page={mark(1, 2**63)}",
        f"/notifications?after={mark(10**30)}",
        f"/directives?page={mark(10**30)}",
        f"/replication?page={mark(10**30)}",
        f"/admin/events?page={mark(10**30)}",
        f"/admin/accounts?page={mark(chr(0), 1)}",
        f"/admin/accounts?page={mark(chr(0xD800), 1)}",
        "/directives/1/items/%00",
        "/admin/events?name=%00",
        "/search?q=%00&tag=%00",
        "/initiatives?tag=%00",
    ],
)
def test_made_up_addresses_lead_nowhere(office: FlaskClient, address: str) -> None:
    assert office.get(address).status_code in {400, 404}


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a&unit=²&field=²&item=²&year=²&type=²&kind=²&status=²",
        f"/search?q=a&unit={HUGE}&field={HUGE}&item={HUGE}&year={HUGE}&page={HUGE}",
        f"/initiatives?unit={HUGE}&year=²&item=-1&field=1e9",
        f"/initiatives/facets?unit={HUGE}&year=²",
        "/admin/accounts?unit=²",
        "/search?q=" + "(" * 3000,
    ],
)
def test_made_up_filters_are_passed_over(office: FlaskClient, address: str) -> None:
    assert office.get(address).status_code == 200


@pytest.fixture
def draft(client_of: Browse) -> tuple[FlaskClient, str]:
    initiative = make_initiative(state=State.DRAFT)
    return client_of(initiative.created_by), f"/initiatives/{initiative.id}/draft"


@pytest.mark.parametrize(
    "typed",
    [
        {"remove_row": "authors-²"},
        {"remove_row": "authors-" + "9" * 5000},
        {"authors-²-name": "x"},
        {f"authors-{'9' * 5000}-name": "x"},
        {"revision": "²"},
        {"unit_id": "²", "fields": "\0", "kind": "\0", "authors-0-user_id": "\0"},
    ],
)
def test_fields_no_form_has_break_nothing(draft: tuple[FlaskClient, str], typed: dict[str, str]) -> None:
    author, address = draft

    answer = author.post(address, data={"title": "Tên", "revision": "1", **typed})

    assert answer.status_code in {200, 303, 409, 422}


def test_rows_have_an_end(draft: tuple[FlaskClient, str]) -> None:
    author, address = draft
    rows = {f"authors-{number}-name": "x" for number in range(500)}

    page = author.post(address, data={**rows, "add_row": "authors"}).text

    assert 'name="authors-59-name"' in page
    assert 'name="authors-60-name"' not in page


def test_json_of_any_depth_is_not_read(draft: tuple[FlaskClient, str]) -> None:
    author, address = draft

    answer = author.post(address, data="[" * 100_000, content_type="application/json")

    assert answer.status_code < 500


@pytest.mark.parametrize("body", ["username=" + "x" * (2 * 1024 * 1024), "a&" * 2000, "a&" * 1_000_000])
def test_plain_forms_have_the_limits_of_forms_with_files(client: FlaskClient, body: str) -> None:
    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413


def test_a_draft_of_longest_texts_still_fits(app: Flask, draft: tuple[FlaskClient, str]) -> None:
    author, address = draft

    answer = author.post(address, data={"title": "Tên", "revision": "1", "problem": "ổ" * 20_000})

    assert answer.status_code == 303
