"""A query as one statement: what matches, counts and a page of it come in one answer."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import text

from cchc_portal.search.engines import FIGURES, Likeness, Query, Sort
from cchc_portal.search.engines.plan import LESSER_WEIGHT, Slot, facet_term
from cchc_portal.search.engines.postgres.filing import lexeme, quoted

MOST_RANKED = 2_000  # of more hits the newest are ranked: each has all its terms unpacked

# A hit that misses the filter of one facet only still counts for the other values of that facet.
_SEARCH = """
WITH hits AS MATERIALIZED (
    SELECT id, facets, stamp, votes, adoptions, array_remove(ARRAY[{missed}]::text[], NULL) AS missed
    FROM search_index.document WHERE {conditions}
), passing AS (
    SELECT id, stamp, votes, adoptions FROM hits WHERE missed = '{{}}'
), ranked AS ({ranked}
), page AS (
    SELECT * FROM ranked WHERE {behind} ORDER BY rank DESC, stamp DESC, id DESC OFFSET :offset LIMIT :limit
), counts AS (
    SELECT value, count(*) AS n FROM hits, unnest(facets) AS value
    WHERE missed = '{{}}' OR missed = ARRAY[split_part(value, '=', 1)]
    GROUP BY value
)
SELECT
    (SELECT count(*) FROM hits) AS matching,
    (SELECT count(*) FROM passing) AS total,
    (SELECT json_object_agg(value, n) FROM counts) AS counts,
    (SELECT json_agg(json_build_array(key, rank, page.stamp) ORDER BY rank DESC, page.stamp DESC, id DESC)
        FROM page JOIN search_index.document USING (id)) AS page
