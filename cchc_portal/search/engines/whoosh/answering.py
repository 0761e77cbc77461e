"""From a query to its answer: who may see it, what matches, how many, in which order."""

import heapq
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cchc_portal.search.analysis.fields import pairs
from cchc_portal.search.engines import (
    FIGURES,
    Alike,
    Breadth,
    Found,
    Hit,
    Likeness,
    Mark,
    Query,
    Sort,
    Term,
)
from cchc_portal.search.engines.likeness import rarest
from cchc_portal.search.engines.plan import (
    BEGUN_WEIGHT,
    BIGRAM_WEIGHT,
    BIGRAMS,
    ENOUGH,
    MANY_WORDS,
    TEXT,
    Plan,
    Slot,
    facet_term,
)
from cchc_portal.search.engines.whoosh.places import Place, Ranking
from cchc_portal.search.engines.whoosh.postings import documents
from cchc_portal.search.engines.whoosh.schema import AUDIENCE, FACET, KEY, STAMP
from cchc_portal.search.engines.whoosh.view import View

COMMON = 1_000  # documents; a pair that stands in more of them tells no texts apart


def answer(view: View, query: Query) -> Found:
    """Return one page of what a query finds in an open index."""
    ends_at = time.monotonic() + query.seconds
    plan = Plan.of(query.terms)
    matching, breadth = _matching(view, plan, _allowed(view, query))
    result, counts = _narrowed(view, query, matching)
    end = query.offset + query.limit
    behind = query.after and _place(view, query.after)
    best, is_complete = view.best(
        result, _ranking(view, query, plan), behind=behind, most=end + 1, ends_at=ends_at
    )
    return Found(
        hits=tuple(Hit(view.key(int(doc)), rank, stamp) for rank, stamp, doc in best[query.offset : end]),
        total=result.bit_count(),
        counts=counts,
        breadth=breadth,
        has_more=len(best) > end,
        is_complete=is_complete,
    )


def alike(view: View, asked: Likeness) -> Alike:
    """Return what holds most of a text's rarer pairs of words."""
    seen = [view.having_any([(AUDIENCE, mark) for mark in asked.audience])]
    seen += [view.having_any(_values({facet: values})) for facet, values in asked.filters.items()]
    allowed = _all(seen) & ~view.having((KEY, asked.but))
    text = pairs(asked.words)
    worth = rarest(text, _standing(view, set(text), allowed), size=allowed.bit_count())
    shares: defaultdict[int, float] = defaultdict(float)
    for pair, weight in worth.items():
        for doc in documents(view.counting((BIGRAMS, pair)) & allowed):
            shares[doc] += weight
    best = heapq.nlargest(asked.limit, ((share, doc) for doc, share in shares.items()))
    return Alike(tuple(Hit(view.key(doc), share) for share, doc in best), tuple(worth))


def frequencies(view: View, terms: Iterable[Term], *, audience: frozenset[str]) -> dict[Term, int]:
    """Return in how many documents of an audience each term stands, without those in none."""
    allowed = view.having_any([(AUDIENCE, mark) for mark in audience])
    counts = {term: (view.counting(term) & allowed).bit_count() for term in terms}
    return {term: count for term, count in counts.items() if count}


def _standing(view: View, found: Iterable[str], allowed: int) -> dict[str, int]:
    """Return in how many of some documents each pair stands.

    Those that stand in many anyway are not worth counting: they will not be among the rarest.
    """
    filed = {pair: view.frequency((BIGRAMS, pair)) for pair in found}
    counted = {
        pair: (view.counting((BIGRAMS, pair)) & allowed).bit_count()
        for pair, number in filed.items()
        if 0 < number <= COMMON
    }
    return {pair: number for pair, number in filed.items() if number > COMMON} | counted


def _allowed(view: View, query: Query) -> int:
    """Return what the person may see; everything after this counts only that."""
    allowed = view.having_any([(AUDIENCE, mark) for mark in query.audience])
    if query.only is not None:
        allowed &= view.having_any([(KEY, key) for key in query.only])
    barred = _values(query.barred)
    return allowed & ~view.having_any([*barred, *((KEY, key) for key in query.never)])


