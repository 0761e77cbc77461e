"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 6_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text: in both, only in the older ("removed") or only in the newer ("added")."""

    kind: Literal["same", "removed", "added"]
    text: str


def differences(older: str, newer: str) -> list[Piece]:
    """Return the pieces of both texts in reading order.

    Very long texts are compared line by line, which is rougher and stays quick.
    """
    if older == newer:
        return [Piece("same", newer)] if newer else []
    before, after = _split(older), _split(newer)
    if len(before) + len(after) > MOST_WORDS:
        before, after = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    return [piece for piece in _pieces(before, after) if piece.text]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for step, start, end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            yield Piece("same", "".join(after[new_start:new_end]))
            continue
        yield Piece("removed", "".join(before[start:end]))
        yield Piece("added", "".join(after[new_start:new_end]))


def _split(text: str) -> list[str]:
    return _WORDS.findall(text)
