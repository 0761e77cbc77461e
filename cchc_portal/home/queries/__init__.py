"""Reading across features for the first page."""

from cchc_portal.home.queries.letters import in_correction
from cchc_portal.home.queries.practices import near, strongest
from cchc_portal.home.queries.work import asking_for_time, to_verify

__all__ = ["asking_for_time", "in_correction", "near", "strongest", "to_verify"]
