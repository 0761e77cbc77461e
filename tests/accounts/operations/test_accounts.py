"""Opening, correcting, closing accounts."""

import threading
from datetime import date, timedelta

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts import operations, passwords, queries
from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.operations.sign_ins import open_sign_in
from cchc_portal.core.clock import today
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Conflict, DomainError, Invalid, NotAllowed
from tests.factories.accounts import LONG_AGO, PASSWORD, make_unit, make_user

pytestmark = pytest.mark.usefixtures("app")


def opened(username: str = "binh.tran", **columns: object) -> User:
    given = {"full_name": "Trần Thị Bình", "password": PASSWORD, "unit": make_unit(), "by": None} | columns
    with unit_of_work():
        return operations.open_account(username, **given)


def test_open_account_gives_roles_and_a_password_to_be_changed() -> None:
    unit = make_unit()

    user = opened(" Binh.Tran ", unit=unit, roles=[Role.STAFF, Role.LEADER])

    assert user.username == "binh.tran"
    assert passwords.matches(PASSWORD, user.password_hash)
    assert user.must_change_password
    assert [(grant.role, grant.unit) for grant in user.grants] == [(Role.STAFF, unit), (Role.LEADER, None)]
    assert [(event.name, event.data) for event in audit.of(user)] == [
        ("account.opened", {"roles": ["staff", "leader"]}),
    ]


