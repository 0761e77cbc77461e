"""To whom the result of an item is to be reported."""

import re
from itertools import islice

from cchc_portal.directives.reading.bodies import LONGEST, KnownUnits, is_body, opens_with_body
from cchc_portal.directives.reading.names import name_end
from cchc_portal.directives.reading.parts import Found
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.words import (
    BODY_HEADS,
    DELIVERABLES,
    LOWER,
    NAMES_WITH_VERBS,
    TYPES,
    UPPER,
    VERBS,
    any_of,
)

_REPORT = re.compile(
    rf"\b(?:[Pp]hản ánh|[Gg]iải trình)[^,.;:()\n]{{0,30}}? với[ \n](?=[{UPPER}])|"
    rf"\b(?:[Bb]áo cáo|[Gg]ửi|[Tt]rình|[Nn]ộp|[Pp]hản ánh|[Bb]áo(?= kết quả| tin))[^,.;:()\n]{{0,60}}?(?:\([^()\n]{{1,80}}\))? về[ \n](?=[{UPPER}])|"
    rf"\b[Gg]ửi (?:danh sách|báo cáo|kết quả|số liệu|hồ sơ|biên bản)[^.;:()\n]{{0,60}}? (?:đến|tới)[ \n](?=các đồng chí |[{UPPER}])|"
    r"\b(?:[Bb]áo cáo|[Gg]ửi|[Tt]rình|[Nn]ộp)(?: kết quả| danh sách| số liệu| báo cáo| tình hình)?(?: thực hiện)?(?: về| cho| lên| tới| đến| với)?[ \n]"
)
_REPORT_END = re.compile(
    rf"[,.;:()\n]|(?<!-) (?=(?:{any_of(TYPES)})\b)| (?:những|trước|chậm nhất|sau|để|theo|qua|định kỳ|trong|vào|đến|hằng|hàng|về|kết quả|thông qua|ký|phê chuẩn|tại|và (?=[{LOWER}])|muộn nhất|cho|xong|{any_of((*VERBS, *DELIVERABLES))})\b|(?<!HĐND)(?<!Hội đồng nhân dân)(?<!Đảng ủy) và (?=(?:{any_of(BODY_HEADS)})\b)"
)
_MORE = re.compile(r"(?:,| và) ")
_ACTS = re.compile(rf" (?:{any_of(VERBS)})\b")
_STOPS = 12
_COMRADE = re.compile(r"^(?:đồng chí|đ/c) ")
_LOWER_NAMED = re.compile(
    r" (?:cho|về|lên|tới) \w|(?:đến|tới) các đồng chí |(?:gửi|trình|báo cáo) các (?:đồng chí|thành viên) "
)
_THROUGH = re.compile(r" ?\(qua [^()\n]{3,80}\)")


def find_report_to(source: Source, start: int, end: int, known: KnownUnits) -> Found[str] | None:
    """Return to whom the result is to be reported."""
    for match in _REPORT.finditer(source.text, start, end):
        words_end = _named_until(source.text, match.end(), min(end, match.end() + LONGEST))
        words_end = name_end(source.text, match.end(), words_end) or words_end
        through = _THROUGH.match(source.text, words_end, end)
        words_end = through.end() if through else words_end
        words = _COMRADE.sub("", source.text[match.end() : words_end].strip())
        is_named = words[:1].isupper() or _LOWER_NAMED.search(match[0] + words)
        if is_named and is_body(words, known):
            return source.found(source.text.index(words, match.end()), words_end, words)
    return None


def _named_until(text: str, start: int, end: int) -> int:
    """Return where the names behind "báo cáo" end; a verb inside a name ("Tổ kiểm tra") does not end it.

    A further name belongs to them ("Sở Nội vụ và Sở Tài chính") unless it goes on to act itself.
    """
    names = [match.span() for match in NAMES_WITH_VERBS.finditer(text, start, end)]
    last = None
    for stop in islice(_REPORT_END.finditer(text, start, end), _STOPS):
        if any(first < stop.start() < after for first, after in names):
            continue
        if last is not None and _ACTS.match(text, stop.start(), end):
            return last
        more = _MORE.match(text, stop.start(), end)
        if more is None or not opens_with_body(text, more.end()):
            return stop.start()
        last = stop.start() if last is None else last
    return end if last is None else last
