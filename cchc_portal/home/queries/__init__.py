"""Reading across features for the first page."""

from cchc_portal.home.queries.coverage import Coverage, CoverageRow, coverage
from cchc_portal.home.queries.letters import due, in_correction, unanswered, unanswered_by
from cchc_portal.home.queries.practices import near, strongest

__all__ = [
    "Coverage",
    "CoverageRow",
    "coverage",
    "due",
    "in_correction",
    "near",
    "strongest",
    "unanswered",
    "unanswered_by",
]
