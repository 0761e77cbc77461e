"""Where a text answers a query: pieces to mark, and the stretch most worth reading."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cchc_portal.core.text import nfc
from cchc_portal.search.analysis.dictionary import Dictionary, Phrase
from cchc_portal.search.analysis.grammar import Terms
from cchc_portal.search.analysis.syllables import stripped
from cchc_portal.search.analysis.words import Word, numbers, words

Span = tuple[int, int]
_ELLIPSIS = "…"


class Piece(NamedTuple):
    """Text to show, and whether it is to be marked; never markup, so every template escapes it."""

    text: str
    is_match: bool


class Wanted:
    """What to mark for a query: its words in either spelling, their equivalents, its numbers.

    Args:
        terms: the query.
        dictionary: abbreviations and synonyms.
    """

    def __init__(self, terms: Terms, dictionary: Dictionary) -> None:
        self._words = terms.words
        self._open = terms.words[-1] if terms.is_open else None
        self._numbers = {number.folded for number in terms.numbers}
        self._phrases = _equivalents(terms, dictionary)

    def spans(self, text: str) -> list[Span]:
        """Return the places to mark in a text in NFC, in order, touching words joined."""
        run = words(text)
        hits = sorted({*self._word_hits(run), *self._phrase_hits(run)})
        places = [(run[hit].start, run[hit].end) for hit in hits]
        places += [(number.start, number.end) for number in numbers(text) if number.folded in self._numbers]
        return _joined(sorted(places), text)

    def _word_hits(self, run: Sequence[Word]) -> Iterator[int]:
        spelled = {word.canonical for word in run}
        exact = {word.folded: word for word in self._words if word.canonical in spelled}
        loose = {word.folded for word in self._words} - exact.keys()
        last = -2
        for place, word in enumerate(run):
            known = exact.get(word.folded)
            is_hit = known.means(word) if known else word.folded in loose
            if is_hit or self._is_begun(word, follows_hit=last == place - 1):
                last = place
                yield place

    def _is_begun(self, word: Word, *, follows_hit: bool) -> bool:
        if self._open is None or not (follows_hit or len(self._words) == 1):
            return False
        if self._open.is_plain:
            return stripped(word.surface).startswith(stripped(self._open.surface))
        return word.surface.lower().startswith(self._open.surface.lower())

    def _phrase_hits(self, run: Sequence[Word]) -> Iterator[int]:
        for start in range(len(run)):
            for phrase in self._phrases:
                if _stands_at(run, start, phrase):
                    yield from range(start, start + len(phrase))


def marks(text: str, wanted: Wanted) -> list[Piece]:
    """Return the whole text cut into pieces to mark and pieces between them."""
    text = nfc(text)
    pieces, at = [], 0
    for start, end in wanted.spans(text):
        pieces += [Piece(text[at:start], is_match=False), Piece(text[start:end], is_match=True)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at:], is_match=False)) if piece.text]


def snippet(text: str, wanted: Wanted, *, length: int = 240) -> list[Piece]:
    """Return about `length` characters of a text around its densest answer, cut between words."""
    text = nfc(" ".join(text.split()))
    spans = wanted.spans(text)
    start, end = _window(text, spans, length)
    inside = [(max(left, start), min(right, end)) for left, right in spans if left < end and right > start]
    pieces = [Piece(_ELLIPSIS, is_match=False)] if start else []
    at = start
    for left, right in inside:
        pieces += [Piece(text[at:left], is_match=False), Piece(text[left:right], is_match=True)]
        at = right
    tail = text[at:end] + (_ELLIPSIS if end < len(text) else "")
    return [piece for piece in (*pieces, Piece(tail, is_match=False)) if piece.text]


def _equivalents(terms: Terms, dictionary: Dictionary) -> list[Phrase]:
    return [other for run in terms.runs for found in dictionary.within(run.words) for other in found.others]


def _stands_at(run: Sequence[Word], start: int, phrase: Phrase) -> bool:
    found = run[start : start + len(phrase)]
    return len(found) == len(phrase) and all(
        word.means(known) for word, known in zip(found, phrase, strict=True)
    )


def _joined(places: list[Span], text: str) -> list[Span]:
    result: list[Span] = []
    for start, end in places:
        if result and text[result[-1][1] : start].strip() == "":
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _window(text: str, spans: list[Span], length: int) -> Span:
    if len(text) <= length:
        return 0, len(text)
    lead = length // 4
    best = max(
        (max(0, left - lead) for left, _ in spans), key=lambda at: _weight(spans, at, length), default=0
    )
    start = _word_start(text, min(best, len(text) - length))
    return start, _word_end(text, start + length)


def _weight(spans: list[Span], start: int, length: int) -> tuple[int, int]:
    inside = [right - left for left, right in spans if left >= start and right <= start + length]
    return max(inside, default=0) + sum(inside), -start


def _word_start(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    return max(text.rfind(" ", 0, at), 0) or len(text)
