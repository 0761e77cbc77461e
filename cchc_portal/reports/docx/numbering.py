"""Counting headings and items: parts go on, clauses begin anew in each article, points in each clause."""

from collections.abc import Iterable, Iterator

from cchc_portal.reports.docx.content import Block, Heading, Item, Level
from cchc_portal.reports.docx.words import point, roman

# What begins anew below a level; articles are counted through the whole document (Nghị định 30/2020).
_BELOW = {
    Level.PART: {Level.CHAPTER, Level.SECTION, Level.ROMAN, Level.CLAUSE, Level.POINT},
    Level.CHAPTER: {Level.SECTION, Level.ROMAN, Level.CLAUSE, Level.POINT},
    Level.SECTION: {Level.ROMAN, Level.CLAUSE, Level.POINT},
    Level.ROMAN: {Level.CLAUSE, Level.POINT},
    Level.ARTICLE: {Level.CLAUSE, Level.POINT},
    Level.CLAUSE: {Level.POINT},
    Level.POINT: set(),
    Level.DASH: set(),
}


def labelled(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block with its label: "Phần I", "Điều 3.", "2.", "đ)"; "" for what has none."""
    counts: dict[Level, int] = {}
    for block in blocks:
        if not isinstance(block, Heading | Item):
            yield block, ""
            continue
        for level in _BELOW[block.level]:
            counts.pop(level, None)
        counts[block.level] = counts.get(block.level, 0) + 1
        yield block, _label(block.level, counts[block.level])


def _label(level: Level, number: int) -> str:
    return {
        Level.PART: f"Phần {roman(number)}",
        Level.CHAPTER: f"Chương {roman(number)}",
        Level.SECTION: f"Mục {number}",
        Level.ROMAN: f"{roman(number)}.",
        Level.ARTICLE: f"Điều {number}.",
        Level.CLAUSE: f"{number}.",
        Level.POINT: f"{point(number)})",
        Level.DASH: "-",
    }[level]
