"""Vietnamese office prose out of a small grammar, the same for the same source of chance."""

import re
from functools import cache
from random import Random
from typing import Any

from cchc_portal.cli.demo.data import read_data

# Chosen once per initiative, so that its paragraphs speak of the same thing.
KEPT = ("tool", "place", "staff", "people")
_SLOT = re.compile(r"\{([^}]+)\}")

Piece = tuple[str, str]


class Writer:
    """Writes about one subject.

    Args:
        chance: where every choice comes from.
    """

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.topic: dict[str, Any] = chance.choice(_topics())
        self._kept: dict[str, str] = {"procedure": chance.choice(self.topic["procedure"])}
        for slot in KEPT:
            self._kept[slot] = self.write(slot)

    def write(self, symbol: str) -> str:
        """Return a text the grammar allows for a symbol, or a number for a range such as "2..5"."""
        if symbol in self._kept:
            return self._kept[symbol]
        if ".." in symbol:
            low, high = symbol.split("..")
            return str(self._chance.randint(int(low), int(high)))
        pieces = self._chance.choice(_rules()[symbol])
        return "".join(text + (self.write(slot) if slot else "") for text, slot in pieces)


@cache
def _topics() -> list[dict[str, Any]]:
    topics: list[dict[str, Any]] = read_data("grammar.json")["topics"]
    return topics


@cache
def _rules() -> dict[str, list[list[Piece]]]:
    grammar = read_data("grammar.json")
    return {symbol: [_pieces(form) for form in grammar[symbol]] for symbol in grammar if symbol != "topics"}


def _pieces(form: str) -> list[Piece]:
    """Return "Sau {3..12} tháng" as text and slot in turn: [("Sau ", "3..12"), (" tháng", "")]."""
    parts = [*_SLOT.split(form), ""]
    return list(zip(parts[::2], parts[1::2], strict=True))
