"""Whole numbers as they arrive from outside: typed, posted, in addresses."""

from typing import Any


def whole(typed: Any, *, digits: int = 9) -> int | None:
    """Return a whole number that was typed with at most so many digits; None if it is none.

    `str.isdigit` alone lets "²" through, and numbers that no column holds.

    >>> whole(" 12 "), whole("²"), whole("-1"), whole("9" * 30), whole(None)
    (12, None, None, None, None)
    """
    text = str(typed if typed is not None else "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
