"""An open index as sets of documents; a set is a whole number with one bit per document.

Python counts and intersects such numbers at memory speed, so masks, filters and facet counts
cost next to nothing beside reading postings, and what was read of a segment stays valid for as
long as the segment lives.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from cchc_portal.search.engines.whoosh.plan import Slot, Term
from cchc_portal.search.engines.whoosh.schema import FACET, KEY, STAMP

MOST_TERMS = 2_000  # remembered per segment
MOST_BEGINNINGS = 60
DEEPEST_LEXICON = 5_000

_PLACES = [tuple(place for place in range(8) if byte >> place & 1) for byte in range(256)]


@dataclass(slots=True)
class Segment:
    """What was already read of one segment; shared by all views on it.

    Args:
        terms: term -> set of its documents.
        facets: facet, value, documents; None until asked for.
    """

    terms: dict[Term, int] = field(default_factory=dict)
    facets: list[tuple[str, str, int]] | None = None


class View:
    """An open index, to be used by one thread at a time.

    Args:
        searcher: the package's searcher.
        known: segment id -> what was read of it, shared between views.
    """

    def __init__(self, searcher: Any, known: dict[str, Segment]) -> None:
        self._searcher = searcher
        self._leaves = [
            _Leaf(leaf, offset, known.setdefault(leaf.reader().segment().segment_id(), Segment()))
            for leaf, offset in searcher.leaf_searchers()
            if leaf.reader().doc_count_all()
        ]

    def close(self) -> None:
        """Close its files."""
        self._searcher.close()

    @property
    def segments(self) -> set[str]:
        """The ids of its segments."""
        return {leaf.reader.segment().segment_id() for leaf in self._leaves}

    @cached_property
    def everything(self) -> int:
        """All documents that were not deleted."""
        return sum(leaf.alive << leaf.offset for leaf in self._leaves)

    def having(self, term: Term) -> int:
        """Return the documents that hold a term."""
        return sum(leaf.having(term) << leaf.offset for leaf in self._leaves) & self.everything

    def having_any(self, terms: Iterable[Term]) -> int:
        """Return the documents that hold one of some terms."""
        return _union(self.having(term) for term in terms)

    def filling(self, slot: Slot) -> int:
        """Return the documents that hold what a slot asks for."""
        return self.having_any([*slot.terms, *self.begun_by(slot)])

    def begun_by(self, slot: Slot) -> list[Term]:
        """Return the most frequent terms that begin like a slot's beginnings."""
        found = {
            (name, term)
            for name, beginning in slot.beginnings
            for leaf in self._leaves
            for term in leaf.begun_by(name, beginning)
        }
        return sorted(found, key=lambda term: (-self._frequency(term), term))[:MOST_BEGINNINGS]

    @cached_property
    def facets(self) -> list[tuple[str, str, int]]:
        """Every facet and value with its documents."""
        sets: dict[tuple[str, str], int] = {}
        for leaf in self._leaves:
            for facet, value, bits in leaf.facets():
                sets[facet, value] = sets.get((facet, value), 0) | bits << leaf.offset
        return [(facet, value, bits & self.everything) for (facet, value), bits in sets.items()]

    def scores(self, bits: int, weights: Sequence[tuple[Term, float]]) -> Iterator[dict[int, float]]:
        """Yield what each term adds to the documents of a set, document -> weighted score."""
        for term, weight in weights:
            for leaf in self._leaves:
                inside = bits >> leaf.offset & leaf.alive
                yield {doc + leaf.offset: score * weight for doc, score in leaf.scores(term, inside)}

    def stamps(self, bits: int) -> dict[int, int]:
        """Return the stamp of each document of a set."""
        found = {}
        for leaf in self._leaves:
            column = leaf.reader.column_reader(STAMP)
            inside = documents(bits >> leaf.offset & leaf.alive)
            found.update({doc + leaf.offset: int(column[doc]) for doc in inside})
        return found

    def key(self, document: int) -> str:
        """Return the key of a document."""
        return str(self._searcher.stored_fields(document)[KEY])

    def _frequency(self, term: Term) -> int:
        return int(self._searcher.reader().doc_frequency(*term))


class _Leaf:
    """One segment of a view; document numbers count from its own start."""

    def __init__(self, searcher: Any, offset: int, known: Segment) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self.offset = offset
        self._known = known
        self._size = self.reader.doc_count_all()
        deleted = _bits(self.reader.segment().deleted_docs(), self._size)
        self.alive = ((1 << self._size) - 1) & ~deleted

    def having(self, term: Term) -> int:
        bits = self._known.terms.get(term)
        if bits is None:
            if len(self._known.terms) >= MOST_TERMS:
                self._known.terms.clear()
            bits = self._known.terms[term] = self._read(term)
        return bits

    def facets(self) -> list[tuple[str, str, int]]:
        if self._known.facets is None:
            values = [bytes(value).decode() for value in self.reader.lexicon(FACET)]
            self._known.facets = [(*_facet_and_value(value), self._read((FACET, value))) for value in values]
        return self._known.facets

    def begun_by(self, name: str, beginning: str) -> list[str]:
        terms = islice(self.reader.expand_prefix(name, beginning), DEEPEST_LEXICON)
        return [bytes(term).decode() for term in terms]

    def scores(self, term: Term, inside: int) -> Iterator[tuple[int, float]]:
        wanted = documents(inside & self.having(term))
        if not wanted:
            return
        matcher = self.searcher.postings(*term)
        for doc in wanted:
            matcher.skip_to(doc)
            yield doc, matcher.score()

    def _read(self, term: Term) -> int:
        if term not in self.reader:
            return 0
        return _bits(self.reader.postings(*term).all_ids(), self._size)


def documents(bits: int) -> list[int]:
    """Return the documents of a set, in order."""
    held = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [at * 8 + place for at, byte in enumerate(held) if byte for place in _PLACES[byte]]


def _bits(docs: Iterable[int], size: int) -> int:
    held = bytearray(size // 8 + 1)
    for doc in docs:
        held[doc >> 3] |= 1 << (doc & 7)
    return int.from_bytes(held, "little")


def _union(sets: Iterable[int]) -> int:
    result = 0
    for bits in sets:
        result |= bits
    return result


def _facet_and_value(term: str) -> tuple[str, str]:
    facet, _, value = term.partition("=")
    return facet, value
