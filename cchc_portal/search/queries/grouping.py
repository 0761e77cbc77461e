"""Results put together by a filter: its most frequent values, the best few of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cchc_portal.accounts.models import User
from cchc_portal.search.engines import Found, Hit
from cchc_portal.search.queries.asking import narrowed
from cchc_portal.search.queries.cards import Card, cards
from cchc_portal.search.queries.excerpts import excerpts
from cchc_portal.search.queries.facets import facets
from cchc_portal.search.queries.results import Results

SECTIONS = 6  # on a page
IN_SECTION = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A value with what bears it.

    Args:
        value: of the filter; "" for things without any.
        count: how many there are; `cards` are the best of them.
    """

    value: str
    label: str
    count: int
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Sections:
    """A page of sections."""

    sections: Sequence[Section]
    page: int
    has_next: bool


def sections(found: Results, facet: str, *, to: User | None) -> Sections:
    """Return a page of what was found, by the values of a filter, the most frequent first.

    A thing with several values stands in the section of each; things without any come last.

    Args:
        found: the results, of which the counts are taken.
        facet: name of the filter.
        to: the person.
    """
    counts = _counts(found, facet)
    page, pages = found.criteria.page, max(-(-len(counts) // SECTIONS), 1)
    shown = counts[(page - 1) * SECTIONS : page * SECTIONS]
    labels = _labels(facet, dict(shown))
    parts = {value: _part(found, facet, frozenset({value}), to) for value, _count in shown}
    if page == pages and facet not in found.asked.filters:
        rest = _part(found, facet, frozenset(value for value, _count in counts), to, barred=True)
        # What holds fewer of the words was not counted either.
        parts |= {"": rest} if rest.hits and rest.breadth is found.breadth else {}
    drawn = _cards(found, parts, to)
    made = [
        Section(
            value,
            labels.get(value, ""),
            part.total,
            [drawn[hit.key] for hit in part.hits if hit.key in drawn],
        )
        for value, part in parts.items()
    ]
    return Sections(made, page, has_next=page < pages)


def _counts(found: Results, facet: str) -> list[tuple[str, int]]:
    counts = found.asked.found.counts.get(facet, {})
    chosen = found.asked.filters.get(facet)
    kept = {value: count for value, count in counts.items() if chosen is None or value in chosen}
    return sorted(kept.items(), key=lambda item: (-item[1], item[0]))


def _part(
    found: Results, facet: str, values: frozenset[str], to: User | None, *, barred: bool = False
) -> Found:
    criteria = replace(found.criteria, page=1, after=None)
    return narrowed(found.asked, criteria, facet, values, to=to, limit=IN_SECTION, is_barred=barred)


def _cards(found: Results, parts: Mapping[str, Found], to: User | None) -> dict[str, Card]:
    """Return the cards of all sections, read together."""
    hits: dict[str, Hit] = {hit.key: hit for part in parts.values() for hit in part.hits}
    asked = found.asked
    show = partial(excerpts, wanted=asked.wanted, terms=asked.terms)
    drawn = cards(list(hits.values()), asked.wanted, to=to, show=show)
    return {f"{card.kind}:{card.id}": card for card in drawn}


def _labels(facet: str, counts: Mapping[str, int]) -> dict[str, str]:
    named = facets({facet: counts}, {facet: frozenset(counts)}, total=0)
    return {option.value: option.label for one in named if one.name == facet for option in one.options}
