"""A row of a table of tasks: what its cells say about the task, who, until when, and what comes of it."""

import re
from dataclasses import dataclass

from cchc_portal.directives.reading.assignments import find_orders
from cchc_portal.directives.reading.bodies import KnownUnits, bodies_in
from cchc_portal.directives.reading.deadlines import read_cell, read_deadline
from cchc_portal.directives.reading.parts import Deadline, Found, When
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.tables import END, Cells, cells_of
from cchc_portal.directives.reading.tables.roles import Role

_PART = re.compile(
    r"(?:[-+•] ?)?(?P<part>(?:Đơn vị |Cơ quan |Bộ phận )?(?:chủ trì(?: thực hiện)?|phối hợp(?: thực hiện)?|thực hiện)) ?: ?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:(?<=[\ue001-\ue00e])|(?<=[;,.])) ?[-+•] ?")


@dataclass(frozen=True)
class TaskRow:
    """What one row says."""

    task: tuple[int, int]
    leads: tuple[Found[str], ...]
    support: tuple[Found[str], ...]
    deadline: Deadline | None
    deliverable: Found[str] | None

    @property
    def assignees(self) -> tuple[Found[str], ...]:
        """Everybody it names, those who lead first, each once."""
        led = {one.value for one in self.leads}
        return self.leads + tuple(one for one in self.support if one.value not in led)


def row_end(source: Source, start: int, end: int) -> int:
    """Return where the row that begins at a place ends."""
    mark = source.text.find(END, start, end)
    return end if mark < 0 else mark


def read_row(source: Source, start: int, end: int, known: KnownUnits, when: When) -> TaskRow | None:
    """Return what a marked row says, None where it has no task."""
    cells = cells_of(source.text, start, end)
    task = cells.get(Role.TASK)
    if task is None:
        return None
    leads, support = _who(source, cells, known)
    if not leads and not support and Role.LEAD not in cells and Role.BOTH not in cells:
        leads, support = _in_task(source, task, known)
    return TaskRow(task, leads, support, _deadline(source, cells, when), _deliverable(source, cells))


def _who(
    source: Source, cells: Cells, known: KnownUnits
) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    leads = _named(source, cells.get(Role.LEAD), known)
    support = _named(source, cells.get(Role.SUPPORT), known)
    both = cells.get(Role.BOTH) or (cells.get(Role.LEAD) if Role.SUPPORT not in cells else None)
    parts = list(_PART.finditer(source.text, *both)) if both else []
    if parts and both:
        return _parted(source, parts, both, known)
    if Role.BOTH in cells:
        named = _named(source, cells[Role.BOTH], known)
        return named[:1], named[1:]
    return leads, support


def _parted(
    source: Source, parts: list[re.Match[str]], cell: tuple[int, int], known: KnownUnits
) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    """Read "Chủ trì: X; Phối hợp: Y" within one cell."""
    leads: tuple[Found[str], ...] = _named(source, (cell[0], parts[0].start()), known)
    support: tuple[Found[str], ...] = ()
    stops = [part.start() for part in parts[1:]] + [cell[1]]
    for part, stop in zip(parts, stops, strict=True):
        names = _named(source, (part.end(), stop), known)
        if "phối hợp" in part["part"].lower():
            support += names
        else:
            leads += names
    return leads, support


def _named(source: Source, cell: tuple[int, int] | None, known: KnownUnits) -> tuple[Found[str], ...]:
    """Return the names in a cell, parted at bullets too."""
    if cell is None:
        return ()
    start, end = cell
    cuts = [match.span() for match in _BULLET.finditer(source.text, start, end)]
    edges = [start, *(at for cut in cuts for at in cut), end]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    return tuple(
        found
        for first, last in pieces
        if source.text[first:last].strip(" ;,.")
        for found in bodies_in(source, first, last, known)
    )


def _in_task(
    source: Source, task: tuple[int, int], known: KnownUnits
) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    order = next(iter(find_orders(source, *task, known)), None)
    if order is None:
        return (), ()
    leads = tuple(one for one in order.assignees if one.value in order.leads) or order.assignees
    return leads, tuple(one for one in order.assignees if one not in leads)


def _deadline(source: Source, cells: Cells, when: When) -> Deadline | None:
    if Role.DEADLINE in cells:
        return read_cell(source, *cells[Role.DEADLINE], when)
    return read_deadline(source, *cells[Role.TASK], when)


def _deliverable(source: Source, cells: Cells) -> Found[str] | None:
    if Role.DELIVERABLE not in cells:
        return None
    start, end = cells[Role.DELIVERABLE]
    words = " ".join(source.text[start:end].split()).strip(" .;-")
    return source.found(start, end, words) if words else None
