"""Reading letters and their items: every list comes from `visible_to`."""

from cchc_portal.directives.queries.book import (
    Taken,
    UnitReceipts,
    files,
    get_file,
    is_addressed,
    newest_version,
    receipts,
    taken,
    to_acknowledge,
    versions,
)
from cchc_portal.directives.queries.chain import Chain, Link, basis, chain, followers, get_relation
from cchc_portal.directives.queries.letters import (
    drafts,
    get,
    get_item,
    revision,
    units_of_the_time,
    visible_to,
)
from cchc_portal.directives.queries.matching import doubles, meant_by
from cchc_portal.directives.queries.register import (
    Filters,
    kinds,
    named,
    newest,
    outgoing_with,
    page_of,
    place_of,
    register_rows,
)

__all__ = [
    "Chain",
    "Filters",
    "Link",
    "Taken",
    "UnitReceipts",
    "basis",
    "chain",
    "doubles",
    "drafts",
    "files",
    "followers",
    "get",
    "get_file",
    "get_item",
    "get_relation",
    "is_addressed",
    "kinds",
    "meant_by",
    "named",
    "newest",
    "newest_version",
    "outgoing_with",
    "page_of",
    "place_of",
    "receipts",
    "register_rows",
    "revision",
    "taken",
    "to_acknowledge",
    "units_of_the_time",
    "versions",
    "visible_to",
]
