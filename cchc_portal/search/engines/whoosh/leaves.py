"""One segment of an open index, answered from what was read of it through the package."""

import heapq
import time
from array import array
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from cchc_portal.search.engines import Term
from cchc_portal.search.engines.plan import LESSER_WEIGHT, TEXT
from cchc_portal.search.engines.whoosh.facets import Values, read
from cchc_portal.search.engines.whoosh.places import Place, Ranking
from cchc_portal.search.engines.whoosh.postings import Segment, bits_of, documents
from cchc_portal.search.engines.whoosh.schema import STAMP

LONGEST_WORD = 12  # that is compared with what was typed


class Leaf:
    """A segment; document numbers count from its own start.

    Args:
        reader: the package's reader.
        known: what others have read of it.
    """

    def __init__(self, reader: Any, known: Segment | None) -> None:
        self._reader = reader
        self.id: str = reader.segment().segment_id()
        self.known = known or Segment()
        self.size: int = reader.doc_count_all()
        self.alive = alive(reader)

    def having(self, term: Term) -> int:
        """Return the documents that hold a term; its postings are read, for it may be scored."""
        return self.known.of(term, self._reader).bits

    def counting(self, term: Term) -> int:
        """Return the same for a term that will hardly be scored: without reading how often it stands."""
        return self.known.documents(term, self._reader)

    def frequency(self, term: Term) -> int:
        """Return in how many documents a term stands, deleted ones too."""
        return int(self._reader.doc_frequency(*term))

    def knows(self, word: str) -> bool:
        """Say whether a word without diacritics stands anywhere."""
        if self.known.lexicon is None:
            self.known.lexicon = frozenset(word for word in self._lexicon() if word.isalpha())
        return word in self.known.lexicon

    def begun_by(self, name: str, beginning: str, most: int) -> list[str]:
        """Return the first terms of a field that begin like this, in order."""
        terms = islice(self._reader.expand_prefix(name, beginning), most)
        return [bytes(term).decode() for term in terms]

    def counts(self, bits: int, facet: str | None, without: Collection[str]) -> dict[str, dict[str, int]]:
        """Return how many documents of a set have each value: of one facet, or of all but some."""
        wanted = (facet,) if facet else self._facets().keys() - set(without)
        found = {name: self._facets()[name].count(bits) for name in wanted if name in self._facets()}
        return {name: values for name, values in found.items() if values}

    def best(
        self, bits: int, ranking: Ranking, *, behind: Place | None, most: int, ends_at: float
    ) -> tuple[list[Place], bool]:
        """Return the highest documents of a set behind a place, and whether there was time for all terms."""
        chosen, stamps = documents(bits), self._column(STAMP)
        ranks: Mapping[int, float] | array[int] = self._column(ranking.column) if ranking.column else {}
        is_complete = True
        if not ranking.column:
            ranks, is_complete = self._scores(chosen, ranking, ends_at)
        places = ((float(ranks[document]), stamps[document], document) for document in chosen)
        return heapq.nlargest(
            most, (found for found in places if behind is None or found < behind)
        ), is_complete

    def _scores(
        self, chosen: Collection[int], ranking: Ranking, ends_at: float
    ) -> tuple[dict[int, float], bool]:
        scores = dict.fromkeys(chosen, 0.0)
        for term, weight, mean in ranking.weights:
            self.known.of(term, self._reader).add_scores(scores, weight=weight, mean=mean)
            if time.monotonic() > ends_at:
                return scores, False
        scores |= {
            document: scores[document] * LESSER_WEIGHT
            for document in documents(ranking.lesser)
            if document in scores
        }
        return scores, True

    def _lexicon(self) -> Iterator[str]:
        return (bytes(term).decode() for term in self._reader.lexicon(TEXT) if len(term) <= LONGEST_WORD)

    def _facets(self) -> Mapping[str, Values]:
        if self.known.facets is None:
            self.known.facets = read(self._reader)
        return self.known.facets

    def _column(self, name: str) -> "array[int]":
        if name not in self.known.columns:
            column = self._reader.column_reader(name)
            self.known.columns[name] = array("q", (int(column[doc]) for doc in range(self.size)))
        return self.known.columns[name]


def alive(reader: Any) -> int:
    """Return the documents of a segment that were not deleted."""
    size: int = reader.doc_count_all()
    return ((1 << size) - 1) & ~bits_of(reader.segment().deleted_docs(), size)
