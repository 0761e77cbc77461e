"""Tables of tasks: rows told apart by bars, tabs, columns of print or line breaks, brought into one form."""

from cchc_portal.directives.reading.tables.marking import mark_rows
from cchc_portal.directives.reading.tables.rows import CELL_MARKS, END, ROW, Cells, cells_of, plain

__all__ = ["CELL_MARKS", "END", "ROW", "Cells", "cells_of", "mark_rows", "plain"]
