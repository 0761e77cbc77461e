"""What a person typed, as terms: words, "quoted phrases", document numbers, -words, năm:2023.

There are no wildcards, ranges or names of fields beyond a short list, so no query can make the
server work more than its length allows, and none is an error: what has no meaning is words.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from cchc_portal.core.text import clean_line
from cchc_portal.search.analysis.syllables import folded_text
from cchc_portal.search.analysis.words import Word, numbers, words

Phrase = tuple[Word, ...]

LONGEST_QUERY = 200
MOST_WORDS = 32

# What may stand before a colon, folded: Vietnamese, then English.
OPERATORS = {
    "trang thai": "status",
    "bo phan": "unit",
    "nam": "year",
    "muc": "item",
    "tac gia": "author",
    "loai": "kind",
    "linh vuc": "field",
    "tu khoa": "tag",
} | {name: name for name in ("status", "unit", "year", "item", "author", "kind", "field", "tag")}

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u2212": "-"})
_NAMES = "|".join(name.replace(" ", "[-_ ]?") for name in OPERATORS)
# What is typed, piece by piece: an operator, -something, "quoted words", or words up to the next of these.
_PIECE = re.compile(
    rf"""
    (?<![^\s"]) (?P<bar>-?) (?P<name>{_NAMES})\ ?:\ ? (?P<value>"[^"]*"|[^\s":]+)
    | (?<![^\s"]) - (?: "(?P<left_out>[^"]*)" | (?P<left>[^\W_][^\s"]*) )
    | "(?P<quoted>[^"]*)"
    """,
    re.VERBOSE,
)
_SPACES = re.compile(r"[-_ ]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of a query; quoted ones must stand like that in the text."""

    words: tuple[Word, ...]
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """Something that is asked of a thing beside its words: `năm:2023`.

    Args:
        name: of the facet: status, unit, year, item, author, kind, field or tag.
        values: as typed; a hit needs one of them.
        is_barred: whether a hit may have none of them instead.
        surface: all of it as typed.
    """

    name: str
    values: tuple[str, ...]
    is_barred: bool
    surface: str


@dataclass(frozen=True, slots=True)
class Terms:
    """A query taken apart.

    Args:
        runs: its words, in order.
        numbers: its document numbers; their parts are words of the runs as well.
        is_open: whether the last word may be half typed.
        excluded: words and phrases of which a hit may hold none.
        operators: what is asked beside words.
    """

    runs: tuple[Run, ...] = ()
    numbers: tuple[Word, ...] = ()
    is_open: bool = False
    excluded: tuple[Phrase, ...] = ()
    operators: tuple[Operator, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        return tuple(word for run in self.runs for word in run.words)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The quoted runs."""
        return tuple(run.words for run in self.runs if run.is_quoted)

    @property
    def has_diacritics(self) -> bool:
        """Whether any word was typed with diacritics."""
        return any(not word.is_plain for word in self.words)

    def __bool__(self) -> bool:
        return bool(self.runs or self.operators)


def parse(typed: str, *, literally: Collection[str] = ()) -> Terms:
    """Return what was typed as terms: at most the first 200 characters and 32 words of it.

    Args:
        typed: the query.
        literally: surfaces of operators that turned out to mean nothing; they are taken as words.
    """
    # The blank behind a last word says that it is whole; cleaning would lose it.
    is_open = bool(typed) and not typed[-1:].isspace()
    text = tidied(typed)
    runs: list[Run] = []
    excluded: list[Phrase] = []
    operators: list[Operator] = []
    for piece in _pieces(text, literally):
        if isinstance(piece, Operator):
            operators.append(piece)
        elif isinstance(piece, Run):
            runs.append(piece)
        else:
            excluded.append(piece)
    kept = _limited(runs)
    end = kept[-1].words[-1].end if kept else 0
    asked = [number for number in numbers(text) if any(_holds(run, number) for run in kept)]
    return Terms(
        runs=kept,
        numbers=tuple(asked),
        is_open=is_open and bool(kept) and not kept[-1].is_quoted and end == len(text),
        excluded=_once(excluded)[:MOST_WORDS],
        operators=tuple(operators),
    )


def tidied(typed: str) -> str:
    """Return what was typed as the text in which words have their places."""
    return clean_line(typed[: LONGEST_QUERY * 2])[:LONGEST_QUERY].translate(_QUOTES)


def _pieces(text: str, literally: Collection[str]) -> Iterator[Run | Operator | Phrase]:
    at = 0
    for match in _PIECE.finditer(folded_text(text)):
        piece = _piece(text, match)
        if isinstance(piece, Operator) and (piece.surface in literally or not piece.values):
            continue
        yield from _loose(text, at, match.start())
        yield piece
        at = match.end()
    yield from _loose(text, at, len(text))


def _piece(text: str, match: re.Match[str]) -> Run | Operator | Phrase:
    if match["name"]:
        value = text[slice(*match.span("value"))]
        return Operator(_facet(match["name"]), _values(value), bool(match["bar"]), text[slice(*match.span())])
    if match["quoted"] is not None:
        return Run(_words(text, *match.span("quoted")), is_quoted=True)
    return _words(text, *match.span("left" if match["left"] else "left_out"))


def _facet(name: str) -> str:
    """Return the facet that an operator is about, whatever joins the parts of its name."""
    plain = _SPACES.sub("", name)
    return next(facet for known, facet in OPERATORS.items() if known.replace(" ", "") == plain)


def _values(typed: str) -> tuple[str, ...]:
    parts = [typed.strip('"')] if typed.startswith('"') else _SPACES.sub(" ", typed).split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _loose(text: str, start: int, end: int) -> Iterator[Run]:
    if found := _words(text, start, end):
        yield Run(found)


def _words(text: str, start: int, end: int) -> Phrase:
    return tuple(_moved(word, start) for word in words(text[start:end]))


def _once(runs: Sequence[Phrase]) -> tuple[Phrase, ...]:
    return tuple({tuple(word.canonical for word in run): run for run in runs if run}.values())


def _holds(run: Run, number: Word) -> bool:
    return run.words[0].start <= number.start and number.end <= run.words[-1].end


def _moved(word: Word, by: int) -> Word:
    return replace(word, start=word.start + by, end=word.end + by)


def _limited(runs: Sequence[Run]) -> tuple[Run, ...]:
    kept, left = [], MOST_WORDS
    for run in runs:
        if left > 0 and run.words:
            kept.append(Run(run.words[:left], run.is_quoted))
            left -= len(run.words)
    return tuple(kept)
