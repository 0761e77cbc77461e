"""Reading tasks."""

from cchc_portal.tasks.queries.access import LINE, evidence, extension, get, visible_to
from cchc_portal.tasks.queries.figures import (
    Figures,
    Standing,
    counts_by_item_and_unit,
    figures,
    standing_by_letter,
    standing_by_unit,
)
from cchc_portal.tasks.queries.letters import (
    is_given,
    items_of,
    newest_of_series,
    open_tasks_of,
    units_with_tasks,
)
from cchc_portal.tasks.queries.lists import (
    due_within,
    evidence_kept,
    in_order,
    is_mine,
    lines,
    mine,
    of_item,
    overdue,
    page_of,
    people_of,
    sorting_values,
    waiting_for_verification,
)

__all__ = [
    "LINE",
    "Figures",
    "Standing",
    "counts_by_item_and_unit",
    "due_within",
    "evidence",
    "evidence_kept",
    "extension",
    "figures",
    "get",
    "in_order",
    "is_given",
    "is_mine",
    "items_of",
    "lines",
    "mine",
    "newest_of_series",
    "of_item",
    "open_tasks_of",
    "overdue",
    "page_of",
    "people_of",
    "sorting_values",
    "standing_by_letter",
    "standing_by_unit",
    "units_with_tasks",
    "visible_to",
    "waiting_for_verification",
]
