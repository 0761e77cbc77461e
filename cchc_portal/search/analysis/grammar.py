"""What a person typed, as terms: words, "quoted phrases", document numbers; nothing else.

There are no wildcards, ranges or field names to type, so no query can make the server work more
than its length allows, and none is an error.
"""

import re
from dataclasses import dataclass

from cchc_portal.core.text import clean_line
from cchc_portal.search.analysis.words import Word, numbers, words

LONGEST_QUERY = 200
MOST_WORDS = 32

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_RUN = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of a query; quoted ones must stand like that in the text."""

    words: tuple[Word, ...]
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """A query taken apart.

    Args:
        runs: its words, in order.
        numbers: its document numbers; their parts are words of the runs as well.
        is_open: whether the last word may be half typed.
    """

    runs: tuple[Run, ...] = ()
    numbers: tuple[Word, ...] = ()
    is_open: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        return tuple(word for run in self.runs for word in run.words)

    @property
    def phrases(self) -> tuple[tuple[Word, ...], ...]:
        """The quoted runs."""
        return tuple(run.words for run in self.runs if run.is_quoted)

    @property
    def has_diacritics(self) -> bool:
        """Whether any word was typed with diacritics."""
        return any(not word.is_plain for word in self.words)

    def __bool__(self) -> bool:
        return bool(self.runs)


def parse(typed: str) -> Terms:
    """Return what was typed as terms: at most the first 200 characters and 32 words of it."""
    # The blank behind a last word says that it is whole; cleaning would lose it.
    is_open = bool(typed) and not typed[-1:].isspace()
    text = clean_line(typed[: LONGEST_QUERY * 2])[:LONGEST_QUERY].translate(_QUOTES)
    runs = _limited(_runs(text))
    is_open = is_open and bool(runs) and not runs[-1].is_quoted and text[-1].isalnum()
    kept = runs[-1].words[-1].end if runs else 0
    return Terms(
        runs=runs,
        numbers=tuple(number for number in numbers(text) if number.end <= kept),
        is_open=is_open,
    )


def _runs(text: str) -> list[Run]:
    found = []
    for match in _RUN.finditer(text):
        group = 1 if match.group(1) is not None else 2
        run = tuple(_moved(word, match.start(group)) for word in words(match.group(group)))
        if run:
            found.append(Run(run, is_quoted=group == 1))
    return found


def _moved(word: Word, by: int) -> Word:
    return Word(word.start + by, word.end + by, word.surface, word.canonical, word.folded)


def _limited(runs: list[Run]) -> tuple[Run, ...]:
    kept, left = [], MOST_WORDS
    for run in runs:
        if left > 0:
            kept.append(Run(run.words[:left], run.is_quoted))
            left -= len(run.words)
    return tuple(kept)