@pytest.mark.parametrize("username", ["", "Trần", "a b", "-an", "an/..", "x" * 61, "an\nb"])
def test_open_account_refuses_unusable_names(username: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(username)

    assert list(refused.value.errors) == ["username"]


def test_open_account_refuses_a_name_that_is_taken() -> None:
    opened("binh.tran")

    with pytest.raises(Invalid) as refused:
        opened("BINH.TRAN")

    assert refused.value.errors == {"username": "Tên đăng nhập này đã có người dùng."}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("full_name", ""),
        ("full_name", "x" * 121),
        ("job_title", "x" * 121),
        ("email", "binh"),
        ("email", "a@b.vn\nBcc: c@d.vn"),
        ("email", f"{'x' * 200}@a.vn"),
    ],
)
def test_open_account_refuses_unfit_columns(column: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(**{column: value})

    assert list(refused.value.errors) == [column]


def test_open_account_refuses_a_weak_password() -> None:
    with pytest.raises(Invalid) as refused:
        opened(password="12345678")

    assert list(refused.value.errors) == ["password"]


def test_staff_needs_a_unit() -> None:
    with pytest.raises(Invalid) as refused:
        opened(unit=None)

    assert list(refused.value.errors) == ["unit"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_keep_accounts(role: Role) -> None:
    by, user = make_user(role), make_user()
    person = {"full_name": "Trần Thị Bình", "job_title": "", "email": "", "unit": user.unit}

    for act in (
        lambda: operations.open_account("a", by=by, full_name="Trần Thị Bình", password=PASSWORD),
        lambda: operations.correct_account(user, by=by, **person),
        lambda: operations.disable(user, by=by),
        lambda: operations.enable(user, by=by),
        lambda: operations.reset_password(user, by=by, new=PASSWORD),
        lambda: operations.grant_role(user, Role.LEADER, by=by),
        lambda: operations.revoke_role(user.grants[0], by=by),
        lambda: operations.move(user, make_unit(), by=by),
        lambda: operations.import_rows([], by=by),
        lambda: operations.keep_sheet([], by=by, file_name="a.xlsx"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_correct_account_says_which_columns_changed() -> None:
    user, admin = make_user(full_name="Trần Bình"), make_user(Role.ADMIN)

    operations.correct_account(
        user, by=admin, full_name="Trần Thị Bình", job_title="Công chức", email="", unit=user.unit
    )

    assert (user.full_name, user.job_title) == ("Trần Thị Bình", "Công chức")
    assert [(event.name, event.data) for event in audit.of(user)] == [
        ("account.corrected", {"fields": ["full_name", "job_title"]}),
    ]


def test_correct_account_with_the_same_data_leaves_no_trace() -> None:
    user, admin = make_user(), make_user(Role.ADMIN)

    operations.correct_account(
        user, by=admin, full_name=user.full_name, job_title="", email="", unit=user.unit
    )

    assert audit.of(user) == []


def test_another_unit_takes_the_rights_in_the_old_one_away() -> None:
    old, new, admin = make_unit(), make_unit(), make_user(Role.ADMIN)
    user = make_user(Role.STAFF, Role.DEPT_HEAD, unit=old)
    token = open_sign_in(user, "").session_token

    operations.correct_account(user, by=admin, full_name=user.full_name, job_title="", email="", unit=new)
    db.session.commit()

    assert not user.heads(old.id)
    assert not user.has_role(Role.DEPT_HEAD)
    assert [(grant.role, grant.unit) for grant in user.grants if grant.is_valid(today())] == [
        (Role.STAFF, new)
    ]
    assert [grant.valid_to for grant in user.grants[:2]] == [today() - timedelta(days=1)] * 2
    assert queries.signed_in(token) is None


def test_moving_keeps_roles_of_the_whole_office() -> None:
    admin = make_user(Role.ADMIN)
    user = opened(roles=[Role.STAFF, Role.OFFICE])

    operations.move(user, make_unit(), by=admin)

    assert user.has_role(Role.OFFICE)


def test_nobody_moves_into_a_closed_unit() -> None:
    closed = make_unit(valid_to=date(2022, 12, 31))

    with pytest.raises(Conflict):
        operations.move(make_user(), closed, by=make_user(Role.ADMIN))


def test_disabled_account_is_signed_out_and_cannot_come_back_until_enabled() -> None:
    user, admin = make_user(username="canbo", password=PASSWORD), make_user(Role.ADMIN)
    with unit_of_work():
        token = open_sign_in(user, "").session_token

    operations.disable(user, by=admin)
    db.session.commit()
    with pytest.raises(Invalid):
        operations.sign_in("canbo", PASSWORD, address="")

    operations.enable(user, by=admin)
    db.session.commit()
    assert operations.sign_in("canbo", PASSWORD, address="") == user
    assert queries.signed_in(token) is None


def test_nobody_locks_their_own_account() -> None:
    make_user(Role.ADMIN)
    admin = make_user(Role.ADMIN)

    with pytest.raises(NotAllowed):
        operations.disable(admin, by=admin)


def test_language_is_chosen_by_its_reader_alone() -> None:
    user, other = make_user(), make_user()

    with pytest.raises(NotAllowed):
        operations.choose_language(user, by=other, locale="en")
    operations.choose_language(user, by=user, locale="en")

    assert user.locale == "en"


def admin_of_office() -> User:
    return make_user(Role.ADMIN)


def test_last_administrator_cannot_be_locked_by_anybody() -> None:
    admin = admin_of_office()

    with pytest.raises(Conflict):
        operations.disable(admin, by=None)


def test_last_administrator_cannot_lose_the_role() -> None:
    admin = admin_of_office()

    with pytest.raises(Conflict):
        operations.revoke_role(admin.grants[0], by=admin)


def test_administrator_for_a_time_does_not_count_as_another() -> None:
    admin = admin_of_office()
    deputy = make_user()
    operations.grant_role(deputy, Role.ADMIN, by=admin, until=today() + timedelta(days=30))
    db.session.commit()

    with pytest.raises(Conflict):
        operations.revoke_role(admin.grants[0], by=admin)


def test_locked_administrator_does_not_count_as_another() -> None:
    admin, other = admin_of_office(), admin_of_office()
    operations.disable(other, by=admin)
    db.session.commit()

    with pytest.raises(Conflict):
        operations.revoke_role(admin.grants[0], by=admin)


def test_one_of_two_administrators_may_go() -> None:
    admin, other = admin_of_office(), admin_of_office()

    operations.revoke_role(other.grants[0], by=admin)

    assert not other.has_role(Role.ADMIN)


def test_two_administrators_who_lock_each_other_at_once_leave_one(app: Flask) -> None:
    first, second = admin_of_office(), admin_of_office()
    pairs = [(first.id, second.id), (second.id, first.id)]
    start = threading.Barrier(2)
    db.session.commit()

    def lock(by_id: int, user_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    operations.disable(db.session.get(User, user_id), by=db.session.get(User, by_id))
            except DomainError:
                pass
            finally:
                db.session.remove()

    threads = [threading.Thread(target=lock, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.expire_all()
    assert [user.is_active for user in (first, second)].count(True) == 1


def test_grant_holds_within_its_period_alone() -> None:
    user, admin = make_user(), make_user(Role.ADMIN)
    since, until = today() + timedelta(days=2), today() + timedelta(days=5)

    grant = operations.grant_role(user, Role.REVIEWER, by=admin, since=since, until=until)

    days = [since - timedelta(days=1), since, until, until + timedelta(days=1)]
    assert [grant.is_valid(day) for day in days] == [False, True, True, False]
    assert not user.has_role(Role.REVIEWER)


def test_grant_ends_the_sign_ins() -> None:
    user, admin = make_user(), make_user(Role.ADMIN)
    with unit_of_work():
        token = open_sign_in(user, "").session_token

    operations.grant_role(user, Role.LEADER, by=admin)

    assert queries.signed_in(token) is None


def test_head_of_two_units_holds_two_grants() -> None:
    first, second, admin = make_unit(), make_unit(), make_user(Role.ADMIN)
    user = make_user(Role.DEPT_HEAD, unit=first)

    operations.grant_role(user, Role.DEPT_HEAD, by=admin, unit=second)

    assert [user.heads(unit.id) for unit in (first, second)] == [True, True]


@pytest.mark.parametrize(
    ("since", "until"),
    [(LONG_AGO, None), (LONG_AGO - timedelta(days=9), LONG_AGO), (today(), today())],
)
def test_same_role_in_overlapping_periods_is_refused(since: date, until: date | None) -> None:
    user, admin = make_user(Role.STAFF), make_user(Role.ADMIN)

    with pytest.raises(Conflict):
        operations.grant_role(user, Role.STAFF, by=admin, since=since, until=until)


def test_period_that_ends_before_it_begins_is_refused() -> None:
    user, admin = make_user(), make_user(Role.ADMIN)

    with pytest.raises(Invalid):
        operations.grant_role(user, Role.LEADER, by=admin, until=today() - timedelta(days=1))


def test_role_given_today_by_mistake_leaves_no_grant_behind() -> None:
    user, admin = make_user(), make_user(Role.ADMIN)
    grant = operations.grant_role(user, Role.LEADER, by=admin)
    db.session.commit()

    operations.revoke_role(grant, by=admin)
    db.session.commit()

    assert [grant.role for grant in user.grants] == [Role.STAFF]
    assert [event.name for event in audit.of(user)] == ["account.role_granted", "account.role_revoked"]
