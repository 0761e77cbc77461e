"""Finding a colleague by what is typed of the name: below a field, and on a page."""

import unicodedata
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from cchc_portal.accounts import queries
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from tests.factories.accounts import make_unit, make_user

pytestmark = pytest.mark.usefixtures("app")
Open = Callable[[User], FlaskClient]
FRAGMENT = {"HX-Request": "true"}


def names(q: str, **more: int) -> list[str]:
    return [user.full_name for user in queries.colleagues(q, **more)]


@pytest.fixture
def office() -> list[User]:
    unit = make_unit(name="Tư pháp – Hộ tịch")
    people = ("Lê Văn Ân", "Nguyễn Thị Hạnh", "Trần Đức", "Đỗ Thị Bình")
    return [make_user(full_name=name, unit=unit, username=f"canbo.{n}") for n, name in enumerate(people)]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("Đức", ["Trần Đức"]),
        ("duc", ["Trần Đức"]),
        ("DO THI", ["Đỗ Thị Bình"]),
        ("Bình Đỗ", ["Đỗ Thị Bình"]),
        ("thị", ["Đỗ Thị Bình", "Nguyễn Thị Hạnh"]),
        ("an", ["Lê Văn Ân"]),
        ("canbo.2", ["Trần Đức"]),
        ("@canbo.2", ["Trần Đức"]),
        ("đức trần lê", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1", []),
        ("", []),
        ("   ", []),
    ],
)
def test_colleagues_are_found_by_beginnings_of_words(office: list[User], q: str, found: list[str]) -> None:
    assert names(q) == found


def test_colleagues_are_found_in_either_unicode_form(office: list[User]) -> None:
    assert names(unicodedata.normalize("NFD", "Hạnh")) == ["Nguyễn Thị Hạnh"]


def test_colleagues_leave_out_closed_accounts(office: list[User]) -> None:
    make_user(full_name="Trần Đức Thịnh", disabled_at=now())

    assert names("duc") == ["Trần Đức"]


def test_colleagues_are_no_more_than_wanted() -> None:
    for _number in range(12):
        make_user(full_name="Trần Văn Nam")

    assert (len(names("nam")), len(names("nam", limit=3))) == (8, 3)


@pytest.mark.parametrize("many", [1, 3])
def test_colleagues_come_in_one_statement(
    many: int, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    for _number in range(many):
        make_user(full_name="Trần Văn Nam")

    assert count_queries(lambda: [user.unit.name for user in queries.colleagues("nam")]) == 1


def test_long_nonsense_is_looked_for_without_complaint(office: list[User]) -> None:
    assert names("ấy " * 5_000) == []


@pytest.mark.parametrize("many", [1, 3])
def test_by_ids_loads_units_along(many: int, count_queries: Callable[[Callable[[], object]], int]) -> None:
    ids = [make_user().id for _number in range(many)]

    assert count_queries(lambda: [user.unit.name for user in queries.by_ids(ids).values()]) == 1


def test_by_ids_names_closed_accounts_too_and_passes_over_unknown_ones() -> None:
    closed = make_user(disabled_at=now())

    assert queries.by_ids({closed.id, 10**8}) == {closed.id: closed}


def test_by_ids_asks_nothing_for_nobody(count_queries: Callable[[Callable[[], object]], int]) -> None:
    assert count_queries(lambda: queries.by_ids(())) == 0


# In the browser


def test_suggestions_carry_what_the_row_needs(office: list[User], client_of: Open) -> None:
    duc = office[2]

    piece = unescape(client_of(make_user()).get("/colleagues?q=duc", headers=FRAGMENT).text)

    assert "<html" not in piece
    assert piece.count('role="option"') == 1
    assert f'data-id="{duc.id}"' in piece
    assert 'data-name="Trần Đức"' in piece
    assert 'data-username="canbo.2"' in piece
    assert 'data-workplace="Tư pháp – Hộ tịch"' in piece


def test_suggestions_without_words_are_empty(office: list[User], client_of: Open) -> None:
    assert client_of(make_user()).get("/colleagues", headers=FRAGMENT).text.strip() == ""


def test_page_lists_colleagues_with_their_account_names(office: list[User], client_of: Open) -> None:
    page = unescape(client_of(make_user()).get("/colleagues?q=duc").text)

    assert "Trần Đức" in page
    assert "@canbo.2" in page
    assert "Đỗ Thị Bình" not in page


def test_page_says_when_nobody_has_that_name(office: list[User], client_of: Open) -> None:
    page = unescape(client_of(make_user()).get("/colleagues?q=<script>").text)

    assert "Không có đồng nghiệp nào tên như vậy" in page
    assert 'value="<script>"' in page  # unescaped by this test; nothing but text on the page


def test_names_of_colleagues_are_for_people_who_signed_in(client: FlaskClient, office: list[User]) -> None:
    answer = client.get("/colleagues?q=duc")

    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")


def test_hostile_names_stay_text(client_of: Open) -> None:
    make_user(full_name='<img src=x onerror="alert(1)"> Đức')

    assert "<img src=x" not in client_of(make_user()).get("/colleagues?q=duc", headers=FRAGMENT).text
