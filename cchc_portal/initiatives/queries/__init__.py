"""Reading initiatives: every list comes from `visible_to`."""

from cchc_portal.initiatives.queries.access import (
    attachment,
    draft_of,
    get,
    get_deleted,
    get_head,
    is_author,
    is_open,
    newest_version,
    visible_by,
    visible_to,
)
from cchc_portal.initiatives.queries.limits import warnings_about
from cchc_portal.initiatives.queries.listing import Filters, facets, page_of, value_names
from cchc_portal.initiatives.queries.lists import (
    InHand,
    answering,
    attachments,
    counts_by_item,
    has_open_items,
    in_hand,
    open_items,
    reform_fields,
    submitted_by,
    to_check,
    versions,
)
from cchc_portal.initiatives.queries.texts import snapshot

__all__ = [
    "Filters",
    "InHand",
    "answering",
    "attachment",
    "attachments",
    "counts_by_item",
    "draft_of",
    "facets",
    "get",
    "get_deleted",
    "get_head",
    "has_open_items",
    "in_hand",
    "is_author",
    "is_open",
    "newest_version",
    "open_items",
    "page_of",
    "reform_fields",
    "snapshot",
    "submitted_by",
    "to_check",
    "value_names",
    "versions",
    "visible_by",
    "visible_to",
    "warnings_about",
]
