"""A table as a text shows it: rows of cells, each cell one or more stretches of the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc_portal.directives.reading.tables.roles import Role

Spans = Sequence[tuple[int, int]]
_MARKUP = " *_\t\n\u2028"


@dataclass
class Row:
    """A row; the spans of its cells leave blanks and marks at their ends out."""

    source: str
    cells: list[Spans]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.cells)

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return max((end for spans in self.cells for _, end in spans), default=0)

    @property
    def is_in_order(self) -> bool:
        """Whether its cells stand one after the other in the text."""
        flat = [span for spans in self.cells for span in spans]
        return all(one[1] <= other[0] for one, other in pairwise(flat))

    def append(self, rest: "Row") -> None:
        """Add what stands in the cells of a row that goes on with this one."""
        self.cells = [[*spans, *rest.spans(place)] for place, spans in enumerate(self.cells)]

    def spans(self, place: int) -> Spans:
        """Return where the words of a cell stand."""
        return self.cells[place] if place < len(self.cells) else ()

    def text(self, place: int) -> str:
        """Return the words of a cell on one line."""
        words = (" ".join(self.source[start:end].split()) for start, end in self.spans(place))
        return " ".join(words).strip(_MARKUP)


@dataclass
class Table:
    """A table of tasks: where it begins and ends with its headings, what its columns hold, its rows."""

    start: int
    end: int
    roles: list[Role]
    rows: list[Row]
    has_paragraphs: bool = False  # what is apart within a cell stands on lines of its own, not wrapped


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without blanks and marks at its ends."""
    while start < end and text[start] in _MARKUP:
        start += 1
    while end > start and text[end - 1] in _MARKUP:
        end -= 1
    return start, end
