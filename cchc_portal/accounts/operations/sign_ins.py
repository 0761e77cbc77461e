"""Signing in and out."""

import secrets
from datetime import timedelta

from sqlalchemy import delete

from cchc_portal import audit
from cchc_portal.accounts import demo, passwords, queries
from cchc_portal.accounts.models import AccountSheet, SignIn, SignInTry, User
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, kept_apart, let_others_write
from cchc_portal.core.errors import Invalid, TooMany, require
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import nfc
from cchc_portal.jobs import job

TRIES, WINDOW_MINUTES = 10, 5
SIGN_IN_HOURS = 12
KEPT_DAYS = 1  # failed tries and sheets nobody imported

REFUSED = N_("Tên đăng nhập hoặc mật khẩu không đúng.")
TOO_MANY = N_("Đăng nhập sai quá nhiều lần. Vui lòng đợi 5 phút rồi thử lại.")


def sign_in(
    username: str,
    password: str,
    *,
    address: str,
    browser: str = "",
    instead_of: str = "",
    is_demonstration: bool = False,
) -> User:
    """Sign a person in and return the person with the token of the new sign-in.

    Unknown accounts, wrong passwords and disabled accounts get the same answer after the same
    time. Every try is committed before its password is looked at, so that tries made at once
    are counted as well.

    Args:
        username: the account, in any case.
        password: what was typed.
        address: network address of the browser.
        browser: how the browser describes itself.
        instead_of: token of the sign-in this browser had so far; it ends.
        is_demonstration: whether the password that everybody knows opens accounts.

    Raises:
        TooMany: 10 tries within 5 minutes failed for the account or from the address.
        Invalid: name or password is wrong.
    """
    name = username.strip().lower()[:60]
    attempt = admit(name, address[:60])
    user = queries.by_username(name)
    user_id, stored = (user.id, user.password_hash) if user else (None, "")
    let_others_write()  # hashing is slow on purpose
    matches = passwords.matches(password, stored) and (is_demonstration or nfc(password) != demo.PASSWORD)
    if not matches or user is None or not user.is_active:
        note_failure(attempt, user_id)
        raise Invalid({"": REFUSED})
    forget_tries(name)
    _end_sign_in(instead_of)
    return open_sign_in(user, browser)


def sign_out(user: User, *, by: User) -> User:
    """End the sign-in with which the person came."""
    require(user.id == by.id)
    _end_sign_in(by.session_token)
    audit.record("account.signed_out", on=user, by=by)
    return user


def sign_out_browser(found: SignIn, *, by: User) -> SignIn:
    """End one sign-in of one's own, in another browser say."""
    require(found.user_id == by.id)
    db.session.delete(found)
    audit.record("account.signed_out", on=by, by=by)
    return found


def sign_out_everywhere(user: User, *, by: User) -> User:
    """End every sign-in of a person, in all browsers."""
    require(user.id == by.id or can_administer(by))
    end_sign_ins(user)
    audit.record("account.signed_out_everywhere", on=user, by=by)
    return user


@job
def forget_what_expired() -> None:
    """Delete sign-ins that are over, old tries to sign in and old sheets; the worker calls it."""
    old = now() - timedelta(days=KEPT_DAYS)
    with kept_apart():
        db.session.execute(delete(SignIn).where(SignIn.expires_at < now()))
        db.session.execute(delete(SignInTry).where(SignInTry.at < old))
        db.session.execute(delete(AccountSheet).where(AccountSheet.created_at < old))


def open_sign_in(user: User, browser: str) -> User:
    """Begin a sign-in for the other operations; its token stands on the person."""
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


def end_sign_ins(user: User) -> None:
    """End every sign-in of a person for the other operations."""
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def admit(name: str, address: str) -> int:
    """Return the number of a try at a password, kept for good, for the other operations.

    Raises:
        TooMany: there were too many; it leaves no trace.
    """
    of_account, from_address = queries.tries(username=name, address=address, minutes=WINDOW_MINUTES)
    if of_account >= TRIES or from_address >= TRIES:
        raise TooMany(TOO_MANY, retry_after=WINDOW_MINUTES * 60)
    with kept_apart():
        attempt = SignInTry(username=name, address=address)
        db.session.add(attempt)
        db.session.flush()
        number = attempt.id
    if queries.tries(username=name, address=address, minutes=WINDOW_MINUTES)[0] > TRIES:
        raise TooMany(TOO_MANY, retry_after=WINDOW_MINUTES * 60)
    return number


def note_failure(number: int, user_id: int | None) -> None:
    """Keep that a try has failed, for the other operations."""
    with kept_apart():
        attempt = db.session.get(SignInTry, number)
        if attempt is not None:  # a sign-in of the same account at the same time took it along
            attempt.has_failed = True
            audit.record("account.sign_in_refused", on=attempt, by=None, user_id=user_id)


def forget_tries(name: str) -> None:
    """Forget the tries at the password of an account whose owner knew it, for the other operations."""
    db.session.execute(delete(SignInTry).where(SignInTry.username == name))


def _end_sign_in(token: str) -> None:
    db.session.execute(delete(SignIn).where(SignIn.token_hash == queries.token_hash(token)))
