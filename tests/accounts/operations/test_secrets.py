"""Changing and handing out passwords."""

import pytest

from cchc_portal import audit
from cchc_portal.accounts import operations, passwords, queries
from cchc_portal.accounts.models import Role
from cchc_portal.accounts.operations.sign_ins import open_sign_in
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, NotAllowed
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.usefixtures("app")

NEW = "mot cau khac hon"


def test_change_ends_every_sign_in_and_opens_one_for_this_browser() -> None:
    user = make_user(password=PASSWORD, must_change_password=True)
    with unit_of_work():
        tokens = [open_sign_in(user, "").session_token for _ in range(2)]

    operations.change_password(user, by=user, current=PASSWORD, new=NEW, browser="Firefox")
    db.session.commit()

    assert [queries.signed_in(token) for token in tokens] == [None, None]
    assert [found.browser for found in queries.sign_ins(user)] == ["Firefox"]
    assert passwords.matches(NEW, user.password_hash)
    assert not user.must_change_password


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW, "current"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "short", "new")],
)
def test_change_is_refused(current: str, new: str, field: str) -> None:
    user = make_user(password=PASSWORD)

    with pytest.raises(Invalid) as refused:
        operations.change_password(user, by=user, current=current, new=new)

    assert list(refused.value.errors) == [field]
    assert passwords.matches(PASSWORD, user.password_hash)


def test_administrator_does_not_change_anothers_password_but_resets_it() -> None:
    user, admin = make_user(password=PASSWORD), make_user(Role.ADMIN)

    with pytest.raises(NotAllowed):
        operations.change_password(user, by=admin, current=PASSWORD, new=NEW)
    operations.reset_password(user, by=admin, new=NEW)

    assert user.must_change_password
    assert queries.sign_ins(user) == []
    assert [(event.name, event.actor_id) for event in audit.of(user)] == [
        ("account.password_reset", admin.id)
    ]
