"""An open index as sets of documents; a set is a whole number with one bit per document.

Python counts and intersects such numbers at memory speed, so masks, filters and facet counts
cost next to nothing beside reading postings.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from cchc_portal.search.engines import Term
from cchc_portal.search.engines.plan import TEXT, Slot
from cchc_portal.search.engines.whoosh.facets import Values, read
from cchc_portal.search.engines.whoosh.postings import Postings, Segment, bits_of, documents
from cchc_portal.search.engines.whoosh.schema import KEY

MOST_BEGINNINGS = 60
DEEPEST_LEXICON = 5_000
LONGEST_WORD = 12  # that is compared with what was typed


class View:
    """An open index, to be used by one thread at a time.

    Args:
        searcher: the package's searcher.
        known: segment id -> what other views on the same generation have read of it.
    """

    def __init__(self, searcher: Any, known: Mapping[str, Segment]) -> None:
        self._searcher = searcher
        self._leaves = [
            _Leaf(leaf, offset, known)
            for leaf, offset in searcher.leaf_searchers()
            if leaf.reader().doc_count_all()
        ]
        # Asked for once to find and once to rank, and by people who type the same words.
        self.begun_by = lru_cache(maxsize=64)(self._begun_by)

    def close(self) -> None:
        """Close its files."""
        self._searcher.close()

    @property
    def known(self) -> dict[str, Segment]:
        """What was read of its segments, for the views after it."""
        return {leaf.id: leaf.known for leaf in self._leaves}

    @cached_property
    def everything(self) -> int:
        """All documents that were not deleted."""
        return sum(leaf.alive << leaf.offset for leaf in self._leaves)

    def having(self, term: Term) -> int:
        """Return the documents that hold a term."""
        return sum(leaf.postings(term).bits << leaf.offset for leaf in self._leaves) & self.everything

    def counting(self, term: Term) -> int:
        """Return the same for a term that will hardly be scored: without reading how often it stands."""
        return sum(leaf.documents(term) << leaf.offset for leaf in self._leaves) & self.everything

    def holding(self, words: Collection[str]) -> frozenset[str]:
        """Return which of some folded words stand anywhere."""
        return frozenset(word for word in words if any(word in leaf.lexicon for leaf in self._leaves))

    def having_any(self, terms: Iterable[Term]) -> int:
        """Return the documents that hold one of some terms."""
        return _union(self.having(term) for term in terms)

    def filling(self, slot: Slot) -> int:
        """Return the documents that hold what a slot asks for."""
        return self.having_any([*slot.terms, *self.begun_by(slot)])

    def _begun_by(self, slot: Slot) -> list[Term]:
        """Return the most frequent terms that begin like a slot's beginnings."""
        found = {
            (name, term)
            for name, beginning in slot.beginnings
            for leaf in self._leaves
            for term in leaf.begun_by(name, beginning)
        }
        return sorted(found, key=lambda term: (-self.frequency(term), term))[:MOST_BEGINNINGS]

    def counts(self, facet: str, bits: int) -> dict[str, int]:
        """Return how many documents of a set have each value of a facet."""
        counts: Counter[str] = Counter()
        for leaf in self._leaves:
            values = leaf.facets().get(facet)
            if values is not None:
                counts.update(values.count(bits >> leaf.offset & leaf.alive))
        return dict(counts)

    @property
    def facets(self) -> set[str]:
        """The names of all facets."""
        return {facet for leaf in self._leaves for facet in leaf.facets()}

    def add_scores(self, scores: dict[int, float], term: Term, weight: float) -> None:
        """Add what a term is worth, times its weight, to the documents in `scores`."""
        name, text = term
        rarity, mean = self._searcher.idf(name, text), self._searcher.avg_field_length(name)
        for leaf in self._leaves:
            leaf.postings(term).add_scores(scores, offset=leaf.offset, weight=weight * rarity, mean=mean or 1)

    def column(self, name: str, bits: int) -> dict[int, int]:
        """Return a number of each document of a set: its stamp or a figure."""
        found = {}
        for leaf in self._leaves:
            values = leaf.column(name)
            inside = documents(bits >> leaf.offset & leaf.alive)
            found.update({doc + leaf.offset: values[doc] for doc in inside})
        return found

    def key(self, document: int) -> str:
        """Return the key of a document."""
        return str(self._searcher.stored_fields(document)[KEY])

    def frequency(self, term: Term) -> int:
        """Return how many documents hold a term, deleted ones included."""
        return int(self._searcher.reader().doc_frequency(*term))


class _Leaf:
    """One segment of a view; document numbers count from its own start."""

    def __init__(self, searcher: Any, offset: int, known: Mapping[str, Segment]) -> None:
        self.reader = searcher.reader()
        self.offset = offset
        self.id: str = self.reader.segment().segment_id()
        self.known = known.get(self.id) or Segment()
        self._size = self.reader.doc_count_all()
        deleted = bits_of(self.reader.segment().deleted_docs(), self._size)
        self.alive = ((1 << self._size) - 1) & ~deleted

    def postings(self, term: Term) -> Postings:
        return self.known.of(term, self.reader)

    def documents(self, term: Term) -> int:
        return self.known.documents(term, self.reader)

    @property
    def lexicon(self) -> frozenset[str]:
        if self.known.lexicon is None:
            self.known.lexicon = frozenset(word for word in self._lexicon() if word.isalpha())
        return self.known.lexicon

    def _lexicon(self) -> Iterator[str]:
        return (bytes(term).decode() for term in self.reader.lexicon(TEXT) if len(term) <= LONGEST_WORD)

    def facets(self) -> Mapping[str, Values]:
        if self.known.facets is None:
            self.known.facets = read(self.reader)
        return self.known.facets

    def column(self, name: str) -> "array[int]":
        if name not in self.known.columns:
            column = self.reader.column_reader(name)
            self.known.columns[name] = array("q", (int(column[doc]) for doc in range(self._size)))
        return self.known.columns[name]

    def begun_by(self, name: str, beginning: str) -> list[str]:
        terms = islice(self.reader.expand_prefix(name, beginning), DEEPEST_LEXICON)
        return [bytes(term).decode() for term in terms]


def _union(sets: Iterable[int]) -> int:
    result = 0
    for bits in sets:
        result |= bits
    return result
