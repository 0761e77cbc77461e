"""The verbs of an order: where a name ends and the act begins, and what document the act makes."""

import re

from cchc_portal.directives.reading.parts import Found
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.words import (
    DELIVERABLES,
    LOWER,
    NAMES_WITH_VERBS,
    OMISSIONS,
    RELATIVE,
    TYPOS,
    UPPER,
    VERBS,
    any_of,
)

_VERB = re.compile(rf"\b(?:{any_of((*VERBS, *TYPOS))})\b")
_ACTS = any_of(tuple(verb for verb in (*VERBS, *TYPOS) if verb not in DELIVERABLES))
# "tổng hợp, báo cáo" are two acts, "soạn thảo báo cáo" is one and its document.
_PHRASE = re.compile(
    rf"(?:{any_of((*VERBS, *TYPOS))})\b(?:(?:, | và | )(?:{_ACTS})\b|(?:, | và )(?:{any_of(DELIVERABLES)})\b){{0,5}}"
)
_OBJECT_END = re.compile(
    rf"[.;:(\n]|(?<!tồn)(?:,| và)? (?:trong|cho|theo|để|nhằm|tại|đối với|trước|chậm nhất|gửi|báo cáo|trình|trên|của|từ|đến|bảo đảm|đảm bảo)\b| (?:về|qua) (?=[{UPPER}])|, (?:{any_of(VERBS)})\b"
)
_OBJECT = re.compile(rf" (?:{any_of(DELIVERABLES)})\b")
LONGEST_OBJECT = 120
# A name that ends with the place ("Đài truyền thanh xã") is over: the small word behind it is what it does.
_PLACE_ENDS = re.compile(
    rf"(?<![Cc]ác )(?<!, )(?<!cấp )(?:(?<=[{LOWER}{UPPER}] xã )(?<!tác xã )|(?<= phường )|(?<= tỉnh )|(?<= huyện ))"
    r"(?!và |hội |viên |thuộc |có |trên |phụ |được |khu |theo |nêu |chưa |đã |còn |chậm |cùng |do |nơi |về |là |ở |tại |trực |quản |sau |nông |thôn |ký |khi |trong |đang |của |liên |cần |đến |\d)"
    rf"(?=[{LOWER}]+ [{LOWER}])"
)


def first_verb(text: str, start: int, end: int) -> int | None:
    """Return where the first verb begins that is neither in brackets nor part of a name."""
    names = [
        match.span()
        for pattern in (NAMES_WITH_VERBS, RELATIVE)
        for match in pattern.finditer(text, start, end)
    ]
    found = _known_verb(text, start, end, names)
    place = _PLACE_ENDS.search(text, start, end if found is None else found)
    return place.start() if place and not _inside(names, place.start()) else found


def _inside(names: list[tuple[int, int]], at: int) -> bool:
    return any(first <= at < last for first, last in names)


def _known_verb(text: str, start: int, end: int, names: list[tuple[int, int]]) -> int | None:
    for match in _VERB.finditer(text, start, end):
        before = text[start : match.start()]
        is_in_brackets = before.count("(") > before.count(")")
        is_in_a_name = (
            not before.strip() or before.endswith("- ") or any(a <= match.start() < b for a, b in names)
        )
        if not is_in_brackets and not is_in_a_name:
            return match.start()
    return None


def verb_phrase(source: Source, start: int, end: int) -> tuple[Found[str] | None, str | None]:
    """Return the verbs with the document they make, slips put right, and the slip as it stands."""
    verbs = _PHRASE.match(source.text, start, end)
    if verbs is None:
        return None, None
    stop = verbs.end()
    if _OBJECT.match(source.text, stop, end):
        object_end = _OBJECT_END.search(source.text, stop + 1, min(end, stop + LONGEST_OBJECT))
        stop = object_end.start() if object_end else min(end, stop + LONGEST_OBJECT)
    words = " ".join(source.text[start:stop].split()).removesuffix(" và").strip(" ,")
    typo = next((slip for slip in TYPOS if slip in words), None)
    return source.found(start, stop, _put_right(words)), typo


def _put_right(words: str) -> str:
    for slip, meant in TYPOS.items():
        words = words.replace(slip, meant)
    for pattern, meant in OMISSIONS:
        words = pattern.sub(meant, words)
    return words
