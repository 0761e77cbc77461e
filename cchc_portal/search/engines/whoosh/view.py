"""An open index as sets of documents; a set is a whole number with one bit per document.

Python counts and intersects such numbers at memory speed, so masks and filters cost next to
nothing beside reading postings.
"""

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

from cchc_portal.search.engines import Term
from cchc_portal.search.engines.plan import Slot
from cchc_portal.search.engines.whoosh.leaves import Leaf, alive
from cchc_portal.search.engines.whoosh.places import Place, Ranking
from cchc_portal.search.engines.whoosh.postings import Segment
from cchc_portal.search.engines.whoosh.schema import KEY

MOST_BEGINNINGS = 60
DEEPEST_LEXICON = 5_000


class Part(Protocol):
    """Some documents of an index, numbered from their own start: a segment, or a block of several."""

    def having(self, term: Term) -> int:
        """Return the documents that hold a term."""

    def counting(self, term: Term) -> int:
        """Return the same for a term that will hardly be scored."""

    def frequency(self, term: Term) -> int:
        """Return in how many documents a term stands, deleted ones too."""

    def knows(self, word: str) -> bool:
        """Say whether a word without diacritics stands anywhere."""

    def begun_by(self, name: str, beginning: str, most: int) -> list[str]:
        """Return the first terms of a field that begin like this, in order."""

    def counts(self, bits: int, facet: str | None, without: Collection[str]) -> dict[str, dict[str, int]]:
        """Return how many documents of a set have each value: of one facet, or of all but some."""

    def best(
        self, bits: int, ranking: Ranking, *, behind: Place | None, most: int, ends_at: float
    ) -> tuple[list[Place], bool]:
        """Return the highest documents of a set behind a place, and whether there was time for all terms."""


class Block(Part, Protocol):
    """A part that was exported; it says which segments it stands for."""

    segments: list[str]
    sizes: list[int]


class _Placed(NamedTuple):
    """A part at its place in the index."""

    part: Part
    offset: int
    alive: int  # its documents that were not deleted

    def own(self, bits: int) -> int:
        """Return its share of a set of the whole index."""
        return bits >> self.offset & self.alive


class View:
    """An open index, to be used by one thread at a time.

    Args:
        searcher: the package's searcher.
        known: segment id -> what other views on the same generation have read of it.
        blocks: what was exported of the segments; those that do not fit them are passed over.
    """

    def __init__(self, searcher: Any, known: Mapping[str, Segment], blocks: Sequence[Block] = ()) -> None:
        self._searcher = searcher
        self._leaves: list[Leaf] = []
        self._parts = list(self._placed(known, blocks))
        # Asked for once to find and once to rank, and by people who type the same words.
        self.begun_by = lru_cache(maxsize=64)(self._begun_by)
        self._mean = lru_cache(maxsize=8)(searcher.avg_field_length)

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
        return sum(placed.alive << placed.offset for placed in self._parts)

    def having(self, term: Term) -> int:
        """Return the documents that hold a term."""
        return sum(placed.part.having(term) << placed.offset for placed in self._parts) & self.everything

    def counting(self, term: Term) -> int:
        """Return the same for a term that will hardly be scored: without reading how often it stands."""
        return sum(placed.part.counting(term) << placed.offset for placed in self._parts) & self.everything

    def holding(self, words: Collection[str]) -> frozenset[str]:
        """Return which of some folded words stand anywhere."""
        return frozenset(word for word in words if any(placed.part.knows(word) for placed in self._parts))

    def having_any(self, terms: Iterable[Term]) -> int:
        """Return the documents that hold one of some terms."""
        result = 0
        for term in terms:
            result |= self.having(term)
        return result

    def filling(self, slot: Slot) -> int:
        """Return the documents that hold what a slot asks for."""
        return self.having_any([*slot.terms, *self.begun_by(slot)])

    def ranking(self, weights: Iterable[tuple[Term, float]], *, lesser: int = 0) -> Ranking:
        """Return how terms rank documents: a term's weight grows with its rarity.

        Args:
            weights: of terms.
            lesser: documents that count half.
        """
        return Ranking(
            lesser=lesser,
            weights=[
                (term, weight * self._rarity(term), self._mean(term[0]) or 1) for term, weight in weights
            ],
        )

    def best(
        self, bits: int, ranking: Ranking, *, behind: Place | None, most: int, ends_at: float
    ) -> tuple[list[Place], bool]:
        """Return the highest documents of a set behind a place, and whether there was time for all terms."""
        found: list[Place] = []
        is_complete = True
        for placed in self._parts:
            own = placed.own(bits)
            if own:
                start = behind and (behind[0], behind[1], behind[2] - placed.offset)
                part_ranking = replace(ranking, lesser=placed.own(ranking.lesser))
                best, in_time = placed.part.best(own, part_ranking, behind=start, most=most, ends_at=ends_at)
                found += [(rank, stamp, document + placed.offset) for rank, stamp, document in best]
                is_complete &= in_time
        return heapq.nlargest(most, found), is_complete

    def counts(
        self, bits: int, facet: str | None = None, without: Collection[str] = ()
    ) -> dict[str, dict[str, int]]:
        """Return how many documents of a set have each value: of one facet, or of all but some."""
        total: dict[str, dict[str, int]] = {}
        for placed in self._parts:
            for name, values in placed.part.counts(placed.own(bits), facet, without).items():
                known = total.setdefault(name, {})
                for value, count in values.items():
                    known[value] = known.get(value, 0) + count
        return total

    def key(self, document: int) -> str:
        """Return the key of a document."""
        return str(self._searcher.stored_fields(document)[KEY])

    def _begun_by(self, slot: Slot) -> list[Term]:
        """Return the most frequent terms that begin like a slot's beginnings."""
        found = {
            (name, term)
            for name, beginning in slot.beginnings
            for placed in self._parts
            for term in placed.part.begun_by(name, beginning, DEEPEST_LEXICON)
        }
        return sorted(found, key=lambda term: (-self.frequency(term), term))[:MOST_BEGINNINGS]

    def _rarity(self, term: Term) -> float:
        """Return the package's idf; it would ask every segment."""
        return math.log(self._searcher.doc_count_all() / (self.frequency(term) + 1)) + 1

    def frequency(self, term: Term) -> int:
        """Return how many documents hold a term, deleted ones included."""
        return sum(placed.part.frequency(term) for placed in self._parts)

    def _placed(self, known: Mapping[str, Segment], blocks: Sequence[Block]) -> Iterable[_Placed]:
        segments = [(leaf.reader(), start) for leaf, start in self._searcher.leaf_searchers()]
        segments = [(reader, start) for reader, start in segments if reader.doc_count_all()]
        ids = [reader.segment().segment_id() for reader, _ in segments]
        at = 0
        while at < len(segments):
            reader, start = segments[at]
            block = next(
                (found for found in blocks if ids[at : at + len(found.segments)] == found.segments), None
            )
            if block is not None:
                yield _Placed(
                    block, start, _alive([reader for reader, _ in segments[at:][: len(block.sizes)]])
                )
                at += len(block.segments)
            else:
                leaf = Leaf(reader, known.get(ids[at]))
                self._leaves.append(leaf)
                yield _Placed(leaf, start, leaf.alive)
                at += 1


def _alive(readers: Iterable[Any]) -> int:
    result, start = 0, 0
    for reader in readers:
        result |= alive(reader) << start
        start += reader.doc_count_all()
    return result
