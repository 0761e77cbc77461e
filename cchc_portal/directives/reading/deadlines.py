"""When something is due: fixed dates, months, quarters, so many days, and what recurs."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from cchc_portal.directives.reading.citations import covers
from cchc_portal.directives.reading.dates import DATE, edge, existing, named, operator_of
from cchc_portal.directives.reading.parts import Certainty, Deadline, Timing, When
from cchc_portal.directives.reading.recurring import find_recurring
from cchc_portal.directives.reading.source import Source

_WORDS = (
    r"(?P<operator>xong trước|trước|chậm nhất|muộn nhất|không (?:muộn|chậm|trễ) hơn|không quá|hạn (?:cuối cùng|cuối|chót)|đến hết|hết|đến|trong|vào|(?:hoàn thành|xong)(?=[ \n](?:ngày[ \n])?\d)|(?<!quá )(?<!trễ )(?<!đúng )hạn)"
    r"(?: là| vào| đến| trước| cùng| trong){0,2}(?: thời hạn| thời gian| thời điểm)?:?[ \n]"
)
# The hour, the part of the day and the day of the week before a date.
_HOUR = (
    r"(?:\d{1,2} ?(?:h|g|giờ|:) ?\d{0,2}(?: phút)?,?[ \n])?(?:(?:cuối giờ )?(?:sáng|chiều|tối)(?: mai| nay)?[ \n]\(?)?"
    r"(?:(?:thứ \w{2,3}|chủ nhật)[ \n]?[,(]?[ \n]?)?"
)
_PART_OF = (
    r"(?:hết |cuối |đầu |giữa |tuần (?:thứ )?(?:\d|nhất|hai|ba|tư|cuối)[ \n](?:của )?|nửa (?:đầu|cuối) )?"
)
_MONTH = rf"{_PART_OF}tháng[ \n](?:\d{{1,2}} ?- ?(?:tháng )?|\d{{1,2}}(?:,| và| đến) tháng )?(?P<month>\d{{1,2}})(?:(?: ?[/-] ?|[ \n]năm[ \n])(?P<year>\d{{4}}))?(?![\d/]| tháng)"
_QUARTER = (
    rf"{_PART_OF}quý[ \n](?P<quarter>IV|I{{1,3}}|[1-4])\b(?:(?:, | và | ?- ?)(?:quý )?(?P<to>IV|I{{1,3}}|[1-4])\b(?!/?\d))?"
    r"(?:(?: ?[/-] ?|[ \n](?:năm[ \n])?)(?P<year>\d{4}))?"
)
_HALF = r"(?:0?6|sáu) tháng (?P<half>đầu|cuối) năm(?: (?P<year>\d{4}))?"
_DAY = rf"{_HOUR}(?:hết )?(?P<day_word>ng[àa]y[ \n](?:(?:khai giảng|khai mạc|bầu cử|tổ chức|diễn ra|lễ)[ \n]{{1,2}})?)?{_HOUR}{DATE}"
# A stretch of time over which figures are taken is no deadline, nor is "từ ngày … đến ngày …" of a story.
_NOT_AFTER = r"(?<!tính )(?<!số liệu )(?<!cập nhật )"
_ON = re.compile(rf"{_NOT_AFTER}\b{_WORDS}{_DAY}", re.IGNORECASE)
_IN_MONTH = re.compile(
    rf"\b(?:{_WORDS}|(?P<meeting>(?:tại|vào)(?: chương trình| nội dung)? (?:phiên họp|kỳ họp|cuộc họp|giao ban)[ \n]|trong (?:kỳ|buổi) (?:sinh hoạt|họp)(?: chi bộ)?[ \n]))(?:thường kỳ )?{_MONTH}",
    re.IGNORECASE,
)
_IN_QUARTER = re.compile(rf"\b{_WORDS}{_QUARTER}", re.IGNORECASE)
_IN_HALF = re.compile(rf"\b{_WORDS}{_HALF}", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"\b(?:hoàn thành |xong )(?P<operator>trong|trước|đến hết|hết)[ \n](?:cuối )?năm[ \n](?P<year>\d{4})",
    re.IGNORECASE,
)
# Where a sentence ends with the year, it says until when; within it, what the year's plan is about.
_AT_YEARS_END = re.compile(
    r"\b(?P<operator>trong|đến hết|hết)[ \n]năm[ \n](?P<year>\d{4})(?=[.;](?:\s|$)|\./)", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\b(?P<operator>chậm nhất(?= (?:trong|là|không|sau))|trong|chậm nhất|không quá|sau(?=[^.;\n]{5,30} (?:kể )?từ ))(?: là)?(?: trong| sau)? (?:vòng |thời hạn |thời gian )?(?:chậm nhất |tối đa |không quá )?"
    r"(?P<count>\d{1,3})(?: \([^()\n]{1,30}\))? (?P<unit>ngày làm việc|ngày|tuần|tháng)\b(?! \d)"
    r"(?! (?:đầu|cuối|qua|gần))",
    re.IGNORECASE,
)
# In the column of a table and behind "Thời gian hoàn thành:" the words stand without an operator.
_ANCHOR = r"[ \n]*(?:(?:(?:sáng |chiều )?thứ \w{2,3}|chủ nhật),? )?(?:(?:Hoàn thành|Xong)[ \n]|Từ [^\n]{1,30}? (?=đến ))?(?:các ngày [^\n]{1,30}? trong )?(?P<operator>(?:đến hết|đến|xong trước|trước|chậm nhất|trong) |)"
_CELL_ON = re.compile(rf"{_ANCHOR}{_DAY}", re.IGNORECASE)
_CELL_MONTH = re.compile(rf"{_ANCHOR}{_MONTH}", re.IGNORECASE)
_CELL_QUARTER = re.compile(rf"{_ANCHOR}{_QUARTER}", re.IGNORECASE)
_CELL_HALF = re.compile(rf"{_ANCHOR}{_HALF}", re.IGNORECASE)
_CELL_YEAR = re.compile(
    r"[ \n]*(?:Trong |Cuối |Hoàn thành trong )?(?P<operator>)năm (?P<year>\d{4})(?=[ .;\n]*(?:$|[\n\ue000-\ue00f]))",
    re.IGNORECASE,
)
_ANCHORED = frozenset({_CELL_ON, _CELL_MONTH, _CELL_QUARTER, _CELL_HALF, _CELL_YEAR})
_LABEL = re.compile(
    r"\b(?:Thời (?:gian|hạn)|Hạn|Tiến độ|Hoàn thành)(?: hoàn thành| thực hiện| xong| báo cáo| gửi)?(?: chậm nhất| dự kiến)? ?: ?",
    re.IGNORECASE,
)
_GOAL = re.compile(r"\([^()]*%[^()]*$")
_FROM = re.compile(r"\b[Tt]ừ (?:ngày )?[\d/.-]{3,10}(?: năm \d{4})?,? $")
_STORY = re.compile(r"(?:số liệu|tính|kỳ báo cáo|giai đoạn|nhiệm kỳ|thời điểm)[^.;:\n]*$", re.IGNORECASE)
# "không thay đổi người trong vòng 06 tháng": so long it stays, nothing is due.
_STAYS = re.compile(r"\b(?:không thay đổi|giữ nguyên|giữ ổn định|ổn định)[^,.;:\n]{0,40}$", re.IGNORECASE)
_AT_END = re.compile(r" ?(?:[.,;)\n\ue000-\ue00f]|$)")
_BEFORE = 80
_MOST = 5  # deadlines of one item
_LONG_PAST = 60  # days; what was due shortly before the letter is part of its story
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAYS = {"ngày làm việc": 1, "ngày": 1, "tuần": 7, "tháng": 30}
_LAST_MONTH, _HALF_YEAR, _QUARTER_YEAR = 12, 6, 3


def read_deadline(source: Source, start: int, end: int, when: When) -> Deadline | None:
    """Return the deadline between two places that binds most and is no part of a citation."""
    return next(iter(read_deadlines(source, start, end, when)), None)


def read_deadlines(source: Source, start: int, end: int, when: When) -> tuple[Deadline, ...]:
    """Return the deadlines between two places, the one that binds most first, the others in their order."""
    found = _found(source, start, end, when, _IN_TEXT)
    first = _binding(source, found)
    apart = [first] if first else []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        is_said = _is_bare(one) and any(other.recurrence == one.recurrence for other in apart)
        is_apart = all(
            one.span.end <= other.span.start or other.span.end <= one.span.start for other in apart
        )
        if is_apart and not is_said:
            apart.append(one)
    return tuple(apart[:_MOST])


def read_cell(source: Source, start: int, end: int, when: When) -> Deadline | None:
    """Return the deadline in a cell of the column for deadlines, where "Quý I/2024" says enough."""
    found = _first(source, start, end, when, _IN_TEXT)
    return found or _first(source, start, end, When(None, when.citations), _cells(when))


def read_timing(words: str) -> Timing:
    """Return what the words of a deadline ("trước ngày 20 hằng tháng") say beside a date."""
    source = Source.of(" ".join(words.split()))
    readers = (_recurring_in_cell, _within)
    found = _first(source, 0, len(source.text), When(None), readers)
    if found is None:
        return Timing()
    return Timing(found.recurrence, found.recurrence_day, found.within_days, found.within_working)


def _labelled(source: Source, start: int, end: int, when: When) -> Iterator[Deadline]:
    """Yield what stands behind "Thời gian hoàn thành:"."""
    for label in _LABEL.finditer(source.text, start, end):
        for read in _cells(when)[:-1]:
            yield from read(source, label.end(), end, when)


def _matches(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    if pattern in _ANCHORED:
        match = pattern.match(text, start, end)
        return [match] if match else []
    return pattern.finditer(text, start, end)


Reader = Callable[[Source, int, int, When], Iterator[Deadline]]


def _first(source: Source, start: int, end: int, when: When, readers: tuple[Reader, ...]) -> Deadline | None:
    return _binding(source, _found(source, start, end, when, readers))


def _found(source: Source, start: int, end: int, when: When, readers: tuple[Reader, ...]) -> list[Deadline]:
    return [
        deadline
        for read in readers
        for deadline in read(source, start, end, when)
        if not covers(when.citations, deadline.span) and not _is_past(deadline, when.written_on)
    ]


def _binding(source: Source, found: list[Deadline]) -> Deadline | None:
    is_dated = any(one.recurrence_day for one in found)
    return min(
        found,
        key=lambda one: (_is_stretch(source, one), is_dated and _is_bare(one), one.span.start, -one.span.end),
        default=None,
    )


def _is_bare(deadline: Deadline) -> bool:
    """Say whether it only says how often: "định kỳ hằng quý" where a day of the quarter is named too."""
    return deadline.recurrence is not None and deadline.recurrence_day is None


def _is_stretch(source: Source, deadline: Deadline) -> bool:
    """Say whether it ends a stretch ("từ ngày 10/11 đến ngày 15/11"): another day, if there is one, binds more."""
    at = bisect_left(source.starts, deadline.span.start)
    return bool(_FROM.search(source.text[max(0, at - _BEFORE) : at]))


def _is_past(deadline: Deadline, written_on: date | None) -> bool:
    """A day before the letter was written is part of a story, not a deadline."""
    return bool(deadline.on and written_on and deadline.on < written_on)


def _on(
    source: Source, start: int, end: int, when: When, pattern: re.Pattern[str] = _ON
) -> Iterator[Deadline]:
    for match in _matches(pattern, source.text, start, end):
        on = _in_coming(named(match, year=when.year), match, when)
        is_dated = bool(match["y"] or match["yw"])
        # Without a year a fraction looks like a date; "ngày", or that nothing is counted behind it, tells them apart.
        is_day = is_dated or bool(match["d"] and _AT_END.match(source.text, match.end(), end))
        is_meant = match["day_word"] or pattern is _CELL_ON or (is_day and _binds(match["operator"]))
        if on and is_meant and not _is_told(source.text, match.start()):
            yield _deadline(source, match, on, is_sure=is_dated)


def _binds(operator: str) -> bool:
    return operator.lower() != "vào"


def _in_coming(on: date | None, match: re.Match[str], when: When) -> date | None:
    """Return a day without a year in the year it comes next: "31/01" of a letter from November."""
    if on is None or match["y"] or match["yw"] or when.written_on is None:
        return on
    if (when.written_on - on).days < _LONG_PAST:
        return on
    return existing(on.year + 1, on.month, on.day)


def _is_told(text: str, at: int) -> bool:
    """Say whether a day belongs to figures ("số liệu từ … đến …") or a goal ("(80% đến …)")."""
    before = text[max(0, at - _BEFORE) : at]
    return bool((_FROM.search(before) and _STORY.search(before)) or _GOAL.search(before))


def _month(
    source: Source, start: int, end: int, when: When, pattern: re.Pattern[str] = _IN_MONTH
) -> Iterator[Deadline]:
    for match in _matches(pattern, source.text, start, end):
        year = int(match["year"]) if match["year"] else when.year
        on = edge(match["operator"] or "", year, int(match["month"]), 1)
        if match["year"] or on:
            yield _deadline(source, match, on, is_sure=bool(match["year"]))


def _quarter(
    source: Source, start: int, end: int, when: When, pattern: re.Pattern[str] = _IN_QUARTER
) -> Iterator[Deadline]:
    for match in _matches(pattern, source.text, start, end):
        year = int(match["year"]) if match["year"] else when.year
        month = _QUARTERS[(match["to"] or match["quarter"]).upper()] * _QUARTER_YEAR
        on = edge(match["operator"], year, month, _QUARTER_YEAR)
        if _is_told(source.text, match.start()):
            continue
        yield _deadline(source, match, on, is_sure=bool(match["year"]))


def _half(
    source: Source, start: int, end: int, when: When, pattern: re.Pattern[str] = _IN_HALF
) -> Iterator[Deadline]:
    for match in _matches(pattern, source.text, start, end):
        year = int(match["year"]) if match["year"] else when.year
        month = _HALF_YEAR if match["half"].lower() == "đầu" else _LAST_MONTH
        yield _deadline(
            source, match, edge(match["operator"], year, month, _HALF_YEAR), is_sure=bool(match["year"])
        )


def _year(
    source: Source, start: int, end: int, _: When, pattern: re.Pattern[str] = _IN_YEAR
) -> Iterator[Deadline]:
    for match in _matches(pattern, source.text, start, end):
        yield _deadline(source, match, edge(match["operator"], int(match["year"]), _LAST_MONTH, _LAST_MONTH))


def _within(source: Source, start: int, end: int, _: When) -> Iterator[Deadline]:
    for match in _WITHIN.finditer(source.text, start, end):
        if _STAYS.search(source.text[max(start, match.start() - _BEFORE) : match.start()]):
            continue
        yield Deadline(
            words=" ".join(match[0].split()),
            operator="chậm nhất" if match["operator"].lower() == "chậm nhất" else "trong",
            on=None,
            span=source.span(match.start(), match.end()),
            within_days=int(match["count"]) * _DAYS[match["unit"].lower()],
            within_working=match["unit"].lower() == "ngày làm việc",
        )


def _recurring(source: Source, start: int, end: int, _: When) -> Iterator[Deadline]:
    return find_recurring(source, start, end)


def _recurring_in_cell(source: Source, start: int, end: int, _: When) -> Iterator[Deadline]:
    return find_recurring(source, start, end, in_cell=True)


def _at_years_end(source: Source, start: int, end: int, when: When) -> Iterator[Deadline]:
    return _year(source, start, end, when, _AT_YEARS_END)


_IN_TEXT: tuple[Reader, ...] = (
    _on, _month, _quarter, _half, _year, _at_years_end, _recurring, _within, _labelled,
)  # fmt: skip


def _cells(when: When) -> tuple[Reader, ...]:
    def of(read: Callable[..., Iterator[Deadline]], pattern: re.Pattern[str]) -> Reader:
        return lambda source, start, end, _: read(source, start, end, when, pattern)

    return (
        of(_on, _CELL_ON), of(_month, _CELL_MONTH), of(_quarter, _CELL_QUARTER), of(_half, _CELL_HALF), of(_year, _CELL_YEAR), _recurring_in_cell,
    )  # fmt: skip


def _deadline(source: Source, match: re.Match[str], on: date | None, *, is_sure: bool = True) -> Deadline:
    return Deadline(
        words=" ".join(match[0].split()),
        operator=operator_of(match, on),
        on=on,
        span=source.span(match.start(), match.end()),
        certainty=Certainty.SURE if is_sure and on else Certainty.DOUBTFUL,
    )
