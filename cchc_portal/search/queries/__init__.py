"""Searching for a person: results with facets, suggestions, similar entries.

The index says what may be found; whether the person may still see it is asked once more of the
features themselves, because the index follows a change only after a moment.
"""

from cchc_portal.search.queries.asking import PAGE_SIZE, Criteria
from cchc_portal.search.queries.cards import Card, readable
from cchc_portal.search.queries.facets import FACETS, Facet, Option
from cchc_portal.search.queries.grouping import Section, Sections, sections
from cchc_portal.search.queries.lines import Line, line_of, lines
from cchc_portal.search.queries.results import Results, matching, results
from cchc_portal.search.queries.similar import Similar, similar_to, similar_to_initiative
from cchc_portal.search.queries.suggesting import Suggestions, suggestions

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "Card",
    "Criteria",
    "Facet",
    "Line",
    "Option",
    "Results",
    "Section",
    "Sections",
    "Similar",
    "Suggestions",
    "line_of",
    "lines",
    "matching",
    "readable",
    "results",
    "sections",
    "similar_to",
    "similar_to_initiative",
    "suggestions",
]
