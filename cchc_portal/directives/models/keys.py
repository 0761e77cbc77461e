"""What letters are compared and found by: folded numbers, issuers and texts."""

import re
from hashlib import sha256

from cchc_portal.core.text import fold_name, nfc

LONGEST_TEXT = 300_000  # letters of a body that the register looks through; some hundred pages
_ABBREVIATED = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("van phong", "vp"))
_ZEROS = re.compile(r"\b0+(?=\d)")


def code_key(code: str) -> str:
    """Return number and symbol for comparison, however they are written.

    >>> code_key("01-NQ/TU"), code_key("124 / ubnd–nv")
    ('1 nq tu', '124 ubnd nv')
    """
    return _ZEROS.sub("", fold_name(code))


def issuer_key(issuer: str) -> str:
    """Return the name of a body for comparison: folded, and as short as offices write it.

    >>> issuer_key("ỦY BAN NHÂN DÂN THỊ XÃ"), issuer_key("UBND thị xã")
    ('ubnd thi xa', 'ubnd thi xa')
    """
    key = fold_name(issuer)
    for whole, short in _ABBREVIATED:
        key = key.replace(whole, short)
    return key


def is_same_issuer(one: str, other: str) -> bool:
    """Say whether two names may mean the same body: "UBND thị xã" is said of "UBND thị xã Hồng Lĩnh" as well."""
    words, others = set(issuer_key(one).split()), set(issuer_key(other).split())
    return words <= others or others <= words


def searched(*parts: str) -> str:
    """Return what the register looks through: words and numbers as in `code_key`, a blank before each."""
    return " " + " ".join(code_key(part[:LONGEST_TEXT]) for part in parts if part)


def text_key(text: str) -> str:
    """Return a mark that two letters share if they say the same, whatever lies between the words; "" for no text."""
    words = " ".join(nfc(text).split())
    return sha256(words.encode("utf-8", "replace")).hexdigest() if words else ""
