"""The data model as a drawing: a box per table, columns of boxes by feature, a line per reference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tools.data_model.tables import Described, Feature, kind, target

STACKS = 5
WIDTH, GAP, STACK_GAP = 250, 22, 90
LINE, HEAD, MARGIN = 17, 26, 56
COLOURS = ("#0a4a57", "#7a4b00", "#5b2a86", "#8a1c3b", "#1f5e2e", "#31408f", "#6b4e2e", "#444b55", "#86540c")
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1c2430}.name{font-weight:600;fill:#fff}"
    ".feature{font-weight:700;font-size:15px}.kind{fill:#6a7380}"
    ".box{fill:#fff;stroke:#c3cad3}.line{fill:none;stroke-width:1.3;opacity:.55}"
)


@dataclass(frozen=True)
class Box:
    """A table with its place."""

    table: Described
    left: int
    top: int
    colour: str

    @property
    def height(self) -> int:
        """Its height, head and columns."""
        return _box_height(self.table)

    def row(self, place: int) -> int:
        """Return the middle of a column's line."""
        return self.top + HEAD + LINE * place + LINE // 2 + 2


def draw(features: Sequence[Feature]) -> str:
    """Return the drawing as SVG."""
    boxes, titles = _lay_out(features)
    width = STACKS * (WIDTH + STACK_GAP)
    height = max(box.top + box.height for box in boxes.values()) + GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Tables of the portal and what they refer to</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#f6f7f9"/>',
        *(line for box in boxes.values() for line in _references(box, boxes)),
        *titles,
        *(line for box in boxes.values() for line in _box(box)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lay_out(features: Sequence[Feature]) -> tuple[dict[str, Box], list[str]]:
    """Fill one stack of boxes after the other, so that all become about equally high."""
    wanted = sum(_height(feature) for feature in features) / STACKS
    boxes: dict[str, Box] = {}
    titles: list[str] = []
    stack, top = 0, GAP
    for feature, colour in zip(features, COLOURS * len(features), strict=False):
        for first, table in enumerate(feature.tables):
            high = _box_height(table)
            if top > GAP and top + high / 2 > wanted and stack < STACKS - 1:
                stack, top = stack + 1, GAP
            left = MARGIN + stack * (WIDTH + STACK_GAP)
            if first == 0 or top == GAP:
                top += HEAD
                titles.append(f'<text class="feature" x="{left}" y="{top - 8}">{feature.name}</text>')
            boxes[table.name] = Box(table, left, top, colour)
            top += high + GAP
    return boxes, titles


def _height(feature: Feature) -> int:
    return HEAD + sum(_box_height(table) + GAP for table in feature.tables)


def _box_height(table: Described) -> int:
    return HEAD + LINE * len(table.columns) + 6


def _box(box: Box) -> Iterator[str]:
    yield f'<rect class="box" x="{box.left}" y="{box.top}" width="{WIDTH}" height="{box.height}" rx="5"/>'
    yield f'<rect x="{box.left}" y="{box.top}" width="{WIDTH}" height="{HEAD - 4}" rx="5" fill="{box.colour}"/>'
    yield f'<text class="name" x="{box.left + 9}" y="{box.top + 15}">{box.table.name}</text>'
    for place, column in enumerate(box.table.columns):
        mark = "●" if column.primary_key else "→" if column.foreign_keys else ""
        words = f"{column.name}{'?' if column.nullable else ''}"
        y = box.row(place) + 4
        yield f'<text x="{box.left + 7}" y="{y}">{mark}</text>'
        yield f'<text x="{box.left + 22}" y="{y}">{escape(words)}</text>'
        yield f'<text class="kind" x="{box.left + WIDTH - 8}" y="{y}" text-anchor="end">{kind(column)}</text>'


def _references(box: Box, boxes: dict[str, Box]) -> Iterator[str]:
    for place, column in enumerate(box.table.columns):
        if (name := target(column)) and name != box.table.name:
            yield _line(box, place, boxes[name])


def _line(box: Box, place: int, to: Box) -> str:
    """Draw from the left edge of a column to the nearer edge of the table it refers to."""
    from_x, from_y, to_y = box.left, box.row(place), to.top + HEAD // 2
    is_beside = to.left < box.left
    to_x = to.left + WIDTH if is_beside else to.left
    bend = from_x - STACK_GAP // 2
    turn = to_x + STACK_GAP // 2 if is_beside else to_x - STACK_GAP // 2
    path = f"M{from_x},{from_y} C{bend},{from_y} {turn},{to_y} {to_x},{to_y}"
    return f'<path class="line" stroke="{to.colour}" d="{path}"/>'
