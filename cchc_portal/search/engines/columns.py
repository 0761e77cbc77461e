"""The answer while the index is missing: words looked up in a column of the database, slowly."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Row, false, or_, select

from cchc_portal.core.db import db
from cchc_portal.search.analysis import Terms, Word, words
from cchc_portal.search.engines import Breadth, Found, Hit, Query, Sort
from cchc_portal.search.models import Entry

MOST_ROWS = 2_000

_Rows = Sequence[Row[str, int, str, dict[str, list[str]], int]]


class Columns:
    """Looks for whole folded words; titles that hold more of them come first, then the newest."""

    def search(self, query: Query) -> Found:
        """Return one page of what the query finds, with counts over at most 2,000 rows."""
        rows, breadth = _matching(query)
        passing = [row for row in rows if _passes(row.facets, query.filters)]
        ranked = sorted(passing, key=lambda row: _rank(row.title, row.stamp, query), reverse=True)
        page = ranked[query.offset : query.offset + query.limit]
        return Found(
            hits=tuple(
                Hit(f"{row.kind}:{row.thing_id}", float(_shared(row.title, query.terms))) for row in page
            ),
            total=len(passing),
            counts=_counts(rows, query.filters),
            breadth=breadth,
            is_complete=len(rows) < MOST_ROWS,
            is_fallback=True,
        )

    def similar(self, words: tuple[Word, ...], *, audience: frozenset[str], limit: int) -> tuple[Hit, ...]:  # noqa: ARG002
        """Return nothing: comparing every text with a title would take too long."""
        return ()


def _matching(query: Query) -> tuple[_Rows, Breadth]:
    conditions = [_holds(word, is_open=query.terms.is_open) for word in query.terms.words[-1:]]
    conditions += [_holds(word) for word in query.terms.words[:-1]]
    every = _rows(query, *conditions)
    if every or len(conditions) < 2 or query.terms.phrases:  # noqa: PLR2004 - one word is all words
        return every, Breadth.ALL
    return _rows(query, or_(*conditions)), Breadth.ANY


def _rows(query: Query, *conditions: ColumnElement[bool]) -> _Rows:
    marks = (Entry.audience.contains(f" {mark} ", autoescape=True) for mark in sorted(query.audience))
    seen = or_(false(), *marks)
    phrases = [" ".join(word.folded for word in phrase) for phrase in query.terms.phrases]
    held = [Entry.folded.contains(f" {phrase} ", autoescape=True) for phrase in phrases]
    columns = (Entry.kind, Entry.thing_id, Entry.title, Entry.facets, Entry.stamp)
    chosen = select(*columns).where(Entry.is_gone.is_(False), seen, *held, *conditions)
    rows = db.session.execute(chosen.order_by(Entry.stamp.desc()).limit(MOST_ROWS)).all()
    if query.only is None:
        return rows
    return [row for row in rows if f"{row.kind}:{row.thing_id}" in query.only]


def _holds(word: Word, *, is_open: bool = False) -> ColumnElement[bool]:
    return Entry.folded.contains(f" {word.folded}" if is_open else f" {word.folded} ", autoescape=True)


def _passes(facets: Mapping[str, list[str]], filters: Mapping[str, frozenset[str]], *, but: str = "") -> bool:
    return all(values & set(facets.get(facet, ())) for facet, values in filters.items() if facet != but)


def _rank(title: str, stamp: int, query: Query) -> tuple[int, int]:
    return (0 if query.sort is Sort.NEWEST else _shared(title, query.terms)), stamp


def _shared(title: str, terms: Terms) -> int:
    held = {word.folded for word in words(title)}
    return sum(word.folded in held for word in terms.words)


def _counts(rows: _Rows, filters: Mapping[str, frozenset[str]]) -> dict[str, dict[str, int]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for facet, values in row.facets.items():
            if _passes(row.facets, filters, but=facet):
                counts[facet].update(values)
    return {facet: dict(found) for facet, found in counts.items()}
