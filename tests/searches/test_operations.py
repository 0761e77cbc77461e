import pytest

from cchc_portal.accounts.models import Role
from cchc_portal.core.errors import Invalid, NotAllowed
from cchc_portal.searches import operations, queries
from cchc_portal.searches.models import Sharing
from tests.factories.accounts import make_unit, make_user
from tests.factories.searches import make_search

pytestmark = pytest.mark.usefixtures("app")


def test_a_name_is_kept_once_per_person() -> None:
    user = make_user()
    make_search(user, name="Mã QR")

    with pytest.raises(Invalid) as refused:
        operations.save_search("q=a", by=user, name=" ma  qr ")

    assert refused.value.errors == {"name": operations.TAKEN}
    assert operations.save_search("q=a", by=make_user(), name="Mã QR")


@pytest.mark.parametrize(
    ("query", "name", "errors"),
    [
        ("", "a", {"": operations.EMPTY}),
        ("q=" + "a" * 2000, "a", {"": operations.TOO_MUCH}),
        ("q=a", " ", {"name": operations.NAMELESS}),
        ("q=a", "a" * 81, {"name": operations.TOO_LONG}),
    ],
)
def test_nonsense_is_refused(query: str, name: str, errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        operations.save_search(query, by=make_user(), name=name)

    assert refused.value.errors == errors


def test_the_thirty_first_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    monkeypatch.setattr(operations, "MOST_SEARCHES", 1)
    make_search(user)

    with pytest.raises(Invalid) as refused:
        operations.save_search("q=a", by=user, name="b")

    assert refused.value.errors == {"": operations.TOO_MANY}


def test_the_office_alone_shares_with_everybody() -> None:
    unit = make_unit()
    clerk, colleague, stranger = make_user(unit=unit), make_user(unit=unit), make_user()

    of_unit = make_search(clerk, name="Tổ", sharing=Sharing.UNIT)
    of_all = make_search(make_user(Role.OFFICE), name="Chung", sharing=Sharing.EVERYBODY)
    with pytest.raises(NotAllowed):
        operations.save_search("q=a", by=clerk, name="b", sharing=Sharing.EVERYBODY)
    with pytest.raises(NotAllowed):
        operations.change_search(of_unit, by=colleague, name="b", sharing=Sharing.PRIVATE)
    with pytest.raises(NotAllowed):
        operations.remove_search(of_all, by=stranger)

    assert queries.searches(to=colleague) == [of_all, of_unit]
    assert queries.searches(to=stranger) == [of_all]


def test_too_wide_a_search_is_not_watched() -> None:
    user = make_user()
    search = make_search(user)

    with pytest.raises(Invalid) as refused:
        operations.start_alert(search, by=user, known=["a:1"] * 2001, until=1)

    assert refused.value.errors == {"": operations.TOO_WIDE}


def test_what_one_watches_is_listed_before_what_others_share() -> None:
    office, user = make_user(Role.OFFICE), make_user()
    first, second = (make_search(office, name=name, sharing=Sharing.EVERYBODY) for name in ("A", "B"))
    own = make_search(user, name="C")
    operations.start_alert(second, by=user, known=[], until=0)

    assert list(queries.searches(to=user)) == [own, second, first]
