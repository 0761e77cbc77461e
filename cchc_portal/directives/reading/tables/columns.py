"""Tables drawn with blanks: what stands below a heading belongs to its column."""

import re
from itertools import pairwise

from cchc_portal.directives.reading.source import Line
from cchc_portal.directives.reading.tables.grid import Row, Spans, Table, trimmed
from cchc_portal.directives.reading.tables.roles import Role, roles_of
from cchc_portal.directives.reading.words import UPPER

_SEGMENT = re.compile(r"\S(?:[^\n\S]?\S)*")
_NUMBER = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[A-Za-zđ])[.)]?")
_GROUP = re.compile(rf"(?P<no>[IVX]{{1,5}}|[A-HĐ])[.)]? (?=[{UPPER}])")
_PAGE_NUMBER = re.compile(r"\s{10,}(?:-? ?\d{1,3} ?-?|[Tt]rang \d{1,3})\s*")
_SLACK = 3  # letters by which a cell may stand left of its heading
_HEADING_LINES = 3
_BLANK_LINES = 2
_LONGEST = 3000
_FEWEST = 3  # columns of a table


def read_columns(text: str, lines: list[Line], at: int) -> tuple[Table, int] | None:
    """Read a table of print from its line of headings on, and tell on which line the text goes on."""
    segments = _segments(lines[at])
    if len(segments) < _FEWEST:
        return None
    edges = [start - lines[at].start for start, _ in segments]
    headings: list[list[tuple[int, int]]] = [[segment] for segment in segments]
    first = _read_headings(lines, at, edges, headings)
    roles = roles_of([" ".join(text[start:end] for start, end in heading) for heading in headings])
    if not roles or roles[0] is not Role.NUMBER:
        return None
    rows, after = _read_rows(text, lines, first, edges, (at, first))
    return (Table(lines[at].start, lines[after - 1].end, roles, rows), after) if rows else None


def _read_headings(
    lines: list[Line], at: int, edges: list[int], headings: list[list[tuple[int, int]]]
) -> int:
    """Add lines that go on with the headings; return where the first row stands."""
    for following in range(at + 1, min(at + _HEADING_LINES, len(lines))):
        segments = _segments(lines[following])
        if not segments or _NUMBER.fullmatch(lines[following].text[: edges[1]].strip()):
            return following
        for start, end in segments:
            headings[_column(start - lines[following].start, edges)].append((start, end))
    return min(at + _HEADING_LINES, len(lines))


def _read_rows(
    text: str, lines: list[Line], at: int, edges: list[int], heading: tuple[int, int]
) -> tuple[list[Row], int]:
    rows: list[Row] = []
    after, blank = at, 0
    while at < len(lines) and len(rows) < _LONGEST:
        again = _headings_again(lines, at, heading)
        if again:
            at, blank = again, 0
            continue
        segments = [] if _PAGE_NUMBER.fullmatch(lines[at].text) else _numbered(text, _segments(lines[at]))
        blank = 0 if segments or lines[at].text.strip() else blank + 1
        is_new = bool(segments) and segments[0][0] - lines[at].start < edges[1] - 1
        if blank >= _BLANK_LINES or (is_new and not _is_number(text, segments[0])):
            break
        if is_new:
            rows.append(Row(text, [[] for _ in edges]))
        if segments and not rows:
            break
        for segment in segments:
            _add(rows[-1], _column(segment[0] - lines[at].start, edges), trimmed(text, *segment))
        at += 1
        after = at if segments else after
    return rows, after


def _headings_again(lines: list[Line], at: int, heading: tuple[int, int]) -> int | None:
    """Return where rows go on below headings that a new page repeats."""
    first, after = heading
    if lines[at].text.split() != lines[first].text.split():
        return None
    return at + after - first


def _numbered(text: str, segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part a number from the words of a heading over rows: "III XÂY DỰNG CHÍNH QUYỀN SỐ"."""
    opening = _GROUP.match(text, *segments[0]) if segments else None
    if opening is None:
        return segments
    start, end = segments[0]
    return [(start, opening.end("no")), (opening.end(), end), *segments[1:]]


def _add(row: Row, place: int, span: tuple[int, int]) -> None:
    cell: Spans = row.cells[place]
    row.cells[place] = [*cell, span]


def _is_number(text: str, segment: tuple[int, int]) -> bool:
    return bool(_NUMBER.fullmatch(text[slice(*segment)]))


def _segments(line: Line) -> list[tuple[int, int]]:
    """Return the stretches of a line that two or more blanks part."""
    return [(line.start + match.start(), line.start + match.end()) for match in _SEGMENT.finditer(line.text)]


def _column(at: int, edges: list[int]) -> int:
    for place, (_, following) in enumerate(pairwise(edges)):
        if at < following - _SLACK:
            return place
    return len(edges) - 1
