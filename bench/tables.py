"""Tables for the terminal."""

from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column stands left, the others right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n{title}")
    print(_line(head, widths))
    print("  ".join("-" * width for width in widths))
    for row in rows:
        print(_line(row, widths), flush=True)


def verdict(value: float, bar: float | None) -> str:
    """Return the bar and whether a value keeps it; "" where there is no bar."""
    if bar is None:
        return ""
    return f"≤ {bar:g}  {'ok' if value <= bar else 'OVER'}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()
