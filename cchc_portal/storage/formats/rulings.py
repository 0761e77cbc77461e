"""Tables in a PDF: found by the lines that are drawn around their cells."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

_THIN = 2.5  # points: what is thinner is a line
_NEAR = 3.0  # points by which lines that meet may miss one another
_SHORTEST = 8.0
_COLUMNS, _ROWS = 3, 1  # fewer columns set a page; one row may be all that a page break leaves
_MOST_LINES = 4000  # a drawing, not a table

Bounds = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass
class Ruling:
    """A line across (`at` is its height) or down (`at` is how far right)."""

    at: float
    start: float
    end: float


@dataclass
class Grid:
    """A table: where its columns and rows are parted, and the lines between them."""

    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)

    @property
    def bounds(self) -> Bounds:
        """The box around it."""
        edges, levels = self.edges, self.levels
        return edges[0], levels[-1], edges[-1], levels[0]

    @property
    def edges(self) -> list[float]:
        """Where columns begin and end, from the left."""
        return _clusters([line.at for line in self.down])

    @property
    def levels(self) -> list[float]:
        """Where rows begin and end, from the top."""
        return _clusters([line.at for line in self.across])[::-1]

    @property
    def is_table(self) -> bool:
        """Whether it has enough columns and rows."""
        return len(self.edges) > _COLUMNS and len(self.levels) > _ROWS

    def rows(self) -> Iterator[list[Bounds | None]]:
        """Yield the boxes of cells row by row, None where the cell on the left or above runs on."""
        edges, levels = self.edges, self.levels
        for top, bottom in itertools.pairwise(levels):
            row: list[Bounds | None] = []
            for place, left in enumerate(edges[:-1]):
                if place and not self._has_line_down(left, (top + bottom) / 2):
                    row.append(None)
                    continue
                right = self._right_of(place, (top + bottom) / 2)
                row.append((left, bottom, right, top))
            yield row

    def is_joined_above(self, box: Bounds) -> bool:
        """Say whether no line parts a cell from the one above it."""
        middle = (box[0] + box[2]) / 2
        return not any(
            abs(line.at - box[3]) < _NEAR and line.start - _NEAR < middle < line.end + _NEAR
            for line in self.across
        )

    def _right_of(self, place: int, height: float) -> float:
        edges = self.edges
        return next((right for right in edges[place + 1 :] if self._has_line_down(right, height)), edges[-1])

    def _has_line_down(self, at: float, height: float) -> bool:
        return any(
            abs(line.at - at) < _NEAR and line.start - _NEAR < height < line.end + _NEAR for line in self.down
        )


def find_grids(page: pypdfium2.PdfPage) -> list[Grid]:
    """Return the tables of a page from the top down."""
    across, down = _rulings(page)
    if len(across) + len(down) > _MOST_LINES:
        return []
    grids = [grid for grid in _connected(across, down) if grid.is_table]
    return sorted(grids, key=lambda grid: -grid.bounds[3])


def _rulings(page: pypdfium2.PdfPage) -> tuple[list[Ruling], list[Ruling]]:
    across, down = [], []
    for drawn in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        wide, high = right - left, top - bottom
        if high <= _THIN and wide >= _SHORTEST:
            across.append(Ruling((top + bottom) / 2, left, right))
        elif wide <= _THIN and high >= _SHORTEST:
            down.append(Ruling((left + right) / 2, bottom, top))
        elif wide >= _SHORTEST and high >= _SHORTEST:
            across += [Ruling(top, left, right), Ruling(bottom, left, right)]
            down += [Ruling(left, bottom, top), Ruling(right, bottom, top)]
        if len(across) + len(down) > _MOST_LINES:
            break
    return across, down


def _connected(across: Sequence[Ruling], down: Sequence[Ruling]) -> Iterator[Grid]:
    """Part the lines into groups that touch one another, by the stretches of height they share."""
    groups: list[tuple[float, float, Grid]] = []
    for line in sorted(down, key=lambda line: -line.end):
        if groups and line.end >= groups[-1][0] - _NEAR:
            low, high, grid = groups[-1]
            groups[-1] = (min(low, line.start), high, grid)
        else:
            groups.append((line.start, line.end, Grid()))
        groups[-1][2].down.append(line)
    for low, high, grid in groups:
        left, right = min(one.at for one in grid.down), max(one.at for one in grid.down)
        grid.across = [
            line
            for line in across
            if low - _NEAR <= line.at <= high + _NEAR
            and line.start <= right + _NEAR
            and line.end >= left - _NEAR
        ]
        if grid.across:
            yield grid


def _clusters(values: Sequence[float]) -> list[float]:
    """Return values in order, those near one another once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found
