"""A text beside its original: every character knows where it came from."""

import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from cchc_portal.directives.reading.parts import Certainty, Found, Span

T = TypeVar("T")
Replacement = str | Callable[[re.Match[str]], str]
Edit = tuple[int, int, str]  # from, up to, and what stands there instead


@dataclass(frozen=True)
class Source:
    """Normalised text whose character `i` stands for `starts[i]` up to `ends[i]` of the original."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    @classmethod
    def of(cls, original: str) -> "Source":
        """Return the original as its own normal form."""
        return cls(original, array("q", range(len(original))), array("q", range(1, len(original) + 1)))

    def substitute(self, pattern: re.Pattern[str], replacement: Replacement) -> "Source":
        """Return the source with every match replaced; what is put in points at what it replaces.

        A group called "cut" narrows what is replaced to itself.
        """
        group = "cut" if "cut" in pattern.groupindex else 0
        return self.replace(
            (
                *match.span(group),
                match.expand(replacement) if isinstance(replacement, str) else replacement(match),
            )
            for match in pattern.finditer(self.text)
        )

    def replace(self, edits: Iterable[Edit]) -> "Source":
        """Return the source with stretches replaced; they come in order and do not overlap."""
        pieces: list[str] = []
        starts, ends = array("q"), array("q")
        at = 0
        for start, end, new in edits:
            first, last = self._edges(start, end)
            pieces += [self.text[at:start], new]
            starts += self.starts[at:start] + array("q", [first]) * len(new)
            ends += self.ends[at:start] + array("q", [last]) * len(new)
            at = end
        pieces.append(self.text[at:])
        return Source("".join(pieces), starts + self.starts[at:], ends + self.ends[at:])

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the original, without blanks at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(*self._edges(start, end))

    def found(self, start: int, end: int, value: T, certainty: Certainty = Certainty.SURE) -> Found[T]:
        """Return a value with its place."""
        return Found(value, self.span(start, end), certainty)

    def _edges(self, start: int, end: int) -> tuple[int, int]:
        if start < end:
            return self.starts[start], self.ends[end - 1]
        if start < len(self.starts):
            return self.starts[start], self.starts[start]
        last = self.ends[-1] if self.ends else 0
        return last, last


@dataclass(frozen=True)
class Line:
    """One line of the normalised text and where it stands there."""

    text: str
    start: int
    end: int


def lines(source: Source, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines between two places, blank ones too."""
    found, at = [], start
    for text in source.text[start:end].split("\n"):
        found.append(Line(text, at, at + len(text)))
        at += len(text) + 1
    return found
