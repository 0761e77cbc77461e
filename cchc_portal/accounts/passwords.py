"""Passwords: argon2id, length instead of composition rules (OWASP ASVS 5.0, 6.2)."""

import secrets
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold, nfc

SHORTEST, LONGEST = 8, 128
TELLING = 4  # letters from which on a name inside a password is no accident

# No letters and digits that look alike on paper; 12 of 31 are 59 bits.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
# What nobody's password is compared with, so that an unknown account costs the same time.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IG5vYm9keSBubw$9Nf2Dq0xX6mK0mOe8mZkzq2E0gJ1cQ0r6mV4p0fJt2E"
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's minimum for argon2id


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return _hasher.hash(nfc(password))


def matches(password: str, stored: str) -> bool:
    """Say whether a password is the stored one; takes the same time if there is none stored."""
    try:
        return _hasher.verify(stored or _NOBODY, nfc(password)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def generated() -> str:
    """Return a password to hand out on paper, such as "k7mp-x2rt-9wqh"."""
    letters = "".join(secrets.choice(_LEGIBLE) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def weakness(password: str, *, username: str) -> str:
    """Return why a password is refused, in Vietnamese; "" if it is good enough."""
    if len(password) < SHORTEST:
        return N_("Mật khẩu cần ít nhất 8 ký tự; nên dùng từ 12 ký tự trở lên.")
    if len(password) > LONGEST:
        return N_("Mật khẩu dài nhất 128 ký tự.")
    named = len(username) >= TELLING and fold(username) in fold(password)
    if named or fold(password) in _common():
        return N_("Mật khẩu này quá dễ đoán. Vui lòng chọn mật khẩu khác.")
    return ""


@cache
def _common() -> frozenset[str]:
    listed = files("cchc_portal.accounts").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(map(fold, listed.split()))
