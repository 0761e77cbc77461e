"""One row of a table of tasks as one line: a mark, then each cell behind the mark of its column."""

import re
from collections.abc import Mapping

from cchc_portal.directives.reading.tables.roles import Role

ROW, END = "\ue000", "\ue00f"  # private characters, taken out of every text before
CELL_MARKS: Mapping[Role, str] = {role: chr(0xE001 + place) for place, role in enumerate(Role)}
_ROLES = {mark: role for role, mark in CELL_MARKS.items()}
_CELL = re.compile(f"([{''.join(_ROLES)}])([^{''.join(_ROLES)}{END}\n]*)")

_MARKS = re.compile(f"[{ROW}-{END}]")

Cells = dict[Role, tuple[int, int]]  # where the words of each cell begin and end


def cells_of(text: str, start: int, end: int) -> Cells:
    """Return where the cells of a marked row stand; empty ones are left out."""
    found: Cells = {}
    for match in _CELL.finditer(text, start, end):
        if match[2].strip():
            found.setdefault(_ROLES[match[1]], match.span(2))
    return found


def plain(words: str) -> str:
    """Return words on one line without the marks of rows and cells."""
    return " ".join(_MARKS.sub(" ", words).split())
