"""The numbers and bullets that Word draws before paragraphs and keeps nowhere in the text."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from lxml import etree

from cchc_portal.storage.formats.ooxml import attribute

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_ROMAN_SMALL = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLAIN_BULLETS = frozenset("-–—+*•")
_PLACE = re.compile(r"%(\d)")


class Numbering:
    """Counts the numbered paragraphs of one document; ask in reading order, once each.

    Args:
        lists: root of the numbering part, None if the document has no lists.
        styles: root of the styles part, None if it has none.
    """

    def __init__(self, lists: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._styles = _by_id(styles, "style", "styleId")
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[tuple[str, int]] = set()
        if lists is not None:
            self._read(lists)

    def label(self, paragraph: etree._Element) -> str:
        """Return what Word draws before this paragraph, "" for nothing."""
        number, level = self._place(paragraph)
        form = self._levels.get(self._list_of.get(number, ""), {}).get(level)
        if form is None:
            return ""
        counts = self._count(number, level)
        return _drawn(form, self._levels[self._list_of[number]], counts)

    def _read(self, lists: etree._Element) -> None:
        for name, abstract in _by_id(lists, "abstractNum", "abstractNumId").items():
            self._levels[name] = {int(attribute(lvl, "ilvl")): lvl for lvl in abstract.iterfind("{*}lvl")}
        for number, instance in _by_id(lists, "num", "numId").items():
            self._list_of[number] = _value(instance, "abstractNumId")
            for override in instance.iterfind("{*}lvlOverride"):
                if start := _value(override, "startOverride"):
                    self._starts[number, int(attribute(override, "ilvl"))] = int(start)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        own = paragraph.find("{*}pPr/{*}numPr")
        style = _value(paragraph.find("{*}pPr"), "pStyle")
        if own is not None and _value(own, "numId"):
            return _value(own, "numId"), int(_value(own, "ilvl") or 0)
        return self._place_of_style(style)

    def _place_of_style(self, style: str) -> tuple[str, int]:
        passed: set[str] = set()
        while style in self._styles and style not in passed:
            passed.add(style)
            rule = self._styles[style].find("{*}pPr/{*}numPr")
            if rule is not None and (number := _value(rule, "numId")):
                return number, int(_value(rule, "ilvl") or self._level_of_style(number, style))
            style = _value(self._styles[style], "basedOn")
        return "", 0

    def _level_of_style(self, number: str, style: str) -> int:
        levels = self._levels.get(self._list_of.get(number, ""), {})
        return next((level for level, form in levels.items() if _value(form, "pStyle") == style), 0)

    def _count(self, number: str, level: int) -> dict[int, int]:
        """Count one further; numbers that share a list go on, unless one is told to start anew."""
        name = self._list_of[number]
        counts = self._counts[name]
        fresh = (number, level) not in self._seen
        self._seen.add((number, level))
        if fresh and (number, level) in self._starts:
            counts[level] = self._starts[number, level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = _start(self._levels[name][level])
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return counts


def _drawn(form: etree._Element, levels: Mapping[int, etree._Element], counts: Mapping[int, int]) -> str:
    pattern = _value(form, "lvlText")
    if _value(form, "numFmt") == "bullet":
        return pattern if pattern in _PLAIN_BULLETS else "-"  # symbol fonts mean nothing elsewhere

    def number(place: re.Match[str]) -> str:
        level = int(place[1]) - 1
        if level not in levels:
            return ""
        return _written(counts.get(level, _start(levels[level])), _value(levels[level], "numFmt"))

    return _PLACE.sub(number, pattern)


def _written(number: int, form: str) -> str:
    return _FORMS.get(form, str)(number)


def _letters(number: int) -> str:
    """Return a, b … z, aa, bb … as Word counts."""
    repeat, letter = divmod(max(number, 1) - 1, 26)
    return chr(ord("a") + letter) * (repeat % 30 + 1)


def _roman(number: int) -> str:
    drawn = ""
    for value, letters in _ROMAN + _ROMAN_SMALL:
        repeat, number = divmod(number, value)
        drawn += letters * min(repeat, 10)
    return drawn


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _number: "",
}


def _start(form: etree._Element) -> int:
    return int(_value(form, "start") or 1)


def _value(parent: etree._Element | None, name: str) -> str:
    child = parent.find(f"{{*}}{name}") if parent is not None else None
    return attribute(child, "val") if child is not None else ""


def _by_id(root: etree._Element | None, name: str, key: str) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {attribute(element, key): element for element in root.iterfind(f"{{*}}{name}")}
