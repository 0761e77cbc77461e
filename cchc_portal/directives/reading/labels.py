"""The labels that number the contents of a letter (Điều, I., 1., 1.1, a), -, +) and the tree they span."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cchc_portal.directives.reading.tables import CELL_MARKS, END, ROW
from cchc_portal.directives.reading.tables.roles import Role
from cchc_portal.directives.reading.words import UPPER

BULLETS = frozenset({"dash", "plus", "dot"})
LIMIT = 2000
_DEPTH = 8
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10}
_KINDS = {
    "article": re.compile(r"^Điều (?P<value>\d{1,3})(?:[.:]|(?= )) ?", re.MULTILINE),
    "chapter": re.compile(rf"^(?P<value>[A-HĐ])[.)/-] ?(?=[{UPPER}])", re.MULTILINE),
    "part": re.compile(r"^(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục) )?(?P<value>[IVX]{1,5})[./)-]? (?!\d)|^(?:PHẦN|Phần|MỤC|Mục) (?P<digits>\d{1,2})[.:]? ", re.MULTILINE),
    "deep": re.compile(r"^(?P<prefix>\d{1,2}(?:\.\d{1,2}){0,2})\.(?P<value>\d{1,2})[.)]? (?=\D)", re.MULTILINE),
    "number": re.compile(rf"^(?P<value>\d{{1,2}})(?:[.)/] ?|- )(?=[{UPPER}\"“(]|(?<= )\d[\d.,]{{0,5}} ?%|(?<= )\d{{2,3}} [a-zđ])", re.MULTILINE),
    "paren": re.compile(r"^\((?P<value>\d{1,2})\) ", re.MULTILINE),
    "step": re.compile(r"^(?:Bước|Nhiệm vụ|Giai đoạn|Đợt|Nhóm nhiệm vụ|Nội dung) (?:thứ )?(?P<value>\d{1,2})(?:[.:] ?| - )", re.MULTILINE),
    "ordinal": re.compile(r"^Thứ (?P<value>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:[,:] ?| là[,:]? )", re.MULTILINE),
    "small roman": re.compile(r"^\((?P<value>i{1,3}|iv|vi{0,3}|ix|x)\) ", re.MULTILINE),
    "letter": re.compile(r"^(?P<value>[a-zđ])[).] ", re.MULTILINE),
    "dash": re.compile(r"^- ", re.MULTILINE),
    "plus": re.compile(r"^\+ ", re.MULTILINE),
    "dot": re.compile(r"^• ", re.MULTILINE),
}  # fmt: skip
# Rows of tables are labelled by their first column; they nest among themselves only.
_ROW = re.compile(
    f"^{ROW}(?:{CELL_MARKS[Role.NUMBER]}(?P<label>[^{CELL_MARKS[Role.TASK]}-{END}\\n]*))?", re.MULTILINE
)
_ROW_KINDS = (
    ("row part", re.compile(r"(?P<value>[IVX]{1,5})[.)/-]?")),
    ("row chapter", re.compile(r"(?P<value>[A-HĐ])[.)/-]?")),
    ("row deep", re.compile(r"(?P<prefix>\d{1,3}(?:\.\d{1,3}){0,2})\.(?P<value>\d{1,3})[.)]?")),
    ("row number", re.compile(r"(?P<value>\d{1,3})[.)/]?")),
    ("row letter", re.compile(r"(?P<value>[a-zđ])[.)]?")),
)
_COUNTED = frozenset(
    {"article", "chapter", "part", "deep", "number", "letter", "paren", "step", "ordinal", "small roman"}
)
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
NUMBERED = frozenset({"article", "number", "deep", "paren", "step", "ordinal"})
_UPPER_LETTERS = "ABCDĐEGH"
_SKIPPED = 3  # so many numbers may be missing in a row before a number is taken for something else


@dataclass
class Node:
    """A labelled stretch of text: its label, its own words from `own_start` to `own_end`, what is below."""

    kind: str
    value: int
    start: int
    own_start: int
    own_end: int
    prefix: str = ""
    is_in_sequence: bool = True
    children: list["Node"] = field(default_factory=list)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.kind.startswith("row")

    @property
    def end(self) -> int:
        """Return where the last thing below ends."""
        return self.children[-1].end if self.children else self.own_end


def read_tree(text: str, start: int, end: int) -> list[Node]:
    """Return the labelled contents between two places as a tree, by the order in which kinds appear."""
    root = Node("root", 0, start, start, end)
    open_nodes = [root]
    last: dict[tuple[str, int], int] = {}  # the last value of each kind: numbers may run on through parts
    for node in _candidates(text, start, end)[:LIMIT]:
        runs_on = node.value > 1 and last.get((node.kind, node.prefix.count("."))) == node.value - 1
        place = _place(node, open_nodes, runs_on=runs_on and not node.prefix)
        if place is None:
            continue
        last[node.kind, node.prefix.count(".")] = node.value
        open_nodes[-1].own_end = node.start
        del open_nodes[place + 1 :]
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
    return root.children


def last_label(text: str, start: int, end: int) -> int | None:
    """Return where the last label between two places stands."""
    nodes = read_tree(text, start, end)
    if not nodes:
        return None
    node = nodes[-1]
    while node.children:
        node = node.children[-1]
    return node.start


def _candidates(text: str, start: int, end: int) -> list[Node]:
    """Return everything that looks like a label, each place once, running on to the end of the text."""
    found: dict[int, Node] = {}
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(text, start, end):
            value = _value(kind, match)
            if value is not None:
                prefix = match["prefix"] if kind == "deep" else ""
                found.setdefault(match.start(), Node(kind, value, match.start(), match.end(), end, prefix))
    for match in _ROW.finditer(text, start, end):
        found[match.start()] = _row(match, end)
    return [found[at] for at in sorted(found)]


def _row(match: re.Match[str], end: int) -> Node:
    label = (match["label"] or "").strip(" *")
    for kind, pattern in _ROW_KINDS:
        found = pattern.fullmatch(label)
        if found:
            prefix = found["prefix"] if kind == "row deep" else ""
            value = int(found["value"]) if found["value"].isdigit() else _value(kind[4:], found)
            return Node(kind, value or 0, match.start(), match.start(), end, prefix)
    return Node("row dash", 0, match.start(), match.start(), end)


def _value(kind: str, match: re.Match[str]) -> int | None:
    if kind not in _COUNTED:
        return 0
    read = _READ.get(kind, int)
    return read(match["value"] or match["digits"])


_READ: dict[str, Callable[[str], int | None]] = {
    "letter": lambda words: _LETTERS.find(words) + 1 or None,
    "chapter": lambda words: _UPPER_LETTERS.find(words) + 1 or None,
    "part": lambda words: int(words) if words.isdigit() else _roman(words),
    "ordinal": lambda words: _ORDINALS.index(words) + 1,
    "small roman": lambda words: _roman(words.upper()),
}


def _place(node: Node, open_nodes: list[Node], *, runs_on: bool) -> int | None:
    """Return the depth of the node under which a label belongs, or None where it is none."""
    depth = next((i for i in range(len(open_nodes) - 1, 0, -1) if _are_siblings(node, open_nodes[i])), None)
    if depth is not None:
        return depth - 1 if _continues(node, open_nodes[depth]) else None
    if (node.value > 1 and not (node.is_row or runs_on)) or len(open_nodes) > _DEPTH:
        return None
    return _above_rows(node, open_nodes)


def _above_rows(node: Node, open_nodes: list[Node]) -> int:
    """Return the deepest node that can hold another: words after a table do not belong to its last row."""
    depth = len(open_nodes) - 1
    if not node.is_row:
        while open_nodes[depth].is_row:
            depth -= 1
        return depth
    while open_nodes[depth].kind in BULLETS:  # a table belongs to the heading above it, not to a dash
        depth -= 1
    return depth


def _are_siblings(node: Node, other: Node) -> bool:
    return node.kind == other.kind and node.prefix.count(".") == other.prefix.count(".")


def _continues(node: Node, before: Node) -> bool:
    if node.is_row or node.kind not in _COUNTED or node.prefix != before.prefix:
        return True
    node.is_in_sequence = node.value == before.value + 1
    starts_again = node.value == 1 and before.value > 1
    return starts_again or before.value < node.value <= before.value + _SKIPPED


def _roman(digits: str) -> int:
    total = 0
    for digit, following in zip(digits, [*digits[1:], ""], strict=True):
        value = _ROMAN[digit]
        total += -value if _ROMAN.get(following, 0) > value else value
    return total
