"""The verbs of an order: where a name ends and the act begins, and what document the act makes."""

import re

from cchc_portal.directives.reading.bodies import names_nobody, opens_with_body
from cchc_portal.directives.reading.names import ADVERB, ADVERB_BEHIND, name_end
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
# "UBND các xã có rừng": which ones are meant.
_HAVING = r"có(?! (?:trách nhiệm|nhiệm vụ|kế hoạch|biện pháp|văn bản|phương án|giải pháp|báo cáo|ý kiến|trả lời|hình thức|chính sách|cơ chế|lộ trình|sự))"
# What follows a name in a story, or only adds to it, is no act.
_NO_ACT = re.compile(
    rf"(?:{_HAVING}|đã|đang|bị|là|nhận thấy|trên|tại|ở|dọc|về|nêu|sẽ|được|đề nghị|yêu cầu|trân trọng|và|hoặc|với|cùng|do|còn|chưa|không|có thể|có quyền|có tên|như|hay|nào|này|đó|[^{LOWER}])(?![{LOWER}])"
)
_MANY = re.compile(
    r"\b(?:các|mọi|toàn thể|từng|mỗi|những|cán bộ|công chức|người|đơn vị|cơ quan)\b", re.IGNORECASE
)
_IN_CHARGE = re.compile(r"\bphụ trách (?=[^\s])")
# "Văn phòng được giao theo dõi": told to do it, not told apart by it.
_CHARGED = re.compile(r"(?<=[^ ] )(?:được (?:giao|phân công|chỉ định|cử)|phụ trách) $")
_IS_CHARGED = re.compile(r"(?:được (?:giao|phân công|chỉ định|cử)|phụ trách) ")
_GIVEN = re.compile(r" được (?:giao|phân công) $")
_NEAR = 100
_BEARS = re.compile(r"(?:có|chịu) trách nhiệm|có nhiệm vụ")
_TWO_WORDS = re.compile(rf"[{LOWER}]+ [{LOWER}\d]")
_OBJECT = re.compile(rf" (?:{any_of(DELIVERABLES)})\b")
LONGEST_OBJECT = 120


def act_start(text: str, start: int, end: int) -> int | None:
    """Return where the act begins: at the first verb, or before it where the name of who acts is over."""
    verb = first_verb(text, start, end)
    charged = _CHARGED.search(text, start, verb) if verb and not _MANY.search(text, start, verb) else None
    verb = charged.start() if charged else verb
    verb = _behind_which(text, start, verb, end)
    over = _over(text, start, end if verb is None else verb)
    in_charge = _IN_CHARGE.search(text, start, end) if verb is None else None
    if in_charge and (over is None or over > in_charge.start()):
        return in_charge.start()
    if over is None or _NO_ACT.match(text, over, end) or names_nobody(text[start:over]):
        return verb
    is_told = verb is not None or (
        _TWO_WORDS.match(text, over, end) and not RELATIVE.search(text, start, over)
    )
    return over if is_told else None


def _over(text: str, start: int, end: int) -> int | None:
    """Return where a name is over; of what is named like no body only an adverb tells."""
    if opens_with_body(text, start):
        return name_end(text, start, end)
    adverb = ADVERB_BEHIND.search(text, start, end)
    return adverb.start() + 1 if adverb else None


def _behind_which(text: str, start: int, verb: int | None, end: int) -> int | None:
    """Return the verb behind words that tell which ones of a group are meant: "được giao chủ trì", "có rừng"."""
    if verb is None or not _MANY.search(text, start, verb) or _BEARS.match(text, verb):
        return verb
    which = _GIVEN.search(text, start, verb)
    if which is None:
        return verb
    further = first_verb(text, verb + 1, min(end, verb + _NEAR))
    is_which = further is not None and not re.search("[,.;:]", text[verb:further])
    return further if is_which else verb


def first_verb(text: str, start: int, end: int) -> int | None:
    """Return where the first verb begins that is neither in brackets nor part of a name."""
    names = [
        match.span()
        for pattern in (NAMES_WITH_VERBS, RELATIVE)
        for match in pattern.finditer(text, start, end)
    ]
    return _known_verb(text, start, end, names)


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
    charged = _IS_CHARGED.match(source.text, start, end)
    start = charged.end() if charged else start
    while adverb := ADVERB.match(source.text, start, end):
        if _VERB.match(source.text, start, end):
            break
        start = adverb.end() + 1
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
