"""What is kept of a query: its words as they are compared, and nothing that points to a person."""

import hashlib
import hmac
import re

from cchc_portal.core.text import clean_line
from cchc_portal.search.statistics.models import LONGEST_TERM

# Numbers of citizens have 9 or 12 digits, of telephones 10 or 11, however they are grouped: "(0912) 345-678".
_PERSONAL = re.compile(r"(?:\d[\W_]{0,3}){9}|@")
_MARK_LETTERS = 12


def term_of(q: str) -> str:
    """Return a query as it is counted; "" for one that may name a person by a number or an address.

    >>> term_of("  Mã   QR "), term_of("0912.345.678"), term_of("124/UBND-NV")
    ('mã qr', '', '124/ubnd-nv')
    """
    words = clean_line(q).lower()
    return "" if _PERSONAL.search(words) else words[:LONGEST_TERM].strip()


def mark_of(user_id: int, *, month: str, secret: str) -> str:
    """Return what tells two people apart within a month, and nothing beyond it."""
    said = f"search-statistics:{month}:{user_id}".encode()
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()[:_MARK_LETTERS]
