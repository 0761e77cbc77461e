"""The ways in which texts show tables: bars (Markdown, Word), tabs (web pages), columns of print, lines."""

import re
from collections.abc import Iterator

from cchc_portal.directives.reading.source import Line
from cchc_portal.directives.reading.tables.columns import read_columns
from cchc_portal.directives.reading.tables.grid import Row, Spans, Table, trimmed
from cchc_portal.directives.reading.tables.roles import Role, roles_of
from cchc_portal.directives.reading.tables.stacks import read_stack

_RULE = re.compile(r"[\s|:=+-]{3,}")
_BREAK = re.compile(r"<br ?/?>|[\u2028\n]|[ \t]{2,}|\*\*")
_BARS = 2  # so many bars or tabs make three cells
_PAGE_NUMBER = re.compile(r"\s*(?:-? ?\d{1,3} ?-?|[Tt]rang \d{1,3}(?:/\d{1,3})?)?\s*")
_PAGE_BREAK = 5  # lines
_HEADINGS = 3  # headings stand on so many rows at most
_LABELLED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-HĐ])[.)/-] ")
_LABEL = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-zđĐ])[.)/]?$")
LONGEST = 3000  # rows
_LONGEST_HEADING = 120


def find_tables(text: str) -> Iterator[Table]:
    """Yield the tables of tasks in a text, in its order."""
    lines = _lines(text)
    at = 0
    while at < len(lines):
        found = None
        line = lines[at].text
        if _RULE.fullmatch(line):  # no table begins with one; a sheet's empty rows look like it
            pass
        elif line.count("|") >= _BARS:
            found = _read_separated(text, lines, at, "|")
        elif line.count("\t") >= _BARS:
            found = _read_separated(text, lines, at, "\t")
        elif line.strip() and len(line) < 300:  # noqa: PLR2004 - no line of headings is longer
            found = read_columns(text, lines, at) or read_stack(text, lines, at)
        if found:
            table, at = found
            yield table
        else:
            at += 1


def _lines(text: str) -> list[Line]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Line(line, at, at + len(line)))
        at += len(line) + 1
    return found


def _read_separated(text: str, lines: list[Line], at: int, mark: str) -> tuple[Table, int] | None:
    """Read a table whose cells are told apart by a mark, from its headings on."""
    first, _ = _split_rows(text, lines, at, mark, most=_HEADINGS + 1)
    roles, headings = _roles(first)
    if not roles:
        return None
    rows, after = _split_rows(text, lines, at, mark, most=LONGEST)
    start = lines[at].start
    return Table(start, lines[after - 1].end, roles, rows[headings:], has_paragraphs=True), after


def _split_rows(text: str, lines: list[Line], at: int, mark: str, *, most: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    width = 0
    while at < len(lines) and len(rows) < most:
        line = lines[at]
        cells = _cells(text, line, mark)
        if mark == "\t" and rows and _goes_on(rows[-1], line, width):
            _append(rows[-1], cells, width)
        elif line.text.count(mark) >= _BARS or (mark == "|" and _RULE.fullmatch(line.text) and rows):
            if not _RULE.fullmatch(line.text):
                rows.append(Row(text, cells))
        elif (
            mark == "\t" and rows and _LABEL.match(line.text.split("\t", 1)[0].strip()) and "\t" in line.text
        ):
            rows.append(Row(text, cells))
        elif mark == "\t" and rows and _is_group(lines, at):
            rows.append(Row(text, [[], [trimmed(text, line.start, line.end)]]))
        elif rows and mark == "|" and (following := _after_page_break(lines, at)):
            at = following
            continue
        else:
            break
        width = width or len(cells)
        at += 1
    return rows, at


def _is_group(lines: list[Line], at: int) -> bool:
    """Say whether a line without cells is a heading over the rows below it."""
    words = lines[at].text.strip()
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    is_row = following.count("\t") >= _BARS and bool(_LABEL.match(following.split("\t", 1)[0].strip()))
    return 0 < len(words) <= _LONGEST_HEADING and "\t" not in words and is_row


def _after_page_break(lines: list[Line], at: int) -> int | None:
    """Return where a table goes on behind blank lines and a page number."""
    for place in range(at, min(at + _PAGE_BREAK, len(lines))):
        if lines[place].text.startswith("|"):
            return place
        if not _PAGE_NUMBER.fullmatch(lines[place].text):
            return None
    return None


def _goes_on(row: Row, line: Line, width: int) -> bool:
    """Say whether a line goes on with the last cell of an unfinished row, as cells of paragraphs do."""
    first = line.text.split("\t", 1)[0].strip()
    if "\t" not in line.text and _LABELLED.match(first):
        return False
    return row.width < width and bool(line.text.strip()) and not _LABEL.match(first)


def _append(row: Row, cells: list[Spans], width: int) -> None:
    row.cells[-1] = [*row.cells[-1], *cells[0]]
    row.cells += cells[1 : 1 + width - row.width]


def _cells(text: str, line: Line, mark: str) -> list[Spans]:
    start, end = line.start, line.end
    if mark == "|":
        start, end = trimmed(text, start, end)
        start += text.startswith("|", start)
        end -= end > start and text[end - 1] == "|"
    cells: list[Spans] = []
    while True:
        cut = text.find(mark, start, end)
        cells.append(_pieces(text, start, end if cut < 0 else cut))
        if cut < 0:
            return cells
        start = cut + 1


def _pieces(text: str, start: int, end: int) -> Spans:
    pieces, at = [], start
    for gap in _BREAK.finditer(text, start, end):
        pieces.append(trimmed(text, at, gap.start()))
        at = gap.end()
    pieces.append(trimmed(text, at, end))
    return [(first, last) for first, last in pieces if first < last]


def _roles(rows: list[Row]) -> tuple[list[Role], int]:
    """Return what the columns hold and on how many rows their headings stand."""
    if not rows:
        return [], 0
    width = rows[0].width
    headings = [rows[0].text(place) for place in range(width)]
    for count in range(1, _HEADINGS + 1):
        roles = roles_of(headings)
        below = rows[count] if count < len(rows) else None
        if below is None or not _is_of_headings(below, width):
            return roles, count
        headings = [f"{above} {below.text(place)}".strip(' "') for place, above in enumerate(headings)]
    return roles_of(headings), _HEADINGS


def _is_of_headings(row: Row, width: int) -> bool:
    """Say whether a row goes on with headings above it: merged cells show as ditto marks or blanks."""
    first = row.text(0)
    if first not in {"", '"'}:
        return False
    return bool(roles_of([row.text(place) or "x" for place in range(width)])) or first == '"'