"""

_ORDERED = """
    SELECT id, stamp, {order}::float8 AS rank FROM passing"""

# The empty vector beside it has a vector unpacked once for all terms instead of once for each.
_RANKED = """
    SELECT id, newest.stamp,
        rank * CASE WHEN facets && CAST(:lesser AS text[]) THEN {lesser} ELSE 1 END AS rank
    FROM (SELECT id, stamp FROM passing ORDER BY stamp DESC, id DESC LIMIT :most) AS newest
    JOIN search_index.document USING (id)
    CROSS JOIN LATERAL (SELECT document.terms || ''::tsvector AS terms OFFSET 0) AS unpacked
    CROSS JOIN LATERAL (SELECT ({ranks}) / (1 + ln(1 + length(unpacked.terms))) AS rank) AS ranks"""
# A term for each, not a table of them: PostgreSQL reads its words once and not once a document.
_RANK = "CAST(:weight_{0} AS float8) * ts_rank('{{1,1,1,1}}', unpacked.terms, CAST(:term_{0} AS tsquery))"

_BEHIND = """(rank, stamp, id) < (CAST(:rank AS float8), CAST(:stamp AS bigint),
        coalesce((SELECT id FROM search_index.document WHERE key = :key), 0))"""

_SIMILAR = """
SELECT key, share FROM search_index.document
CROSS JOIN LATERAL (SELECT terms || ''::tsvector AS held OFFSET 0) AS unpacked
CROSS JOIN LATERAL (
    SELECT sum(weight) AS share
    FROM unnest(CAST(:weights AS float8[]), CAST(:terms AS text[])) AS wanted(weight, term)
    WHERE unpacked.held @@ term::tsquery
) AS shares
WHERE {conditions} AND terms @@ CAST(:any AS tsquery)
ORDER BY share DESC, id DESC LIMIT :limit
"""

_STANDING = """
SELECT term, (
    SELECT count(*) FROM search_index.document WHERE {conditions} AND terms @@ term::tsquery
) AS documents
FROM unnest(CAST(:terms AS text[])) AS term
UNION ALL
SELECT '', (SELECT count(*) FROM search_index.document WHERE {conditions})
"""

KNOWN = text("SELECT term FROM search_index.term WHERE term = ANY(CAST(:terms AS text[]))")

FREQUENCIES = text("""
SELECT term, (
    SELECT count(*) FROM search_index.document
    WHERE audience && CAST(:marks AS text[]) AND terms @@ term::tsquery
) AS documents
FROM unnest(CAST(:terms AS text[])) AS term
""")


def search(query: Query, matching: str, weights: Mapping[str, float]) -> tuple[str, dict[str, Any]]:
    """Return the statement for a query, and its values.

    Args:
        query: who asks, filters, order and page.
        matching: the words as a tsquery; empty for everything.
        weights: lexeme, or beginning of lexemes, as a tsquery -> what it adds to the rank.
    """
    values: dict[str, Any] = {
        "marks": sorted(query.audience),
        "offset": query.offset,
        "limit": query.limit + 1,  # tells whether more follow
    }
    if query.after is not None:
        values |= {"rank": query.after.rank, "stamp": query.after.stamp, "key": query.after.key}
    statement = _SEARCH.format(
        conditions=" AND ".join(_conditions(query, matching, values)),
        missed=", ".join(_missed(query, values)),
        ranked=_ranked(query, weights, values),
        behind="true" if query.after is None else _BEHIND,
    )
    return statement, values


def similar(asked: Likeness, worth: Mapping[str, float]) -> tuple[str, dict[str, Any]]:
    """Return the statement for what is like a text, and its values.

    Args:
        asked: who asks, and what it is compared with.
        worth: lexeme of a pair -> its weight.
    """
    values: dict[str, Any] = {
        "weights": list(worth.values()),
        "terms": [quoted(lexeme) for lexeme in worth],
        "any": " | ".join(quoted(lexeme) for lexeme in worth),
        "limit": asked.limit,
    }
    return _SIMILAR.format(conditions=" AND ".join(_comparable(asked, values))), values


def standing(asked: Likeness, lexemes: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """Return the statement that counts what holds each term among what a text is compared with, and all of it."""
    values: dict[str, Any] = {"terms": [quoted(lexeme) for lexeme in lexemes]}
    return _STANDING.format(conditions=" AND ".join(_comparable(asked, values))), values


def _comparable(asked: Likeness, values: dict[str, Any]) -> list[str]:
    values |= {"marks": sorted(asked.audience), "but": asked.but}
    conditions = ["audience && CAST(:marks AS text[])", "key <> :but"]
    for place, (facet, chosen) in enumerate(asked.filters.items()):
        values[f"filter_{place}"] = _marks(facet, chosen)
        conditions.append(f"facets && CAST(:filter_{place} AS text[])")
    return conditions


def holding_all(slots: Sequence[Slot]) -> str:
    """Return the tsquery for documents that hold everything asked for."""
    return " & ".join(_filling(slot) for slot in slots)


def holding_most(slots: Sequence[Slot]) -> str:
    """Return the tsquery for documents that miss one thing at most."""
    return " | ".join(f"({holding_all(kept)})" for kept in combinations(slots, len(slots) - 1))


def holding_any(slots: Sequence[Slot]) -> str:
    """Return the tsquery for documents that hold anything asked for."""
    return " | ".join(_filling(slot) for slot in slots)


def beginnings(slots: Sequence[Slot]) -> list[str]:
    """Return what the last word may be the beginning of, each as a tsquery."""
    return [f"{quoted(lexeme(term))}:*" for slot in slots for term in slot.beginnings]


def holding_none(excluded: Sequence[Sequence[Slot]]) -> str:
    """Return the tsquery for documents that hold nothing of what is excluded."""
    return " & ".join(f"!({holding_all(slots)})" for slots in excluded)


def _filling(slot: Slot) -> str:
    ways = [quoted(lexeme(term)) for term in slot.terms] + beginnings([slot])
    return f"({' | '.join(ways)})"


def _conditions(query: Query, matching: str, values: dict[str, Any]) -> list[str]:
    conditions = ["audience && CAST(:marks AS text[])"]
    if matching:
        conditions.append("terms @@ CAST(:matching AS tsquery)")
        values["matching"] = matching
    if query.only is not None:
        conditions.append("key = ANY(CAST(:only AS text[]))")
        values["only"] = sorted(query.only)
    if query.never:
        conditions.append("key <> ALL(CAST(:never AS text[]))")
        values["never"] = sorted(query.never)
    if query.barred:
        conditions.append("NOT facets && CAST(:barred AS text[])")
        values["barred"] = [mark for facet, chosen in query.barred.items() for mark in _marks(facet, chosen)]
    return conditions


def _missed(query: Query, values: dict[str, Any]) -> list[str]:
    """Return for each filter what names it where a document does not pass."""
    missed = []
    for place, (facet, chosen) in enumerate(query.filters.items()):
        values |= {f"facet_{place}": facet, f"filter_{place}": _marks(facet, chosen)}
        fails = f"NOT facets && CAST(:filter_{place} AS text[])"
        missed.append(f"CASE WHEN {fails} THEN CAST(:facet_{place} AS text) END")
    return missed


def _ranked(query: Query, weights: Mapping[str, float], values: dict[str, Any]) -> str:
    if query.sort is not Sort.RELEVANCE or not weights:
        return _ORDERED.format(order=FIGURES.get(query.sort, "stamp"))
    values["most"] = MOST_RANKED
    for place, (term, weight) in enumerate(weights.items()):
        values |= {f"term_{place}": term, f"weight_{place}": weight}
    values["lesser"] = [mark for facet, lesser in query.lesser.items() for mark in _marks(facet, lesser)]
    ranks = " + ".join(_RANK.format(place) for place in range(len(weights)))
    return _RANKED.format(lesser=LESSER_WEIGHT, ranks=ranks)


def _marks(facet: str, chosen: Iterable[str]) -> list[str]:
    return [facet_term(facet, value) for value in sorted(chosen)]
