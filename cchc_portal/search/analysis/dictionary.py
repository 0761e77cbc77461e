"""Abbreviations and synonyms: which words stand for which others."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_portal.search.analysis.words import Word, words

Phrase = tuple[Word, ...]
_Entry = tuple[Phrase, tuple[Phrase, ...]]  # and what else it can be called
_Entries = defaultdict[str, list[_Entry]]


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A stretch of words that could as well have been written otherwise.

    Args:
        start: index of its first word.
        end: index behind its last word.
        others: the other ways to say it.
    """

    start: int
    end: int
    others: tuple[Phrase, ...]


class Dictionary:
    """Groups of phrases that mean the same, found in text written with diacritics or without.

    Args:
        groups: each the spellings of one thing, in any order; groups that share one are joined.
    """

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self.take(groups)

    def take(self, groups: Iterable[Iterable[str]]) -> None:
        """Know these groups from now on, all at once, and no others."""
        found: _Entries = defaultdict(list)
        joined = _joined([[_phrase(text) for text in group] for group in groups])
        for group in joined:
            for phrase in group:
                others = tuple(other for other in group if other is not phrase)
                found[phrase[0].folded].append((phrase, others))
        self._by_first = _closed(found)

    @classmethod
    def load(cls, path: Path) -> "Dictionary":
        """Read the shipped shape: `abbreviations` (short -> long) and `synonyms` (lists)."""
        content: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))
        short = content.get("abbreviations", {})
        alike = content.get("synonyms", [])
        if not isinstance(short, dict) or not isinstance(alike, list):
            raise TypeError(f"{path.name} is no dictionary of abbreviations and synonyms")
        return cls([*([brief, full] for brief, full in short.items()), *alike])

    def within(self, text: Sequence[Word]) -> Iterator[Equivalence]:
        """Yield every known phrase in a run of words, inner ones too."""
        return _within(text, self._by_first)


def _within(text: Sequence[Word], entries: Mapping[str, Sequence[_Entry]]) -> Iterator[Equivalence]:
    for start, word in enumerate(text):
        for phrase, others in entries.get(word.folded, ()):
            end = start + len(phrase)
            if _alike(text[start:end], phrase):
                yield Equivalence(start, end, others)


def _closed(entries: _Entries) -> Mapping[str, Sequence[_Entry]]:
    """Let DVCTT stand for DVC too, because its long form holds that of DVC."""
    inner = {
        _key(other): [deep for found in _within(other, entries) for deep in found.others]
        for known in entries.values()
        for _, others in known
        for other in others
    }
    return {
        first: [(phrase, _unique(phrase, others, inner)) for phrase, others in known]
        for first, known in entries.items()
    }


def _phrase(text: str) -> Phrase:
    phrase = tuple(words(text))
    if not phrase:
        raise ValueError("a phrase of the dictionary has no words")
    return phrase


def _key(phrase: Phrase) -> tuple[str, ...]:
    return tuple(word.canonical for word in phrase)


def _joined(groups: list[list[Phrase]]) -> list[list[Phrase]]:
    """Return the groups with those that share a phrase made one, each phrase once."""
    result: list[dict[tuple[str, ...], Phrase]] = []
    for group in groups:
        merged = {_key(phrase): phrase for phrase in group}
        apart = [known for known in result if not known.keys() & merged.keys()]
        for known in result:
            if known.keys() & merged.keys():
                merged = known | merged
        result = [*apart, merged]
    return [list(group.values()) for group in result]


def _alike(text: Sequence[Word], phrase: Phrase) -> bool:
    """Say whether words are the phrase: as it is spelled, or all of them without diacritics."""
    if [word.canonical for word in text] == [word.canonical for word in phrase]:
        return True
    folded = [word.folded for word in phrase]
    return [word.folded for word in text] == folded and all(word.is_plain for word in text)


def _unique(
    phrase: Phrase, others: tuple[Phrase, ...], inner: Mapping[tuple[str, ...], list[Phrase]]
) -> tuple[Phrase, ...]:
    found = {_key(other): other for other in others}
    for other in others:
        found.update({_key(deep): deep for deep in inner[_key(other)]})
    found.pop(_key(phrase), None)
    return tuple(found.values())
