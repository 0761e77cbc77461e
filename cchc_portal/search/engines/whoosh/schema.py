"""The fields of the index, and a document as its row."""

from typing import Any

from whoosh import fields

from cchc_portal.search.analysis import Dictionary
from cchc_portal.search.engines import FIGURES, Document
from cchc_portal.search.engines.plan import BIGRAMS, CANONICAL, TEXT, TITLE, facet_term, terms_of

KEY = "key"
SCORED = frozenset({TEXT, BIGRAMS, CANONICAL, TITLE})
AUDIENCE, FACET, STAMP, REVISION = "audience", "facet", "stamp", "revision"


def schema() -> fields.Schema:
    """Return the fields: all text in three spellings, a small one for the title, marks.

    Terms are given as lists that come ready from our own analysis, so no analyser of the
    package is ever used.
    """
    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        text=_terms(),
        bigrams=_terms(),
        canonical=_terms(),
        title=_terms(),
        audience=_marks(),
        facet=_marks(),
        stamp=_number(),
        **{figure: _number() for figure in FIGURES.values()},
        revision=fields.STORED(),
    )


def row(document: Document, dictionary: Dictionary) -> dict[str, Any]:
    """Return a document as the values of its fields."""
    return {
        KEY: document.key,
        **terms_of(document, dictionary),
        AUDIENCE: sorted(document.audience),
        FACET: [facet_term(facet, value) for facet, values in document.facets.items() for value in values],
        STAMP: document.stamp,
        REVISION: document.revision,
        **{figure: document.figures.get(figure, 0) for figure in FIGURES.values()},
    }


def _terms() -> fields.FieldType:
    return fields.TEXT(phrase=False, stored=False)


def _number() -> fields.FieldType:
    return fields.NUMERIC(int, bits=64, sortable=True)


def _marks() -> fields.FieldType:
    return fields.KEYWORD(stored=False, scorable=False)
