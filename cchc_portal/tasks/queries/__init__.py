"""Reading tasks."""

from cchc_portal.tasks.queries.access import LINE, evidence, extension, get, in_force, running, visible_to
from cchc_portal.tasks.queries.answers import answers
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
    series_of,
    units_in_series,
    units_with_tasks,
)
from cchc_portal.tasks.queries.lists import (
    evidence_kept,
    in_order,
    is_mine,
    lines,
    mine,
    of_item,
    page_of,
    people_of,
    sorting_values,
    waiting_for_time,
    waiting_for_verification,
)

__all__ = [
    "LINE",
    "Figures",
    "Standing",
    "answers",
    "counts_by_item_and_unit",
    "evidence",
    "evidence_kept",
    "extension",
    "figures",
    "get",
    "in_force",
    "in_order",
    "is_given",
    "is_mine",
    "items_of",
    "lines",
    "mine",
    "newest_of_series",
    "of_item",
    "open_tasks_of",
    "page_of",
    "people_of",
    "running",
    "series_of",
    "sorting_values",
    "standing_by_letter",
    "standing_by_unit",
    "units_in_series",
    "units_with_tasks",
    "visible_to",
    "waiting_for_time",
    "waiting_for_verification",
]
