"""Saved views: kept, changed, removed."""

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, NotAllowed, NotFound
from cchc_portal.follow_up import operations, queries
from cchc_portal.follow_up.models import SavedView
from tests.factories.accounts import make_user
from tests.factories.follow_up import make_view

NFD = "Qua\u0301 ha\u0323n"


@pytest.fixture
def owner(app: Flask) -> User:
    """Give somebody who saves views."""
    return make_user()


def test_save_view_keeps_filters_under_a_name(owner: User) -> None:
    view = operations.save_view("due=overdue&unit=3", by=owner, name="  Quá hạn  tuần này ")

    assert (view.name, view.filters, view.is_shared, view.owner) == (
        "Quá hạn tuần này",
        "due=overdue&unit=3",
        False,
        owner,
    )
    assert [event.name for event in audit.of(view)] == ["saved_view.kept"]


def test_save_view_composes_names(owner: User) -> None:
    assert operations.save_view("", by=owner, name=NFD).name == "Quá hạn"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "–"])
def test_save_view_needs_a_name(owner: User, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.save_view("", by=owner, name=name)

    assert refused.value.errors == {"name": operations.NAMELESS}


@pytest.mark.parametrize("name", ["Quá hạn", "QUÁ HẠN", "qua han", NFD, "Quá – hạn"])
def test_save_view_takes_each_name_once(owner: User, name: str) -> None:
    make_view(owner, name="Quá hạn")

    with pytest.raises(Invalid) as refused:
        operations.save_view("", by=owner, name=name)

    assert refused.value.errors == {"name": operations.TAKEN}


def test_save_view_lets_others_use_the_name(owner: User) -> None:
    make_view(owner, name="Quá hạn")

    assert make_view(make_user(), name="Quá hạn").id


def test_save_view_refuses_long_names_and_long_filters(owner: User) -> None:
    with pytest.raises(Invalid) as refused:
        operations.save_view("", by=owner, name="a" * 81)
    assert refused.value.errors == {"name": operations.TOO_LONG}

    with pytest.raises(Invalid) as refused:
        operations.save_view("q=" + "a" * 499, by=owner, name="Dài")
    assert refused.value.errors == {"": operations.TOO_MUCH}


def test_save_view_stops_at_the_limit(owner: User) -> None:
    for number in range(operations.MOST_VIEWS):
        make_view(owner, name=f"Bộ lọc {number}")

    with pytest.raises(Invalid) as refused:
        operations.save_view("", by=owner, name="Một bộ lọc nữa")

    assert refused.value.errors == {"": operations.TOO_MANY}


def test_administrators_save_no_views(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.save_view("", by=make_user(Role.ADMIN), name="Quá hạn")


def test_change_view_renames_and_shares(owner: User) -> None:
    view = make_view(owner)

    operations.change_view(view, by=owner, name="Việc gấp", is_shared=True)

    assert (view.name, view.name_folded, view.is_shared) == ("Việc gấp", "viec gap", True)
    assert [event.name for event in audit.of(view)][-1:] == ["saved_view.changed"]


def test_change_view_may_keep_the_name(owner: User) -> None:
    view = make_view(owner, name="Quá hạn")

    assert operations.change_view(view, by=owner, name="QUÁ HẠN", is_shared=False).name == "QUÁ HẠN"


def test_change_view_takes_no_name_of_another(owner: User) -> None:
    make_view(owner, name="Quá hạn")
    view = make_view(owner, name="Việc gấp")

    with pytest.raises(Invalid):
        operations.change_view(view, by=owner, name="quá hạn", is_shared=False)


@pytest.mark.parametrize("role", list(Role))
def test_change_view_is_for_whoever_saved_it(owner: User, role: Role) -> None:
    view = make_view(owner, shared=True)

    with pytest.raises(NotAllowed):
        operations.change_view(view, by=make_user(role), name="Của tôi", is_shared=True)


def test_remove_view_forgets_it(owner: User) -> None:
    view = make_view(owner)

    operations.remove_view(view, by=owner)
    db.session.commit()

    assert db.session.query(SavedView).all() == []


@pytest.mark.parametrize(
    ("role", "shared", "allowed"),
    [
        (Role.OFFICE, True, True),
        (Role.LEADER, True, True),
        (Role.OFFICE, False, False),
        (Role.STAFF, True, False),
        (Role.DEPT_HEAD, True, False),
        (Role.ADMIN, True, False),
    ],
)
def test_the_office_clears_up_what_is_shared(owner: User, role: Role, *, shared: bool, allowed: bool) -> None:
    view, somebody = make_view(owner, shared=shared), make_user(role)

    if allowed:
        assert operations.remove_view(view, by=somebody) is view
    else:
        with pytest.raises(NotAllowed):
            operations.remove_view(view, by=somebody)


def test_views_are_ones_own_and_then_the_shared_ones(owner: User) -> None:
    shared = make_view(make_user(), name="A của cơ quan", shared=True)
    make_view(make_user(), name="Của riêng ai đó")
    second, first = make_view(owner, name="Việc B"), make_view(owner, name="Đôn đốc", shared=True)

    assert queries.views(to=owner) == [first, second, shared]


def test_views_of_others_are_not_found_unless_shared(owner: User) -> None:
    kept, shared = make_view(owner, name="Riêng"), make_view(owner, name="Chung", shared=True)
    somebody = make_user(Role.LEADER)

    assert queries.get_view(shared.id, to=somebody) is shared
    with pytest.raises(NotFound):
        queries.get_view(kept.id, to=somebody)


def test_administrators_find_no_views(owner: User) -> None:
    make_view(owner, shared=True)

    assert queries.views(to=make_user(Role.ADMIN)) == []
