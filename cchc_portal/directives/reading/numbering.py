"""What items are called: by their labels, and by letters where they have none."""

from cchc_portal.directives.reading.labels import NUMBERED, Node

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def top_number(node: Node, place: int) -> str:
    """Return the number of an item that stands below no other."""
    kind = node.kind.removeprefix("row ")
    if kind in {"part", "chapter"}:
        return _roman_or_letter(kind, node.value)
    if kind == "deep":
        return f"{node.prefix}.{node.value}"
    return str(node.value) if kind in NUMBERED else str(place + 1)


def number_below(parent: str, node: Node, place: int) -> str:
    """Return the number of an item below another."""
    kind = node.kind.removeprefix("row ")
    if kind in NUMBERED:
        return f"{parent}.{node.value}"
    if kind in {"part", "chapter"}:
        return f"{parent}.{_roman_or_letter(kind, node.value)}"
    is_lettered = kind in {"letter", "small roman"} and 0 < node.value <= len(_ALPHABET)
    return f"{parent}.{_ALPHABET[node.value - 1] if is_lettered else letters(place)}"


def _roman_or_letter(kind: str, value: int) -> str:
    if kind == "chapter":
        return "ABCDĐEGH"[value - 1]
    return _ROMAN[value] if value < len(_ROMAN) else str(value)


def letters(place: int) -> str:
    """Return a, b, … z, aa, ab … for a place in a list without numbers."""
    return letters(place // 26 - 1) + _LATIN[place % 26] if place >= len(_LATIN) else _LATIN[place]
