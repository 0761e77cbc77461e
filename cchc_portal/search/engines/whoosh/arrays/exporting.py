"""Writing blocks: what the package holds of some segments, read once and laid out as arrays."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from cchc_portal.search.engines import FIGURES
from cchc_portal.search.engines.whoosh.arrays.container import Array, Sink
from cchc_portal.search.engines.whoosh.schema import AUDIENCE, FACET, KEY, SCORED, STAMP

MARKS = (KEY, AUDIENCE, FACET)
COLUMNS = (STAMP, *FIGURES.values())


def write(readers: Sequence[Any], path: Path) -> None:
    """Write the block of some segments.

    Args:
        readers: the package's readers of the segments, in the order of the index.
        path: the file; it is not part of the index before it is sealed.
    """
    sizes = [reader.doc_count_all() for reader in readers]
    starts = [0, *accumulate(sizes)][:-1]
    with Sink(path) as sink:
        for name in (*sorted(SCORED), *MARKS):
            _export_field(name, list(zip(readers, starts, strict=True)), sink)
        for name in sorted(SCORED):
            sink.add(f"{name}.lengths", _lengths(name, readers))
        for name in COLUMNS:
            sink.add(name, _column(name, readers))
        sink.close({"segments": [reader.segment().segment_id() for reader in readers], "sizes": sizes})


def _export_field(name: str, parts: Sequence[tuple[Any, int]], sink: Sink) -> None:
    """Write a field: its terms in order, where the postings of each begin, documents, frequencies."""
    known: dict[bytes, int] = {}
    found = [_postings(name, reader, start, known) for reader, start in parts]
    terms, documents, frequencies = (np.concatenate(columns) for columns in zip(*found, strict=True))
    ordered = sorted(known)
    rank = np.empty(len(ordered), dtype=np.uint32)
    rank[[known[term] for term in ordered]] = np.arange(len(ordered), dtype=np.uint32)
    terms = rank[terms]
    order = np.argsort(terms, kind="stable")  # documents stay in order within a term
    counts = np.bincount(terms, minlength=len(ordered))
    sink.add(f"{name}.text", np.frombuffer(b"".join(ordered), dtype=np.uint8))
    sink.add(f"{name}.ends", np.cumsum([len(term) for term in ordered], dtype=np.uint32))
    sink.add(f"{name}.starts", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint64))
    sink.add(f"{name}.documents", documents[order])
    if name in SCORED:
        sink.add(f"{name}.frequencies", frequencies[order])


def _postings(name: str, reader: Any, start: int, known: dict[bytes, int]) -> tuple[Array, Array, Array]:
    """Return a segment's postings, one line each: number of the term, document, frequency."""
    terms, documents, frequencies = array("I"), array("I"), array("H")
    for term in reader.lexicon(name):
        number = known.setdefault(bytes(term), len(known))
        matcher = reader.postings(name, term)
        if name in SCORED:
            while matcher.is_active():
                terms.append(number)
                documents.append(matcher.id() + start)
                frequencies.append(min(int(matcher.weight()), 0xFFFF))
                matcher.next()
        else:
            held = [document + start for document in matcher.all_ids()]
            terms.extend([number] * len(held))
            documents.extend(held)
    return (
        np.frombuffer(terms, dtype=np.uint32),
        np.frombuffer(documents, dtype=np.uint32),
        np.frombuffer(frequencies, dtype=np.uint16),
    )


def _lengths(name: str, readers: Sequence[Any]) -> Array:
    lengths = (
        reader.doc_field_length(document, name, 1)
        for reader in readers
        for document in range(reader.doc_count_all())
    )
    return np.fromiter(lengths, dtype=np.float32)


def _column(name: str, readers: Sequence[Any]) -> Array:
    return np.fromiter((value for reader in readers for value in _numbers(name, reader)), dtype=np.int64)


def _numbers(name: str, reader: Any) -> Iterator[int]:
    column = reader.column_reader(name)
    return (int(column[document]) for document in range(reader.doc_count_all()))
