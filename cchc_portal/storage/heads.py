"""Sheets that people fill in: finding the line of heads, naming cells."""

from collections.abc import Collection, Mapping, Sequence

from cchc_portal.core.text import fold_name

WITHIN = 10  # rows in which the heads are looked for; titles may stand above them


def find_heads(
    table: Sequence[Sequence[str]], names: Mapping[str, str], *, required: Collection[str]
) -> tuple[int, dict[str, int]] | None:
    """Return the line of the heads, counted from 1, and where each known column stands.

    Args:
        table: rows of cells.
        names: folded head -> column; several heads may mean the same column, the first one counts.
        required: columns without which a line is not the line of heads.

    Returns:
        None if there is no such line among the first.
    """
    for line, cells in enumerate(table[:WITHIN], start=1):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            if column := names.get(fold_name(cell)):
                columns.setdefault(column, index)
        if all(column in columns for column in required):
            return line, columns
    return None


def cell_name(index: int, line: int) -> str:
    """Return the address of a cell as spreadsheets write it.

    >>> cell_name(2, 5), cell_name(27, 1)
    ('C5', 'AB1')
    """
    return f"{_letters(index)}{line}"


def _letters(index: int) -> str:
    rest, letter = divmod(index, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + letter)
