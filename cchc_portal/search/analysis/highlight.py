"""Where a text answers a query: pieces to mark, and the stretch most worth reading.

A text is compared folded as a whole, which keeps every character at its place, with one pattern
made of the query: pages of results must not take every text apart word by word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from cchc_portal.core.text import nfc
from cchc_portal.search.analysis.dictionary import Dictionary
from cchc_portal.search.analysis.grammar import Terms
from cchc_portal.search.analysis.syllables import canonical, folded_text, stripped
from cchc_portal.search.analysis.words import Word

Span = tuple[int, int]
MOST_SPANS = 80

_BETWEEN = r"[\W_]+"
_ELLIPSIS = "…"
_NOTHING = re.compile(r"(?!)")


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
        self._spelled: dict[str, set[str]] = {}
        for word in terms.words:
            if not word.is_plain:
                self._spelled.setdefault(word.folded, set()).add(word.canonical)
        self._pattern = _pattern(terms, dictionary)

    def spans(self, text: str) -> list[Span]:
        """Return the places to mark in a text in NFC, in order, neighbours joined."""
        found = [match.span() for match in self._pattern.finditer(folded_text(text))]
        return _joined(self._meant(found, text), text)

    def _meant(self, found: Sequence[Span], text: str) -> list[Span]:
        """Leave out thứ where thư was typed and stands in the text as well."""
        if not self._spelled:
            return list(found)
        spelled = {canonical(text[start:end]) for start, end in found}
        exact = {folded for folded, forms in self._spelled.items() if forms & spelled}
        return [(start, end) for start, end in found if self._is_meant(text[start:end], exact)]

    def _is_meant(self, surface: str, exact: set[str]) -> bool:
        plain, found = _plain(surface), canonical(surface)
        return plain not in exact or found == plain or found in self._spelled[plain]


class Shared(Wanted):
    """What to mark in a text that is like another one: the pairs of neighbouring words both hold.

    Args:
        pairs: without diacritics, `cai_cach`.
    """

    def __init__(self, pairs: Iterable[str]) -> None:
        both = (pair.partition("_") for pair in pairs)
        choices = [f"{_plainly(first)}{_BETWEEN}{_plainly(last)}" for first, _, last in both]
        edges = rf"(?<![^\W_])(?=({'|'.join(choices)})(?![^\W_]))"  # looking ahead finds pairs that overlap
        self._pattern = re.compile(edges) if choices else _NOTHING

    def spans(self, text: str) -> list[Span]:
        """Return the places to mark in a text in NFC, in order, neighbours joined."""
        found: list[Span] = []
        for start, end in (match.span(1) for match in self._pattern.finditer(folded_text(text))):
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return _joined(found, text)


def marks(text: str, wanted: Wanted) -> list[Piece]:
    """Return the whole text cut into pieces to mark and pieces between them."""
    text = _composed(text)
    return _pieces(text, wanted.spans(text), (0, len(text)))


def snippet(text: str, wanted: Wanted, *, length: int = 180) -> list[Piece]:
    """Return about `length` characters of a text around its densest answer, cut between words.

    Lines are joined by dots in the middle.
    """
    lines = (" ".join(line.split()) for line in text.split("\n"))
    text = _composed(" · ".join(line for line in lines if line))
    spans = wanted.spans(text)[:MOST_SPANS]
    start, end = _window(text, spans, length)
    before = [Piece(_ELLIPSIS, is_match=False)] if start else []
    after = [Piece(_ELLIPSIS, is_match=False)] if end < len(text) else []
    return [*before, *_pieces(text, spans, (start, end)), *after]


def _composed(text: str) -> str:
    """Return the text in NFC; stored texts are, and to be told so is quicker than to be composed."""
    return text if is_normalized("NFC", text) else nfc(text)


def _pattern(terms: Terms, dictionary: Dictionary) -> re.Pattern[str]:
    """Return what matches numbers, equivalents, the word being typed and words in a folded text."""
    sayings = [
        other for run in terms.runs for found in dictionary.within(run.words) for other in found.others
    ]
    choices = [
        *(_number(number) for number in terms.numbers),
        *(_BETWEEN.join(_word(word) for word in other) for other in sorted(sayings, key=len, reverse=True)),
        *_begun(terms),
        *(_word(word) for word in sorted(terms.words, key=lambda word: -len(word.folded))),
    ]
    if not choices:
        return _NOTHING
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(dict.fromkeys(choices))})(?![^\W_])")


def _word(word: Word) -> str:
    return _plainly(word.folded)


def _plainly(folded: str) -> str:
    """Return what matches a word in folded text, where final y and padding are as they were typed."""
    if folded.isdigit() and len(folded) == 1:
        return f"0?{folded}"
    plain = re.escape(folded)
    return f"{plain[:-1]}[iy]" if plain.endswith("i") else plain


def _number(number: Word) -> str:
    parts = re.split(r"([/.-])", number.folded)
    joints = {"/": r" ?/ ?", ".": r"\.", "-": "[-\u2010-\u2015\u2212]"}
    return "".join(joints.get(part) or (f"0?{part}" if len(part) == 1 else re.escape(part)) for part in parts)


def _begun(terms: Terms) -> Iterator[str]:
    """Yield what matches the word being typed: on its own, or behind the one before it."""
    if not terms.is_open:
        return
    run = terms.runs[-1].words
    beginning = rf"{re.escape(stripped(run[-1].surface))}[^\W_]*"
    if len(run) > 1:
        yield f"{_word(run[-2])}{_BETWEEN}{beginning}"
    elif len(terms.words) == 1 and run[-1].is_plain:
        yield beginning


@lru_cache(maxsize=4096)  # the words of a query, in the few spellings that texts have of them
def _plain(surface: str) -> str:
    return canonical(stripped(surface))


def _joined(places: Sequence[Span], text: str) -> list[Span]:
    result: list[Span] = []
    for start, end in places:
        if result and not text[result[-1][1] : start].strip():
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _pieces(text: str, spans: Sequence[Span], window: Span) -> list[Piece]:
    at, end = window
    pieces = []
    for left, right in spans:
        if left < end and right > at:
            pieces += [
                Piece(text[at : max(left, at)], is_match=False),
                Piece(text[max(left, at) : min(right, end)], is_match=True),
            ]
            at = min(right, end)
    return [piece for piece in (*pieces, Piece(text[at:end], is_match=False)) if piece.text]


def _window(text: str, spans: Sequence[Span], length: int) -> Span:
    if len(text) <= length:
        return 0, len(text)
    lead = length // 4
    starts = (max(0, left - lead) for left, _ in spans)
    best = max(starts, key=lambda at: _weight(spans, at, length), default=0)
    start = _word_start(text, min(best, len(text) - length))
    return start, _word_end(text, start + length)


def _weight(spans: Sequence[Span], start: int, length: int) -> tuple[int, int]:
    inside = [right - left for left, right in spans if left >= start and right <= start + length]
    return max(inside, default=0) + sum(inside), -start


def _word_start(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    return max(text.rfind(" ", 0, at), 0) or len(text)
