"""Reading for the boards; every number comes from here, so that all pages show the same."""

from cchc_portal.follow_up.queries.calendar import Day, month
from cchc_portal.follow_up.queries.coverage import Board, Cell, Row, Show, behind, board, cells
from cchc_portal.follow_up.queries.filters import ANY, TURN, Due, Filters, due_of
from cchc_portal.follow_up.queries.progress import Progress, progress
from cchc_portal.follow_up.queries.register import (
    Choices,
    Group,
    Grouping,
    choices,
    groups,
    lines,
    numbers,
    numbers_by_unit,
    sections,
    together,
)
from cchc_portal.follow_up.queries.saved import get_view, has_view, number_of_views, views, visible_to

__all__ = [
    "ANY",
    "TURN",
    "Board",
    "Cell",
    "Choices",
    "Day",
    "Due",
    "Filters",
    "Group",
    "Grouping",
    "Progress",
    "Row",
    "Show",
    "behind",
    "board",
    "cells",
    "choices",
    "due_of",
    "get_view",
    "groups",
    "has_view",
    "lines",
    "month",
    "number_of_views",
    "numbers",
    "numbers_by_unit",
    "progress",
    "sections",
    "together",
    "views",
    "visible_to",
]
