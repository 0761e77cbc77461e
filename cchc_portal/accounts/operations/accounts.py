"""Opening, correcting, closing accounts."""

from collections.abc import Sequence

from cchc_portal import audit
from cchc_portal.accounts import queries
from cchc_portal.accounts.checks import check_person
from cchc_portal.accounts.models import Role, RoleGrant, Unit, User
from cchc_portal.accounts.operations.roles import move, require_another_administrator, unit_of
from cchc_portal.accounts.operations.secrets import set_password
from cchc_portal.accounts.operations.sign_ins import end_sign_ins
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_


def open_account(
    username: str,
    *,
    by: User | None,
    full_name: str,
    password: str,
    unit: Unit | None = None,
    job_title: str = "",
    email: str = "",
    roles: Sequence[Role] = (Role.STAFF,),
    must_change_password: bool = True,
) -> User:
    """Open an account with roles; staff and heads hold theirs in its unit.

    Raises:
        Invalid: the name is taken or unusable, the password too weak, other columns unfit.
    """
    require(by is None or can_administer(by))
    name = username.strip().lower()
    if queries.by_username(name):
        raise Invalid({"username": N_("Tên đăng nhập này đã có người dùng.")})
    user = new_account(name, full_name=full_name, unit=unit, job_title=job_title, email=email, roles=roles)
    set_password(user, password, must_change=must_change_password, field="password")
    return keep_account(user, by=by)


def correct_account(
    user: User, *, by: User | None, full_name: str, job_title: str, email: str, unit: Unit | None
) -> User:
    """Write a person's data anew; another unit moves the person there.

    Raises:
        Invalid: a column is unfit.
        Conflict: the unit is closed.
    """
    require(by is None or can_administer(by))
    check_person(user.username, full_name=full_name, job_title=job_title, email=email)
    wanted = {"full_name": full_name, "job_title": job_title, "email": email}
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        audit.record("account.corrected", on=user, by=by, fields=changed)
    return user if user.unit == unit else move(user, unit, by=by)


def disable(user: User, *, by: User | None) -> User:
    """Close an account: nobody can sign in with it, what it did stays.

    Raises:
        Conflict: it is the last administrator.
    """
    require(by is None or can_administer(by))
    require(by is None or by.id != user.id, N_("Bạn không thể khóa tài khoản của chính mình."))
    require_another_administrator(user)
    user.disabled_at = now()
    end_sign_ins(user)
    audit.record("account.disabled", on=user, by=by)
    return user


def enable(user: User, *, by: User | None) -> User:
    """Open a disabled account again."""
    require(by is None or can_administer(by))
    user.disabled_at = None
    audit.record("account.enabled", on=user, by=by)
    return user


def choose_language(user: User, *, by: User, locale: str) -> User:
    """Keep the language in which the person reads the portal."""
    require(user.id == by.id)
    user.locale = locale
    audit.record("account.language_chosen", on=user, by=by)
    return user


def new_account(
    username: str,
    *,
    full_name: str,
    unit: Unit | None,
    job_title: str,
    email: str,
    roles: Sequence[Role],
) -> User:
    """Build an account for the other operations, not yet kept and without a password.

    Raises:
        Invalid: a column is unfit.
    """
    check_person(username, full_name=full_name, job_title=job_title, email=email)
    user = User(username=username, full_name=full_name, unit=unit, job_title=job_title, email=email)
    user.grants = [RoleGrant(role=role, unit=unit_of(role, unit)) for role in roles]
    return user


def keep_account(user: User, *, by: User | None) -> User:
    """Keep a new account for the other operations."""
    db.session.add(user)
    audit.record("account.opened", on=user, by=by, roles=[grant.role.value for grant in user.grants])
    return user
