"""The values of a facet in one segment, kept so that they can be counted in any set of documents.

Values that many documents have are sets; of those that few have (there are as many authors as
people) each document knows its own, or they would take more room than everything else.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cchc_portal.search.engines.whoosh.postings import bits_of, documents
from cchc_portal.search.engines.whoosh.schema import FACET

RARE = 64  # a value that fewer than every so many documents have is rare


@dataclass(slots=True)
class Values:
    """The values of one facet in one segment.

    Args:
        frequent: value -> its documents.
        rare: the other values.
        starts: document -> where its places begin in `places`; one more than there are documents.
        places: places of values in `rare`.
    """

    frequent: dict[str, int] = field(default_factory=dict)
    rare: list[str] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("I"))
    places: "array[int]" = field(default_factory=lambda: array("I"))

    def count(self, bits: int) -> dict[str, int]:
        """Return how many documents of a set have each value, without those that none has."""
        counts = {
            value: count for value, held in self.frequent.items() if (count := (held & bits).bit_count())
        }
        if self.rare and bits:
            tally = Counter(self._places_of(bits))
            counts |= {self.rare[place]: count for place, count in tally.items()}
        return counts

    def _places_of(self, bits: int) -> Iterator[int]:
        starts, places = self.starts, self.places
        for document in documents(bits):
            start, end = starts[document], starts[document + 1]
            if start != end:
                yield from places[start:end]


def read(reader: Any) -> Mapping[str, Values]:
    """Return the facets of a segment."""
    size = reader.doc_count_all()
    found: dict[str, Values] = {}
    rare: dict[str, list[tuple[int, int]]] = {}
    for term in map(bytes, reader.lexicon(FACET)):
        facet, _, value = term.decode().partition("=")
        values = found.setdefault(facet, Values())
        held = list(reader.postings(FACET, term).all_ids())
        if len(held) * RARE >= size:
            values.frequent[value] = bits_of(held, size)
        else:
            rare.setdefault(facet, []).extend((document, len(values.rare)) for document in held)
            values.rare.append(value)
    for facet, pairs in rare.items():
        found[facet].starts, found[facet].places = _by_document(pairs, size)
    return found


def _by_document(pairs: Sequence[tuple[int, int]], size: int) -> "tuple[array[int], array[int]]":
    starts = array("I", bytes(4 * (size + 1)))
    for document, _ in pairs:
        starts[document + 1] += 1
    for document in range(size):
        starts[document + 1] += starts[document]
    return starts, array("I", _second(sorted(pairs)))


def _second(pairs: Iterable[tuple[int, int]]) -> Iterator[int]:
    return (place for _, place in pairs)
