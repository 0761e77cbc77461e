"""Searching for a person: results with facets, suggestions, similar entries.

The index says what may be found; whether the person may still see it is asked once more of the
features themselves, because the index follows a change only after a moment.
"""

from cchc_portal.search.queries.asking import Criteria
from cchc_portal.search.queries.cards import Card
from cchc_portal.search.queries.facets import FACETS, Facet, Option
from cchc_portal.search.queries.results import Results, results, similar_to, suggestions

__all__ = [
    "FACETS",
    "Card",
    "Criteria",
    "Facet",
    "Option",
    "Results",
    "results",
    "similar_to",
    "suggestions",
]
