"""The terms under which a text is filed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cchc_portal.search.analysis.dictionary import Dictionary, Equivalence
from cchc_portal.search.analysis.words import Word, leading_parts, numbers, words


@dataclass(slots=True)
class Fields:
    """Terms of a text, repeated as often as they occur.

    Args:
        folded: words without diacritics, document numbers, the words of equivalents.
        canonical: the same with diacritics.
        bigrams: pairs of neighbouring words without diacritics, `cai_cach`.
    """

    folded: list[str] = field(default_factory=list)
    canonical: list[str] = field(default_factory=list)
    bigrams: list[str] = field(default_factory=list)

    def add(self, run: Sequence[Word]) -> None:
        """File a run of neighbouring words."""
        self.folded += [word.folded for word in run]
        self.canonical += [word.canonical for word in run]
        self.bigrams += pairs(run)


def analyse(pieces: Iterable[str], dictionary: Dictionary) -> Fields:
    """Return the terms of some texts in NFC; words of different lines are no neighbours.

    Every phrase of the dictionary is filed under its equivalents too, joined to the words around
    it, so that a query needs no expansion.
    """
    fields = Fields()
    for line in (line for piece in pieces for line in piece.split("\n")):
        _file_line(fields, line, dictionary)
    return fields


def column_text(pieces: Iterable[str], dictionary: Dictionary) -> str:
    """Return the same as one text, in which LIKE finds words and phrases between blanks.

    >>> column_text(["Hoà giải", "Ý"], Dictionary())
    ' hoa giai . y '
    """
    runs = [words(line) for piece in pieces for line in piece.split("\n")]
    sayings = [
        [*run[max(0, found.start - 1) : found.start], *other, *run[found.end : found.end + 1]]
        for run in runs
        for found in dictionary.within(run)
        for other in found.others
    ]
    lines = (" ".join(word.folded for word in run) for run in (*runs, *sayings) if run)
    return f" {' . '.join(lines)} "


def pairs(run: Sequence[Word]) -> list[str]:
    """Return the pairs of neighbours in a run of words."""
    return [f"{first.folded}_{second.folded}" for first, second in pairwise(run)]


def _file_line(fields: Fields, line: str, dictionary: Dictionary) -> None:
    run = words(line)
    fields.add(run)
    for found in dictionary.within(run):
        _file_equivalents(fields, run, found)
    for number in numbers(line):
        parts = leading_parts(number)
        fields.folded += parts
        fields.canonical += parts


def _file_equivalents(fields: Fields, run: Sequence[Word], found: Equivalence) -> None:
    before = run[max(0, found.start - 1) : found.start]
    after = run[found.end : found.end + 1]
    for other in found.others:
        fields.folded += [word.folded for word in other]
        fields.canonical += [word.canonical for word in other]
        fields.bigrams += pairs([*before, *other, *after])
