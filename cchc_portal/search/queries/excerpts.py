"""The stretch of each found thing that answers best: in its own words, or in one of its files and where there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, literal, select

from cchc_portal.core.db import db
from cchc_portal.search.analysis import Piece, Terms, Wanted, Word, snippet, words
from cchc_portal.search.documents import Key
from cchc_portal.search.models import Entry, FilePassage
from cchc_portal.search.queries.asking import of_keys

# The beginning of a text nearly always holds the answer; the rest is read only where it does not.
HEAD = 2_500
DEEP = 40_000
MOST_WORDS = 12  # by which a page of a file is chosen


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of text.

    Args:
        pieces: cut into marked and other pieces.
        file: name of the file it stands in; "" for the thing's own words.
        place: where in the file, "trang 3" say; "" if files of its kind have no such places.
    """

    pieces: Sequence[Piece] = ()
    file: str = ""
    place: str = ""


@dataclass(slots=True)
class _Best:
    """What holds most of the words of one thing so far."""

    text: str
    held: int
    files: Sequence[Sequence[str]] = field(default_factory=list)
    file: str = ""
    place: str = ""

    def beats(self, held: int) -> bool:
        return self.held >= held


def excerpts(keys: Sequence[Key], wanted: Wanted, terms: Terms) -> dict[Key, Excerpt]:
    """Return the best stretch of each thing; files are looked into where its own beginning lacks a word.

    Args:
        keys: things the person may see.
        wanted: what to mark.
        terms: what was asked for.
    """
    needed = needed_words(terms)
    best = {key: _Best(text, held_words(text, wanted, needed), files) for key, text, files in _heads(keys)}
    lacking = {key: one for key, one in best.items() if one.held < len(needed)}
    _look_deeper({key: one for key, one in lacking.items() if len(one.text) == HEAD}, wanted, needed)
    _look_into_files({key: one for key, one in lacking.items() if one.files}, wanted, needed)
    return {key: Excerpt(snippet(one.text, wanted), one.file, one.place) for key, one in best.items()}


def needed_words(terms: Terms) -> list[Word]:
    """Return the words that a good answer holds, each once."""
    return list({word.folded: word for word in terms.words}.values())[:MOST_WORDS]


def held_words(text: str, wanted: Wanted, needed: Collection[Word]) -> int:
    """Return how many of the words a text holds; the beginning of a word will do."""
    spans = wanted.spans(text) if needed else ()
    held = {word.folded for start, end in spans for word in words(text[start:end])}
    return sum(any(found.startswith(word.folded) for found in held) for word in needed)


def _look_deeper(lacking: Mapping[Key, _Best], wanted: Wanted, needed: Collection[Word]) -> None:
    for key, text in _stretches(list(lacking), HEAD, DEEP):
        held = held_words(text, wanted, needed)
        if not lacking[key].beats(held):
            lacking[key].text, lacking[key].held = text, held


def _look_into_files(lacking: Mapping[Key, _Best], wanted: Wanted, needed: Sequence[Word]) -> None:
    pages = _pages({file[1] for one in lacking.values() for file in one.files}, needed)
    for one in lacking.values():
        for name, sha256 in one.files:
            place, text = pages.get(sha256, ("", ""))
            held = held_words(f"{name}\n{text}", wanted, needed)
            if not one.beats(held):
                one.text, one.held, one.file, one.place = text or name, held, name, place


def _heads(keys: Sequence[Key]) -> list[tuple[Key, str, Sequence[Sequence[str]]]]:
    if not keys:
        return []
    query = select(Entry.kind, Entry.thing_id, func.substr(Entry.text, 1, HEAD), Entry.files)
    rows = db.session.execute(query.where(of_keys(keys)))
    return [((kind, thing_id), text, files) for kind, thing_id, text, files in rows]


def _stretches(keys: Sequence[Key], start: int, length: int) -> list[tuple[Key, str]]:
    if not keys:
        return []
    stretch = func.substr(Entry.text, start, length)
    query = select(Entry.kind, Entry.thing_id, stretch).where(of_keys(keys))
    return [((kind, thing_id), text) for kind, thing_id, text in db.session.execute(query)]


def _pages(sums: Collection[str], needed: Sequence[Word]) -> dict[str, tuple[str, str]]:
    """Return the page of each file that holds most of the words: sum -> place and text."""
    if not sums or not needed:
        return {}
    ranked = _ranked(sums, needed)
    best = select(ranked.c.sha256, ranked.c.place, ranked.c.text).where(ranked.c.rank == 1, ranked.c.held > 0)
    return {sha256: (place, text) for sha256, place, text in db.session.execute(best)}


def _ranked(sums: Collection[str], needed: Sequence[Word]) -> Subquery:
    held = sum((_holds(f" {word.folded}") for word in needed), start=literal(0))
    in_a_row = [f" {first.folded} {last.folded}" for first, last in pairwise(needed)]
    score: ColumnElement[Any] = sum((_holds(pair) for pair in in_a_row), start=held)
    order = (score.desc(), FilePassage.position)
    rank = func.row_number().over(partition_by=FilePassage.sha256, order_by=order)
    columns = (FilePassage.sha256, FilePassage.place, FilePassage.text, held.label("held"))
    return select(*columns, rank.label("rank")).where(FilePassage.sha256.in_(sums)).subquery()


def _holds(words: str) -> ColumnElement[int]:
    return case((FilePassage.folded.contains(words, autoescape=True), 1), else_=0)
