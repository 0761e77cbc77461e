"""Finds tables of tasks in a text and puts each of their rows on a line of its own."""

import re
from collections.abc import Generator, Iterable, Iterator, Mapping

from cchc_portal.directives.reading.source import Edit, Source
from cchc_portal.directives.reading.tables.grid import Row, Table
from cchc_portal.directives.reading.tables.layouts import find_tables
from cchc_portal.directives.reading.tables.roles import Role, roles_of
from cchc_portal.directives.reading.tables.rows import CELL_MARKS, END, ROW

_DITTO = re.compile(r'(?:["”″〃]|-?nt-?|như trên)\.?', re.IGNORECASE)
_INHERITED = (Role.LEAD, Role.SUPPORT, Role.BOTH, Role.DEADLINE, Role.DELIVERABLE)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|\([a-zđ]\)")


def mark_rows(source: Source) -> Source:
    """Return the source with the rows of its tables of tasks marked and the rows of headings left out."""
    return source.replace(list(_edits(source.text)))


def _edits(text: str) -> Iterator[Edit]:
    for table in find_tables(text):
        at = table.start
        above: dict[Role, str] = {}
        for row in _whole(table):
            if not _is_of_numbers(row):
                at = yield from _row(row, table, above, at)
        yield at, table.end, f"{END}\n\n"


def _whole(table: Table) -> list[Row]:
    """Return the rows without headings that a new page repeats, those that a page break cut made whole."""
    rows: list[Row] = []
    task = table.roles.index(Role.TASK)
    for row in table.rows:
        if roles_of([row.text(place) for place in range(row.width)]) == table.roles:
            continue
        _put_heading(row, table.roles, task)
        words = row.text(task)
        is_rest = table.roles[0] is Role.NUMBER and not row.text(0) and (not words or words[0].islower())
        if rows and is_rest and any(row.cells):
            rows[-1].append(row)
        else:
            rows.append(row)
    return rows


def _put_heading(row: Row, roles: list[Role], task: int) -> None:
    """Take the only words behind a number for the task: a heading over rows stands in the next column."""
    filled = [place for place in range(row.width) if row.text(place)]
    if len(filled) == 2 and filled[0] == 0 and roles[filled[1]] is Role.OTHER:  # noqa: PLR2004 - number and words
        row.cells[task], row.cells[filled[1]] = row.cells[filled[1]], row.cells[task]


def _row(row: Row, table: Table, above: dict[Role, str], at: int) -> Generator[Edit, None, int]:
    """Yield the edits that make one line of a row; return where the row ends in the text."""
    said = {place: _said(row.text(place), role, above) for place, role in enumerate(table.roles)}
    opening = f"{END}\n{ROW}" if at > table.start else f"\n\n{ROW}"
    if not any(said.values()):
        return at
    if not row.is_in_order:
        line = "".join(CELL_MARKS[table.roles[place]] + words for place, words in said.items() if words)
        yield at, row.end, opening + line
        return row.end
    return (yield from _cells(row, table, said, at, opening))


def _cells(
    row: Row, table: Table, said: Mapping[int, str], at: int, opening: str
) -> Generator[Edit, None, int]:
    """Leave the words of cells where they are and replace only what stands between them."""
    for place, words in said.items():
        between = opening + CELL_MARKS[table.roles[place]]
        if words and words != row.text(place):  # "nt" means what stands above
            start, end = row.spans(place)[0][0], row.spans(place)[-1][1]
            yield at, end, between + words
            at, opening = end, ""
        elif words:
            for start, end in row.spans(place):
                yield at, start, between
                at, opening, between = end, "", _gap(table, place, words)
    return at


def _gap(table: Table, place: int, words: str) -> str:
    """Return what parts the lines of a cell: names on lines of their own are several."""
    is_of_names = table.roles[place] in {Role.LEAD, Role.SUPPORT, Role.BOTH}
    return "; " if table.has_paragraphs and is_of_names and ":" not in words else " "


def _said(words: str, role: Role, above: dict[Role, str]) -> str:
    if role in _INHERITED and _DITTO.fullmatch(words):
        return above.get(role, "")
    above[role] = words
    return words


def _is_of_numbers(row: Row) -> bool:
    """Say whether a row only counts the columns: (1) (2) (3)."""
    said = [words for words in map(row.text, range(row.width)) if words]
    return len(said) > 2 and _all(said)  # noqa: PLR2004 - a row, not a number


def _all(said: Iterable[str]) -> bool:
    return all(_COLUMN_NUMBER.fullmatch(one) for one in said)
