"""Tables whose cells came as one line each, as they do when copied out of a PDF."""

import re

from cchc_portal.directives.reading.source import Line
from cchc_portal.directives.reading.tables.grid import Row, Table, trimmed
from cchc_portal.directives.reading.tables.roles import Role, role_of, roles_of
from cchc_portal.directives.reading.words import BODY_HEADS, any_of

_FIRST = re.compile(r"\W*(?:STT|TT|Số TT)\W*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[IVX]{1,5}|\d{1,3})[.)]?")
_MOST_COLUMNS, _FEWEST = 8, 3
_WHEN = re.compile(
    r"(?:trước|xong|trong|quý|tháng|năm 20|hằng|hàng|thường xuyên|cả năm|định kỳ|ngày|\d{1,2}[/.-]\d{1,2})",
    re.IGNORECASE,
)
_WHO = re.compile(rf"(?:{any_of(BODY_HEADS)}|Các (?:{any_of(BODY_HEADS)}|\w+))\b", re.IGNORECASE)
_LONGEST = 3000
_WIDEST_ROW = 40  # lines


def read_stack(text: str, lines: list[Line], at: int) -> tuple[Table, int] | None:
    """Read a table whose headings stand one below the other, from "STT" on."""
    if not _FIRST.fullmatch(lines[at].text):
        return None
    first = _first_row(lines, at)
    if first is None:
        return None
    headings = _headings(lines, at, first)
    roles = roles_of(headings)
    if not roles:
        return None
    rows, after = _rows(text, lines, first, roles)
    return (Table(lines[at].start, lines[after - 1].end, roles, rows), after) if rows else None


def _first_row(lines: list[Line], at: int) -> int | None:
    for place in range(at + 1, min(at + 3 * _MOST_COLUMNS, len(lines))):
        if _NUMBER.fullmatch(lines[place].text.strip()):
            return place if place - at >= _FEWEST else None
    return None


def _headings(lines: list[Line], at: int, first: int) -> list[str]:
    """Join the lines of headings: one that says nothing itself or starts small goes on with the one before."""
    found: list[str] = []
    for line in lines[at:first]:
        words = line.text.strip(" *_")
        if not words:
            continue
        goes_on = found and (
            words[0].islower() or role_of(words) is Role.OTHER or len(found[-1].split()) == 1
        )
        if goes_on and len(found) > 1:
            found[-1] += f" {words}"
        else:
            found.append(words)
    return found


def _rows(text: str, lines: list[Line], at: int, roles: list[Role]) -> tuple[list[Row], int]:
    rows: list[Row] = []
    number, after = 0, at
    while at < len(lines) and len(rows) < _LONGEST:
        stop = _row_end(lines, at)
        if not _is_next(lines[at].text.strip(" ."), number) or stop is None:
            break
        spans = [trimmed(text, line.start, line.end) for line in lines[at:stop] if line.text.strip()]
        rows.append(_row(text, spans, roles))
        value = lines[at].text.strip(" .)")
        number = int(value) if value.isdigit() else number
        at = after = stop
    return rows, after


def _is_next(words: str, number: int) -> bool:
    return not words.isdigit() or int(words) in {1, number + 1}


def _row_end(lines: list[Line], at: int) -> int | None:
    if not _NUMBER.fullmatch(lines[at].text.strip()):
        return None
    for place in range(at + 1, min(at + _WIDEST_ROW, len(lines))):
        words = lines[place].text.strip()
        if _NUMBER.fullmatch(words) or not words or words.startswith(("Nơi nhận", "Ghi chú")):
            return place
    return min(at + _WIDEST_ROW, len(lines))


def _row(text: str, spans: list[tuple[int, int]], roles: list[Role]) -> Row:
    """Share the lines of a row out among its columns by what they look like."""
    row = Row(text, [[] for _ in roles])
    row.cells[0] = [spans[0]]
    task = roles.index(Role.TASK)
    place = task
    for start, end in spans[1:]:
        place = _column(text[start:end], place, roles)
        row.cells[place] = [*row.cells[place], (start, end)]
    return row


def _column(words: str, place: int, roles: list[Role]) -> int:
    """Return the column of a line: the same as before where it goes on with it."""
    if words[:1].islower() or words.startswith(("-", "(")):
        return place
    deadline = roles.index(Role.DEADLINE) if Role.DEADLINE in roles else None
    if place == deadline and words[:1].isdigit():
        return place
    if deadline is not None and place < deadline and _WHEN.match(words):
        return deadline
    if deadline is not None and place >= deadline:
        return min(place + 1, len(roles) - 1)
    who = [n for n, role in enumerate(roles) if role in {Role.LEAD, Role.SUPPORT, Role.BOTH}]
    following = [n for n in who if n > place]
    return following[0] if following and _WHO.match(words) else place
