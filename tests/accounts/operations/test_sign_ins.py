"""Signing in and out."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts import demo, operations, queries
from cchc_portal.accounts.models import SignIn, SignInTry, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, NotAllowed, TooMany
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.usefixtures("app")


def enter(username: str, password: str = PASSWORD, *, address: str = "10.0.0.1", **more: str) -> User:
    with unit_of_work():
        return operations.sign_in(username, password, address=address, **more)


def fail(username: str, *, times: int = 1, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        with pytest.raises(Invalid):
            enter(username, "not the password", address=address)


def test_sign_in_gives_a_token_that_names_the_person() -> None:
    make_user(username="canbo", password=PASSWORD)

    user = enter("  CanBo ", browser="Firefox")

    assert queries.signed_in(user.session_token) == user
    assert [found.browser for found in queries.sign_ins(user)] == ["Firefox"]
    assert [event.name for event in audit.of(user)] == ["account.signed_in"]


def test_sign_in_keeps_only_a_hash_of_the_token() -> None:
    make_user(username="canbo", password=PASSWORD)

    user = enter("canbo")

    assert db.session.scalars(select(SignIn.token_hash)).all() == [queries.token_hash(user.session_token)]
    assert queries.token_hash(user.session_token) != user.session_token


def test_sign_in_ends_the_one_it_replaces() -> None:
    make_user(username="canbo", password=PASSWORD)
    first = enter("canbo").session_token

    enter("canbo", instead_of=first)

    assert queries.signed_in(first) is None


def test_sign_in_ends_after_its_hours() -> None:
    make_user(username="canbo", password=PASSWORD)
    token = enter("canbo").session_token

    with time_machine.travel(now() + timedelta(hours=12, seconds=1)):
        found = queries.signed_in(token)

    assert found is None


@pytest.mark.parametrize("username", ["canbo", "nobody", "disabled", ""])
def test_refused_sign_in_has_one_answer_for_every_reason(username: str) -> None:
    make_user(username="canbo", password=PASSWORD)
    make_user(username="disabled", password="not the password", disabled_at=now())

    with pytest.raises(Invalid) as refused:
        enter(username, "not the password")

    assert refused.value.errors == {"": "Tên đăng nhập hoặc mật khẩu không đúng."}


def test_password_of_the_demonstration_opens_nothing_outside_it() -> None:
    make_user(username="canbo", password=demo.PASSWORD)

    with pytest.raises(Invalid):
        enter("canbo", demo.PASSWORD)
    with unit_of_work():
        user = operations.sign_in("canbo", demo.PASSWORD, address="", is_demonstration=True)

    assert user.username == "canbo"


def test_refused_sign_in_leaves_the_same_traces_for_unknown_accounts() -> None:
    user = make_user(username="canbo", password=PASSWORD)

    fail("canbo")
    fail("nobody")

    tries = db.session.execute(select(SignInTry.username, SignInTry.has_failed).order_by(SignInTry.id)).all()
    assert tries == [("canbo", True), ("nobody", True)]
    events = [(event.name, event.data) for event in reversed(audit.timeline())]
    assert events == [
        ("account.sign_in_refused", {"user_id": user.id}),
        ("account.sign_in_refused", {"user_id": None}),
    ]


@pytest.mark.parametrize("username", ["canbo", "nobody"])
def test_eleventh_try_within_five_minutes_is_refused_whatever_the_address(username: str) -> None:
    make_user(username="canbo", password=PASSWORD)
    for number in range(10):
        fail(username, address=f"10.0.1.{number}")

    with pytest.raises(TooMany) as refused:
        enter(username, address="10.0.2.1")

    assert refused.value.retry_after == 300


def test_eleventh_try_from_an_address_is_refused_whatever_the_account() -> None:
    make_user(username="canbo", password=PASSWORD)
    for number in range(10):
        fail(f"nobody{number}")

    with pytest.raises(TooMany):
        enter("canbo")

    assert enter("canbo", address="10.0.0.2").username == "canbo"


def test_tries_are_forgotten_after_five_minutes() -> None:
    make_user(username="canbo", password=PASSWORD)
    start = datetime(2023, 3, 6, 1, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        fail("canbo", times=10)

    with time_machine.travel(start + timedelta(minutes=5, seconds=1), tick=False):
        user = enter("canbo")

    assert user.username == "canbo"


def test_refusal_for_too_many_tries_does_not_prolong_the_wait() -> None:
    fail("nobody", times=10)

    for _ in range(3):
        with pytest.raises(TooMany):
            enter("nobody")

    assert db.session.scalar(select(func.count()).select_from(SignInTry)) == 10


def test_success_takes_the_failures_of_its_account_along_and_no_others() -> None:
    make_user(username="canbo", password=PASSWORD)
    fail("canbo", times=9)
    fail("nobody")

    enter("canbo", address="10.0.0.2")

    assert db.session.scalars(select(SignInTry.username)).all() == ["nobody"]


def test_tries_made_at_once_are_counted_as_well(app: Flask) -> None:
    """Sixteen threads guess at the same moment; ten passwords are looked at, no more."""
    make_user(username="canbo", password=PASSWORD)
    looked_at: list[str] = []
    start = threading.Barrier(16)

    def guess() -> None:
        with app.app_context():
            start.wait()
            try:
                enter("canbo", "not the password", address=f"10.1.1.{threading.get_ident() % 250}")
            except Invalid:
                looked_at.append("wrong")
            except TooMany:
                pass
            finally:
                db.session.remove()

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(looked_at) <= 10  # none, where all were counted before the first was looked at


def test_sign_out_ends_this_sign_in_alone() -> None:
    make_user(username="canbo", password=PASSWORD)
    other = enter("canbo").session_token
    user = enter("canbo")
    token = user.session_token

    operations.sign_out(user, by=user)

    assert queries.signed_in(token) is None
    assert queries.signed_in(other) == user


def test_sign_out_everywhere_ends_every_sign_in_of_the_person() -> None:
    make_user(username="canbo", password=PASSWORD)
    tokens = [enter("canbo").session_token for _ in range(2)]
    user = make_user()
    mine = _signed_in(user)

    operations.sign_out_everywhere(queries.by_username("canbo"), by=queries.by_username("canbo"))

    assert [queries.signed_in(token) for token in tokens] == [None, None]
    assert queries.signed_in(mine) == user


def test_nobody_ends_another_persons_sign_ins() -> None:
    user, other = make_user(), make_user()

    with pytest.raises(NotAllowed):
        operations.sign_out_everywhere(user, by=other)
    with pytest.raises(NotAllowed):
        operations.sign_out(user, by=other)


def test_a_browser_is_signed_out_by_its_owner_alone() -> None:
    user, other = make_user(), make_user()
    _signed_in(user)
    found = queries.sign_ins(user)[0]

    with pytest.raises(NotAllowed):
        operations.sign_out_browser(found, by=other)
    operations.sign_out_browser(found, by=user)

    assert queries.sign_ins(user) == []


def test_what_expired_is_forgotten() -> None:
    user = make_user()
    _signed_in(user)
    fail("nobody")

    with time_machine.travel(now() + timedelta(hours=25)):
        operations.forget_what_expired()

    assert db.session.scalars(select(SignIn)).all() == []
    assert db.session.scalars(select(SignInTry)).all() == []


def _signed_in(user: User) -> str:
    from cchc_portal.accounts.operations.sign_ins import open_sign_in

    token = open_sign_in(user, "").session_token
    db.session.commit()
    return token