def _values(filters: Mapping[str, Iterable[str]]) -> list[Term]:
    return [(FACET, facet_term(facet, value)) for facet, values in filters.items() for value in values]


def _matching(view: View, plan: Plan, allowed: int) -> tuple[int, Breadth]:
    for slot in plan.phrases:
        allowed &= view.filling(slot)
    for slots in plan.excluded:
        allowed &= ~_all([view.filling(slot) for slot in slots])
    if not plan.words:
        return allowed, Breadth.ALL
    if plan.cited and (cited := _all([allowed, *map(view.filling, plan.cited)])):
        return cited, Breadth.ALL
    return _widened([view.filling(slot) & allowed for slot in plan.words], view, plan, allowed)


def _widened(held: list[int], view: View, plan: Plan, allowed: int) -> tuple[int, Breadth]:
    every = _all(held)
    if not every and plan.loose:
        held = [*held[:-1], view.filling(plan.loose) & allowed]
        every = _all(held)
    if every.bit_count() >= (ENOUGH if len(held) >= MANY_WORDS else 1):
        return every, Breadth.ALL
    if (most := _all_but_one(held)) != every:
        return most, Breadth.MOST
    if every:
        return every, Breadth.ALL
    if plan.begun and (begun := view.filling(plan.begun) & allowed):
        return begun, Breadth.ALL
    return _any(held), Breadth.ANY


def _all(sets: Sequence[int]) -> int:
    result = sets[0]
    for bits in sets[1:]:
        result &= bits
    return result


def _any(sets: Sequence[int]) -> int:
    result = 0
    for bits in sets:
        result |= bits
    return result


def _all_but_one(sets: Sequence[int]) -> int:
    """Return what is in all sets or misses one of them; of two sets, none may be missed."""
    every, short = -1, 0
    for bits in sets:
        every, short = every & bits, short & bits | every & ~bits
    return every | (short if len(sets) > 2 else 0)  # noqa: PLR2004 - one word of two says nothing


def _narrowed(view: View, query: Query, matching: int) -> tuple[int, dict[str, dict[str, int]]]:
    """Return what passes the filters, and counts in which a facet's own filter does not weigh."""
    masks = {facet: view.having_any(_values({facet: values})) for facet, values in query.filters.items()}
    result = _all([matching, *masks.values()])
    counts = view.counts(result, without=masks)
    for facet in masks:
        others = [mask for name, mask in masks.items() if name != facet]
        counts |= view.counts(_all([matching, *others]), facet)
    return result, counts


def _ranking(view: View, query: Query, plan: Plan) -> Ranking:
    if query.sort is Sort.RELEVANCE and plan.weights:
        return view.ranking(_weights(view, plan), lesser=view.having_any(_values(query.lesser)))
    return Ranking(column=FIGURES.get(query.sort, STAMP))


def _place(view: View, mark: Mark) -> Place:
    """Return where a hit stands; if it is gone, equals of it come again rather than never."""
    same = documents(view.having((KEY, mark.key)))
    return mark.rank, mark.stamp, same[0] if same else math.inf


def _weights(view: View, plan: Plan) -> list[tuple[Term, float]]:
    """Return what adds to the score, the most telling first in case time runs out."""
    weights = dict(plan.weights)
    for slot in (*plan.words, *(slot for slot in (plan.begun, plan.loose) if slot)):
        for term in _begun(view, slot):
            weights.setdefault(term, BIGRAM_WEIGHT if term[0] == BIGRAMS else BEGUN_WEIGHT)
    return sorted(weights.items(), key=lambda item: (item[0][0] != BIGRAMS, item[0][0] == TEXT, -item[1]))


def _begun(view: View, slot: Slot) -> list[Term]:
    return view.begun_by(slot) if slot.beginnings else []
