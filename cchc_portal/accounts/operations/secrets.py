"""Changing and handing out passwords."""

from cchc_portal import audit
from cchc_portal.accounts import passwords
from cchc_portal.accounts.models import User
from cchc_portal.accounts.operations.sign_ins import (
    admit,
    end_sign_ins,
    forget_tries,
    note_failure,
    open_sign_in,
)
from cchc_portal.accounts.rules import can_administer, can_change_password
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_


def change_password(
    user: User, *, by: User, current: str, new: str, address: str = "", browser: str = ""
) -> User:
    """Give oneself another password; ends all sign-ins and opens a new one for this browser.

    Whoever sits at a browser that was left signed in may guess no more often than at the sign-in.

    Raises:
        TooMany: 10 tries within 5 minutes failed for the account or from the address.
        Invalid: the current password is wrong or the new one too weak.
    """
    require(can_change_password(by, user))
    attempt, user_id, stored = admit(user.username, address[:60]), user.id, user.password_hash
    let_others_write()  # hashing is slow on purpose
    if not passwords.matches(current, stored):
        note_failure(attempt, user_id)
        raise Invalid({"current": N_("Mật khẩu hiện tại không đúng.")})
    if current == new:
        raise Invalid({"new": N_("Mật khẩu mới phải khác mật khẩu hiện tại.")})
    set_password(user, new, must_change=False, field="new")
    forget_tries(user.username)
    end_sign_ins(user)
    audit.record("account.password_changed", on=user, by=by)
    return open_sign_in(user, browser)


def reset_password(user: User, *, by: User | None, new: str) -> User:
    """Give a person a password that must be changed at the next sign-in; ends all sign-ins.

    `by` is None for whoever runs commands on the server.

    Raises:
        Invalid: the password is too weak.
    """
    require(by is None or can_administer(by))
    set_password(user, new, must_change=True, field="new")
    end_sign_ins(user)
    audit.record("account.password_reset", on=user, by=by)
    return user


def set_password(user: User, password: str, *, must_change: bool, field: str) -> None:
    """Store a password for the other operations; a weak one is refused at `field`.

    Raises:
        Invalid: the password is too weak.
    """
    if why := passwords.weakness(password, username=user.username):
        raise Invalid({field: why})
    user.password_hash = passwords.hashed(password)
    user.must_change_password = must_change
