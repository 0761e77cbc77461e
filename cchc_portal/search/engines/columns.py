"""The answer while the index is missing: words looked up in a column of the database, slowly."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Row, false, or_, select

from cchc_portal.core.db import db
from cchc_portal.search.analysis import Terms, Word, words
from cchc_portal.search.engines import FIGURES, Alike, Breadth, Found, Hit, Likeness, Query, Sort
from cchc_portal.search.models import Entry

MOST_ROWS = 2_000

_Row = Row[str, int, str, dict[str, list[str]], int, dict[str, int]]
_Rows = Sequence[_Row]
_Place = tuple[float, int, str]  # rank, stamp, key


class Columns:
    """Looks for whole folded words; titles that hold more of them come first, then the newest.

    What is excluded is compared folded as well, so it may leave out more than the index would.
    """

    def search(self, query: Query) -> Found:
        """Return one page of what the query finds, with counts over at most 2,000 rows."""
        rows, breadth = _matching(query)
        passing = [row for row in rows if _passes(row.facets, query.filters)]
        ranked = sorted((_place(row, query) for row in passing), reverse=True)
        if query.after is not None:
            ranked = [place for place in ranked if place < query.after]
        end = query.offset + query.limit
        page = ranked[query.offset : end]
        return Found(
            hits=tuple(Hit(key, rank, stamp) for rank, stamp, key in page),
            total=len(passing),
            counts=_counts(rows, query.filters),
            breadth=breadth,
            has_more=len(ranked) > end,
            is_complete=len(rows) < MOST_ROWS,
            is_fallback=True,
        )

    def similar(self, asked: Likeness) -> Alike:  # noqa: ARG002
        """Return nothing: comparing every text with another would take too long."""
        return Alike()


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
    held = [_stands(phrase) for phrase in query.terms.phrases]
    left_out = [~_stands(run) for run in query.terms.excluded]
    columns = (Entry.kind, Entry.thing_id, Entry.title, Entry.facets, Entry.stamp, Entry.figures)
    chosen = select(*columns).where(Entry.is_gone.is_(False), seen, *held, *left_out, *conditions)
    rows = db.session.execute(chosen.order_by(Entry.stamp.desc()).limit(MOST_ROWS)).all()
    return [row for row in rows if _is_wanted(row, query)]


def _is_wanted(row: _Row, query: Query) -> bool:
    key = f"{row.kind}:{row.thing_id}"
    if key in query.never or (query.only is not None and key not in query.only):
        return False
    return not any(values & set(row.facets.get(facet, ())) for facet, values in query.barred.items())


def _stands(run: Sequence[Word]) -> ColumnElement[bool]:
    return Entry.folded.contains(f" {' '.join(word.folded for word in run)} ", autoescape=True)


def _holds(word: Word, *, is_open: bool = False) -> ColumnElement[bool]:
    return Entry.folded.contains(f" {word.folded}" if is_open else f" {word.folded} ", autoescape=True)


def _passes(facets: Mapping[str, list[str]], filters: Mapping[str, frozenset[str]], *, but: str = "") -> bool:
    return all(values & set(facets.get(facet, ())) for facet, values in filters.items() if facet != but)


def _place(row: _Row, query: Query) -> _Place:
    rank = (
        row.stamp if query.sort is Sort.NEWEST or not query.terms.words else _shared(row.title, query.terms)
    )
    if query.sort in FIGURES:
        rank = row.figures.get(FIGURES[query.sort], 0)
    return float(rank), row.stamp, f"{row.kind}:{row.thing_id}"


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
