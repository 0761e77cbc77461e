"""Keyset pages: the next page begins after the last row, so depth costs nothing."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from cchc_portal.core.errors import NotFound

PAGE_SIZE = 20
LARGEST = 2**53  # what numbers in JSON carry exactly, and moments in microseconds for centuries
_T = TypeVar("_T")


@dataclass(frozen=True)
class Page(Generic[_T]):
    """Rows of one page and the mark after which the next begins ("" on the last)."""

    rows: Sequence[_T]
    next_mark: str = ""
    is_first: bool = True


def cut(
    rows: Sequence[_T], *, key: Callable[[_T], Sequence[Any]], size: int, is_first: bool = True
) -> Page[_T]:
    """Make a page of `size` rows out of `size + 1` fetched ones.

    Args:
        rows: one more than a page shows, if there are that many.
        key: the sorting values of a row, plain numbers and strings.
        size: rows per page.
        is_first: whether nothing comes before.
    """
    if len(rows) <= size:
        return Page(rows, is_first=is_first)
    shown = rows[:size]
    return Page(shown, mark(key(shown[-1])), is_first)


def mark(values: Sequence[Any]) -> str:
    """Return sorting values as a word for an address."""
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def unmark(word: str, *, kinds: Sequence[type]) -> tuple[Any, ...]:
    """Return the sorting values behind a mark.

    Raises:
        NotFound: the word was made up or belongs to another order.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise NotFound from error
    if not isinstance(values, list) or [type(value) for value in values] != list(kinds):
        raise NotFound
    if not all(map(_fits, values)):
        raise NotFound
    return tuple(values)


def _fits(value: Any) -> bool:
    """Say whether databases take a value: numbers that clocks take too, text without NUL and half letters."""
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return not any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in value)
