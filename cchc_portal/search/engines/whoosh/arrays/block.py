"""A block: terms, postings and columns of many documents, answered from arrays in memory maps."""

import time
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from cchc_portal.search.engines import Term
from cchc_portal.search.engines.plan import LESSER_WEIGHT, TEXT
from cchc_portal.search.engines.whoosh.arrays.container import Array, Source
from cchc_portal.search.engines.whoosh.places import K1, B, Place, Ranking
from cchc_portal.search.engines.whoosh.schema import FACET

MOST_VALUES = 500  # of a facet that are counted
MOST_SETS = 512  # kept as whole numbers, 12 KB each with 100,000 documents


class Block:
    """What was exported of some segments; for any number of threads.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._source = Source(path)
        self.segments: list[str] = self._source.about["segments"]
        self.sizes: list[int] = self._source.about["sizes"]
        self.size = sum(self.sizes)
        # Sets are asked for again and again: who may see, what is filtered by, words of the house.
        self.having = lru_cache(maxsize=MOST_SETS)(self._having)

    def counting(self, term: Term) -> int:
        """Return the documents that hold a term; here it makes no difference what for."""
        return self.having(term)

    def frequency(self, term: Term) -> int:
        """Return in how many documents a term stands, deleted ones too, as the package counts."""
        return len(self._documents(term))

    def knows(self, word: str) -> bool:
        """Say whether a word without diacritics stands anywhere."""
        return self._find(TEXT, word.encode()) is not None

    def begun_by(self, name: str, beginning: str, most: int) -> list[str]:
        """Return the first terms of a field that begin like this, in order."""
        wanted = beginning.encode()
        ends = self._array(f"{name}.ends")
        first = bisect_left(range(len(ends)), wanted, key=lambda at: self._text(name, at))
        terms = (self._text(name, at) for at in range(first, min(first + most, len(ends))))
        return [term.decode() for term in _while_beginning(terms, wanted)]

    def counts(self, bits: int, facet: str | None, without: Collection[str]) -> dict[str, dict[str, int]]:
        """Return how many documents of a set have each value: of one facet, or of all but some.

        Of facets with very many values only the most frequent are told.
        """
        starts = self._array(f"{FACET}.starts")
        if len(starts) == 1:
            return {}
        held = self._mask(bits)[self._array(f"{FACET}.documents")]
        counts = np.add.reduceat(held, starts[:-1].astype(np.intp), dtype=np.int64)
        wanted = [facet] if facet else [name for name in self._facets if name not in without]
        found = {name: self._named(counts, *self._facets[name]) for name in wanted if name in self._facets}
        return {name: values for name, values in found.items() if values}

    def best(
        self, bits: int, ranking: Ranking, *, behind: Place | None, most: int, ends_at: float
    ) -> tuple[list[Place], bool]:
        """Return the highest documents of a set behind a place, and whether there was time for all terms."""
        mask = self._mask(bits)
        chosen = np.flatnonzero(mask)
        if not len(chosen):
            return [], True
        stamps = self._array("stamp")[chosen]
        if ranking.column:
            ranks, is_complete = self._array(ranking.column)[chosen].astype(np.float64), True
        else:
            scores, is_complete = self._scores(mask, ranking, ends_at)
            scores[self._mask(ranking.lesser)] *= LESSER_WEIGHT
            ranks = scores[chosen]
        if behind is not None:
            kept = _is_behind(behind, ranks, stamps, chosen)
            chosen, stamps, ranks = chosen[kept], stamps[kept], ranks[kept]
        return _highest(ranks, stamps, chosen, most), is_complete

    def _scores(self, mask: Array, ranking: Ranking, ends_at: float) -> tuple[Array, bool]:
        """Return BM25 of each document of a mask, as `Postings.add_scores` reckons it."""
        scores = np.zeros(self.size)
        for term, weight, mean in ranking.weights:
            documents, frequencies = self._postings(term)
            held = mask[documents]
            documents, often = documents[held], frequencies[held].astype(np.float64)
            lengths = self._array(f"{term[0]}.lengths")[documents].astype(np.float64)
            scores[documents] += weight * (K1 + 1) * often / (often + K1 * (1 - B) + K1 * B / mean * lengths)
            if time.monotonic() > ends_at:
                return scores, False
        return scores, True

    def _having(self, term: Term) -> int:
        mask = np.zeros(self.size, dtype=np.uint8)
        mask[self._documents(term)] = 1
        return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")

    def _mask(self, bits: int) -> Array:
        packed = np.frombuffer(bits.to_bytes(self.size // 8 + 1, "little"), dtype=np.uint8)
        return np.unpackbits(packed, bitorder="little")[: self.size].view(np.bool_)

    def _postings(self, term: Term) -> tuple[Array, Array]:
        start, end = self._span(term)
        frequencies = self._array(f"{term[0]}.frequencies")
        return self._array(f"{term[0]}.documents")[start:end], frequencies[start:end]

    def _documents(self, term: Term) -> Array:
        start, end = self._span(term)
        return self._array(f"{term[0]}.documents")[start:end]

    def _span(self, term: Term) -> tuple[int, int]:
        at = self._find(term[0], term[1].encode())
        if at is None:
            return 0, 0
        starts = self._array(f"{term[0]}.starts")
        return int(starts[at]), int(starts[at + 1])

    def _find(self, name: str, text: bytes) -> int | None:
        count = len(self._array(f"{name}.ends"))
        at = bisect_left(range(count), text, key=lambda at: self._text(name, at))
        return at if at < count and self._text(name, at) == text else None

    def _text(self, name: str, at: int) -> bytes:
        ends = self._array(f"{name}.ends")
        return self._source.text(f"{name}.text", int(ends[at - 1]) if at else 0, int(ends[at]))

    def _array(self, name: str) -> Array:
        if name not in self._arrays:
            self._arrays[name] = self._source.array(name)
        return self._arrays[name]

    @cached_property
    def _arrays(self) -> dict[str, Array]:
        return {}

    @cached_property
    def _facets(self) -> dict[str, tuple[int, int]]:
        """Each facet with the numbers of its first value and of the one behind its last."""
        spans: dict[str, tuple[int, int]] = {}
        for at in range(len(self._array(f"{FACET}.ends"))):
            name = self._text(FACET, at).partition(b"=")[0].decode()
            spans[name] = (spans.get(name, (at, at))[0], at + 1)
        return spans

    def _named(self, counts: Array, first: int, behind: int) -> dict[str, int]:
        own = counts[first:behind]
        found = np.flatnonzero(own)
        if len(found) > MOST_VALUES:
            found = found[np.argpartition(own[found], -MOST_VALUES)[-MOST_VALUES:]]
        return {
            self._text(FACET, first + at).decode().partition("=")[2]: int(own[at]) for at in found.tolist()
        }


def _while_beginning(terms: Iterator[bytes], wanted: bytes) -> Iterator[bytes]:
    for term in terms:
        if not term.startswith(wanted):
            return
        yield term


def _is_behind(place: Place, ranks: Array, stamps: Array, documents: Array) -> Array:
    rank, stamp, document = place
    older = (stamps < stamp) | ((stamps == stamp) & (documents < document))
    kept: Array = (ranks < rank) | ((ranks == rank) & older)
    return kept


def _highest(ranks: Array, stamps: Array, documents: Array, most: int) -> list[Place]:
    """Return the highest places in order; those that share the last rank are compared by stamp first."""
    if len(ranks) > most:
        least = np.partition(ranks, -most)[-most]
        kept = ranks >= least
        ranks, stamps, documents = ranks[kept], stamps[kept], documents[kept]
    order: Sequence[int] = np.lexsort((documents, stamps, ranks))[::-1][:most].tolist()
    return [(float(ranks[at]), int(stamps[at]), int(documents[at])) for at in order]
