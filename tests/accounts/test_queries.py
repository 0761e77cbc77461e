"""Reading accounts and units."""

from collections.abc import Callable
from datetime import date

import pytest

from cchc_portal.accounts import queries
from cchc_portal.accounts.browsers import described
from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.queries import AccountState, Overview
from cchc_portal.core.clock import now
from cchc_portal.core.errors import NotFound
from tests.factories.accounts import make_unit, make_user

pytestmark = pytest.mark.usefixtures("app")

NAMES = ("Lê Văn Ân", "Nguyễn Thị An", "Trần Đức", "Đỗ Thị Bình", "Trần Dung", "Bùi Ánh")


@pytest.fixture
def admin(app: object) -> User:
    return make_user(Role.ADMIN, full_name="Quản trị", username="quantri")


def names(users: object) -> list[str]:
    return [user.full_name for user in users]  # type: ignore[attr-defined]


def test_people_are_sorted_by_given_name_in_vietnamese_order() -> None:
    unit = make_unit()
    for name in NAMES:
        make_user(full_name=name, unit=unit)

    assert names(queries.people()) == [
        "Nguyễn Thị An",
        "Bùi Ánh",
        "Lê Văn Ân",
        "Đỗ Thị Bình",
        "Trần Dung",
        "Trần Đức",
    ]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("duc", ["Trần Đức"]),
        ("TRAN", ["Trần Dung", "Trần Đức"]),
        ("Đức Trần", ["Trần Đức"]),
        ("quan tri", ["Quản trị"]),
        ("quantri", ["Quản trị"]),
        ("100%", []),
        ("_", ["Bùi Ánh", "Trần Dung", "Trần Đức", "Quản trị"]),
        ("", ["Bùi Ánh", "Trần Dung", "Trần Đức", "Quản trị"]),
    ],
)
def test_accounts_are_found_with_and_without_diacritics(admin: User, q: str, found: list[str]) -> None:
    for name in ("Trần Đức", "Trần Dung", "Bùi Ánh"):
        make_user(full_name=name, unit=admin.unit)

    assert names(queries.accounts(to=admin, q=q)) == found


def test_renamed_person_is_found_and_sorted_by_the_new_name(admin: User) -> None:
    user = make_user(full_name="Trần Đức", unit=admin.unit)

    user.full_name = "Trần Ánh"

    assert names(queries.accounts(to=admin, q="anh")) == ["Trần Ánh"]
    assert queries.accounts(to=admin, q="duc") == []
    assert names(queries.people()) == ["Trần Ánh", "Quản trị"]


def test_accounts_are_narrowed_down_by_unit_role_and_state(admin: User) -> None:
    unit, closed = make_unit(), make_unit(valid_to=date(2022, 12, 31))
    head = make_user(Role.DEPT_HEAD, unit=unit)
    locked = make_user(unit=unit, disabled_at=now())
    waiting = make_user(unit=unit, must_change_password=True)
    unhoused = make_user(unit=closed)

    assert set(queries.accounts(to=admin, unit_id=unit.id)) == {head, locked, waiting}
    assert queries.accounts(to=admin, role=Role.DEPT_HEAD) == [head]
    assert queries.accounts(to=admin, state=AccountState.LOCKED) == [locked]
    assert queries.accounts(to=admin, state=AccountState.WAITING) == [waiting]
    assert queries.accounts(to=admin, state=AccountState.UNHOUSED) == [unhoused]
    assert set(queries.accounts(to=admin, state=AccountState.ACTIVE)) == {admin, head, waiting, unhoused}


def test_role_that_has_ended_is_not_held(admin: User) -> None:
    user = make_user(Role.LEADER)
    user.grants[0].valid_to = date(2022, 12, 31)

    assert queries.accounts(to=admin, role=Role.LEADER) == []
    assert queries.holding(Role.LEADER) == []


def test_pages_go_through_everybody_once_even_of_the_same_name(admin: User) -> None:
    for _ in range(7):
        make_user(full_name="Trần Thị Bình", unit=admin.unit)

    seen: list[int] = []
    after = None
    while rows := queries.accounts(to=admin, after=after, limit=3):
        seen += [user.id for user in rows]
        after = (rows[-1].name_order, rows[-1].id)

    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_accounts_costs_the_same_number_of_queries(
    admin: User, count: int, count_queries: Callable[..., int]
) -> None:
    for _ in range(count):
        make_user(Role.STAFF, Role.DEPT_HEAD)

    def read() -> None:
        for user in queries.accounts(to=admin):
            assert user.unit is not None
            assert [grant.unit.name for grant in user.grants if grant.unit]

    assert admin.has_role(Role.ADMIN)  # known before the list is asked for
    assert count_queries(read) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_tree_of_units_costs_the_same_number_of_queries(
    admin: User, count: int, count_queries: Callable[..., int]
) -> None:
    for _ in range(count):
        make_unit(successor=make_unit(), parent=admin.unit)

    def read() -> None:
        for _depth, unit, _people in queries.unit_tree(to=admin):
            assert unit.successor is None or unit.successor.name

    assert admin.has_role(Role.ADMIN)  # known before the list is asked for
    assert count_queries(read) == 2


def test_tree_shows_units_below_their_parents_with_their_people(admin: User) -> None:
    top = admin.unit
    below = make_unit(parent=top, name="B")
    old = make_unit(parent=top, name="A", valid_to=date(2022, 12, 31))
    make_user(unit=below)
    make_user(unit=below, disabled_at=now())

    assert queries.unit_tree(to=admin) == [(0, top, 1), (1, below, 1), (1, old, 0)]


def test_overview_counts(admin: User) -> None:
    make_user(disabled_at=now(), unit=admin.unit)
    make_user(must_change_password=True, unit=admin.unit)
    make_user(unit=make_unit(valid_to=date(2022, 12, 31)))

    assert queries.overview(to=admin) == Overview(
        active=3, disabled=1, waiting=1, unhoused=1, administrators=1, units=1
    )


def test_accounts_and_units_are_hidden_from_everybody_else() -> None:
    user = make_user(*(role for role in Role if role is not Role.ADMIN))

    for read in (
        lambda: queries.accounts(to=user),
        lambda: queries.unit_tree(to=user),
        lambda: queries.overview(to=user),
        lambda: queries.get_grant(user.grants[0].id, to=user),
        lambda: queries.get_function(1, to=user),
        lambda: queries.get_account(make_user().id, to=user),
        lambda: queries.get_sheet(1, to=user),
        lambda: queries.get_sign_in(1, to=user),
    ):
        with pytest.raises(NotFound):
            read()


def test_everybody_sees_their_own_account() -> None:
    user = make_user()

    assert queries.get_account(user.id, to=user) == user


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120.0 Chrome/114.0", "Cốc Cốc · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Firefox · Linux"),
        ("curl/8.0", "Trình duyệt khác"),
        ("", "Trình duyệt khác"),
    ],
)
def test_browsers_are_described_in_known_words(header: str, words: str) -> None:
    assert described(header) == words
