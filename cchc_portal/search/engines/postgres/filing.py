"""A document as a row: its terms as one tsvector, its marks as arrays.

The terms come ready from our own analysis; PostgreSQL's dictionaries are never used. A letter in
front says which spelling a term is of, so that one index serves all of them.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cchc_portal.search.analysis import Dictionary
from cchc_portal.search.engines import FIGURES, Document, Term
from cchc_portal.search.engines.plan import BIGRAMS, CANONICAL, TEXT, TITLE, facet_term, terms_of

PREFIXES = {TEXT: "t", BIGRAMS: "p", CANONICAL: "c", TITLE: "h"}
MOST_REPEATS = 12  # one more hardly adds to a rank
LONGEST = 900_000  # bytes; a tsvector holds a million
LONGEST_TERM = 1_000  # letters; a lexeme holds 2,046 bytes


def row(document: Document, dictionary: Dictionary) -> dict[str, Any]:
    """Return a document as the values of its columns."""
    return {
        "key": document.key,
        "terms": _vector(_terms(document, dictionary)),
        "audience": sorted(document.audience),
        "facets": [facet_term(facet, value) for facet, values in document.facets.items() for value in values],
        "stamp": document.stamp,
        "revision": document.revision,
        **{figure: document.figures.get(figure, 0) for figure in FIGURES.values()},
    }


def lexeme(term: Term) -> str:
    """Return a term as it stands in the vectors."""
    name, text = term
    return f"{PREFIXES[name]}{text[:LONGEST_TERM]}"


def quoted(lexeme: str) -> str:
    """Return a lexeme as vectors and queries are written."""
    inner = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{inner}'"


def _terms(document: Document, dictionary: Dictionary) -> Mapping[str, int]:
    filed = terms_of(document, dictionary)
    return Counter(lexeme((name, text)) for name, texts in filed.items() for text in texts)


def _vector(terms: Mapping[str, int]) -> str:
    """Return terms as a tsvector; how often one occurs is told by as many made-up places.

    The terms of a title come first, those of a file's last pages may not fit any more.
    """
    written, size = [], 0
    for term, often in terms.items():
        places = ",".join(map(str, range(1, min(often, MOST_REPEATS) + 1)))
        piece = f"{quoted(term)}:{places}"
        size += len(piece.encode()) + MOST_REPEATS
        if size > LONGEST:
            break
        written.append(piece)
    return " ".join(written)
