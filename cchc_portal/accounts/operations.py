"""Signing in and out, passwords, accounts, roles and units."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete

from cchc_portal import audit
from cchc_portal.accounts import passwords, queries
from cchc_portal.accounts.models import Role, RoleGrant, SignIn, SignInTry, Unit, UnitFunction, User
from cchc_portal.accounts.rules import can_administer, can_change_password
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db, kept_apart
from cchc_portal.core.errors import Conflict, Invalid, TooMany, require
from cchc_portal.core.i18n import N_

TRIES, WINDOW_MINUTES = 10, 5
SIGN_IN_HOURS = 12

REFUSED = N_("Tên đăng nhập hoặc mật khẩu không đúng.")
TOO_MANY = N_("Đăng nhập sai quá nhiều lần. Vui lòng đợi 5 phút rồi thử lại.")


def sign_in(username: str, password: str, *, address: str, browser: str = "") -> User:
    """Sign a person in and return the person with the token of the new sign-in.

    Unknown accounts, wrong passwords and disabled accounts get the same answer after the same
    time. Failed tries are kept even though the request is refused.

    Raises:
        TooMany: 10 tries within 5 minutes failed for the account or from the address.
        Invalid: name or password is wrong.
    """
    name = username.strip().lower()[:60]
    if max(queries.failed_tries(username=name, address=address, minutes=WINDOW_MINUTES)) >= TRIES:
        raise TooMany(TOO_MANY, retry_after=WINDOW_MINUTES * 60)
    user = queries.by_username(name)
    if (
        not passwords.matches(password, user.password_hash if user else "")
        or user is None
        or not user.is_active
    ):
        _note_failure(user, name, address)
        raise Invalid({"": REFUSED})
    db.session.execute(delete(SignInTry).where(SignInTry.username == name))
    return _open_sign_in(user, browser)


def sign_out(user: User, *, by: User) -> User:
    """End the sign-in with which the person came."""
    require(user.id == by.id)
    db.session.execute(delete(SignIn).where(SignIn.token_hash == queries.token_hash(user.session_token)))
    audit.record("account.signed_out", on=user, by=by)
    return user


def sign_out_everywhere(user: User, *, by: User) -> User:
    """End every sign-in of a person, in all browsers."""
    require(user.id == by.id or can_administer(by))
    _end_sign_ins(user)
    audit.record("account.signed_out_everywhere", on=user, by=by)
    return user


def change_password(user: User, *, by: User, current: str, new: str) -> User:
    """Give oneself another password; ends all sign-ins and opens a new one for this browser.

    Raises:
        Invalid: the current password is wrong or the new one too weak.
    """
    require(can_change_password(by, user))
    if not passwords.matches(current, user.password_hash):
        raise Invalid({"current": N_("Mật khẩu hiện tại không đúng.")})
    if current == new:
        raise Invalid({"new": N_("Mật khẩu mới phải khác mật khẩu hiện tại.")})
    _set_password(user, new, must_change=False, field="new")
    _end_sign_ins(user)
    audit.record("account.password_changed", on=user, by=by)
    return _open_sign_in(user, "")


def choose_language(user: User, *, by: User, locale: str) -> User:
    """Keep the language in which the person reads the portal."""
    require(user.id == by.id)
    user.locale = locale
    audit.record("account.language_chosen", on=user, by=by)
    return user


def reset_password(user: User, *, by: User | None, new: str) -> User:
    """Give a person a password that must be changed at the next sign-in; ends all sign-ins.

    `by` is None for whoever runs commands on the server.
    """
    require(by is None or can_administer(by))
    _set_password(user, new, must_change=True, field="new")
    _end_sign_ins(user)
    audit.record("account.password_reset", on=user, by=by)
    return user


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
    """Open an account with roles in its unit.

    Raises:
        Invalid: the name is taken or unusable, or the password too weak.
    """
    require(by is None or can_administer(by))
    name = username.strip().lower()
    _check_username(name)
    user = User(username=name, full_name=full_name, unit=unit, job_title=job_title, email=email)
    _set_password(user, password, must_change=must_change_password, field="password")
    user.grants = [RoleGrant(role=role, unit=unit) for role in roles]
    db.session.add(user)
    audit.record("account.opened", on=user, by=by, roles=[role.value for role in roles])
    return user


def disable(user: User, *, by: User | None) -> User:
    """Close an account: nobody can sign in with it, what it did stays."""
    require(by is None or (can_administer(by) and by.id != user.id))
    user.disabled_at = now()
    _end_sign_ins(user)
    audit.record("account.disabled", on=user, by=by)
    return user


def enable(user: User, *, by: User) -> User:
    """Open a disabled account again."""
    require(can_administer(by))
    user.disabled_at = None
    audit.record("account.enabled", on=user, by=by)
    return user


def grant_role(
    user: User, role: Role, *, by: User, unit: Unit | None = None, since: date | None = None
) -> RoleGrant:
    """Give a person a role in a unit (None: the whole office) from a day on; ends the sign-ins.

    Raises:
        Conflict: the person holds it already.
    """
    require(can_administer(by))
    day = since or today()
    if any(grant.role is role and grant.unit == unit and grant.is_valid(day) for grant in user.grants):
        raise Conflict(N_("Người này đã có vai trò đó."))
    grant = RoleGrant(user=user, role=role, unit=unit, valid_from=day)
    db.session.add(grant)
    _end_sign_ins(user)
    audit.record("account.role_granted", on=user, by=by, role=role.value, unit_id=unit.id if unit else None)
    return grant


def revoke_role(grant: RoleGrant, *, by: User) -> RoleGrant:
    """End a role yesterday, so that it no longer holds today; ends the sign-ins."""
    require(can_administer(by))
    grant.valid_to = max(grant.valid_from, today() - timedelta(days=1))
    if grant.is_valid(today()):  # given today by mistake: it never held
        grant.user.grants.remove(grant)
    _end_sign_ins(grant.user)
    audit.record("account.role_revoked", on=grant.user, by=by, role=grant.role.value)
    return grant


def found_unit(
    code: str, *, by: User | None, name: str, functions: Sequence[str] = (), **columns: object
) -> Unit:
    """Add a unit with its functions.

    Args:
        code: short and unique for all times.
        by: the administrator; None for commands on the server.
        name: full name.
        functions: lines of work that letters may address.
        columns: further columns of `Unit`.

    Raises:
        Invalid: the code is taken.
    """
    require(by is None or can_administer(by))
    if queries.unit_by_code(code):
        raise Invalid({"code": N_("Mã bộ phận này đã được dùng.")})
    unit = Unit(code=code, name=name, **columns)
    unit.functions = [UnitFunction(name=function) for function in functions]
    db.session.add(unit)
    audit.record("unit.founded", on=unit, by=by)
    return unit


def _note_failure(user: User | None, name: str, address: str) -> None:
    with kept_apart():
        db.session.add(SignInTry(username=name, address=address[:60]))
        if user is not None:
            audit.record("account.sign_in_refused", on=user, by=None)


def _open_sign_in(user: User, browser: str) -> User:
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            user=user,
            token_hash=queries.token_hash(token),
            expires_at=now() + timedelta(hours=SIGN_IN_HOURS),
            browser=browser[:200],
        ),
    )
    audit.record("account.signed_in", on=user, by=user)
    user.session_token = token
    return user


def _end_sign_ins(user: User) -> None:
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def _set_password(user: User, password: str, *, must_change: bool, field: str) -> None:
    if why := passwords.weakness(password, username=user.username):
        raise Invalid({field: why})
    user.password_hash = passwords.hashed(password)
    user.must_change_password = must_change


def _check_username(name: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    if not name or len(name) > 60 or not set(name) <= allowed:  # noqa: PLR2004  the column's length
        raise Invalid({"username": N_("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm và gạch.")})
    if queries.by_username(name):
        raise Invalid({"username": N_("Tên đăng nhập này đã có người dùng.")})
