"""Passwords: argon2id, length instead of composition rules (OWASP ASVS 5.0, 6.2)."""

from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold, nfc

SHORTEST, LONGEST = 8, 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's minimum for argon2id


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return _hasher.hash(nfc(password))


def matches(password: str, stored: str) -> bool:
    """Say whether a password is the stored one; takes the same time if there is none stored."""
    try:
        return _hasher.verify(stored or _nobody(), nfc(password)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def weakness(password: str, *, username: str) -> str:
    """Return why a password is refused, in Vietnamese; "" if it is good enough."""
    if len(password) < SHORTEST:
        return N_("Mật khẩu cần ít nhất 8 ký tự; nên dùng từ 12 ký tự trở lên.")
    if len(password) > LONGEST:
        return N_("Mật khẩu dài nhất 128 ký tự.")
    if fold(password) in _common() or fold(username) in fold(password):
        return N_("Mật khẩu này quá dễ đoán. Vui lòng chọn mật khẩu khác.")
    return ""


@cache
def _nobody() -> str:
    return _hasher.hash("no account has this password")


@cache
def _common() -> frozenset[str]:
    listed = files("cchc_portal.accounts").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(listed.split())
