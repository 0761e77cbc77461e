"""Reading across features for the first page."""

from cchc_portal.home.queries.letters import in_correction
from cchc_portal.home.queries.practices import near, strongest

__all__ = ["in_correction", "near", "strongest"]
