"""What returns: "định kỳ hằng tháng", "trước ngày 20 hằng tháng", "thứ Sáu hằng tuần", "ngày 10 tháng cuối quý"."""

import re
from collections.abc import Iterator

from cchc_portal.core.calendar import Recurrence
from cchc_portal.directives.reading.parts import Certainty, Deadline
from cchc_portal.directives.reading.source import Source

_PERIODS = {
    "tuần": Recurrence.WEEKLY, "tháng": Recurrence.MONTHLY, "quý": Recurrence.QUARTERLY, "năm": Recurrence.YEARLY,
    "6 tháng": Recurrence.HALF_YEARLY, "06 tháng": Recurrence.HALF_YEARLY, "sáu tháng": Recurrence.HALF_YEARLY,
    "nửa năm": Recurrence.HALF_YEARLY, "3 tháng": Recurrence.QUARTERLY, "03 tháng": Recurrence.QUARTERLY,
    "ba tháng": Recurrence.QUARTERLY, "kỳ": None, "ngày": None,
}  # fmt: skip
_WEEKDAYS = {
    "chủ nhật": 7,
    "hai": 1,
    "ba": 2,
    "tư": 3,
    "năm": 4,
    "sáu": 5,
    "bảy": 6,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
}
_EACH = r"(?:hằng|hàng|mỗi)"
_LONG = r"(?:0?6|sáu|0?3|ba) tháng|nửa năm"
_PERIOD = rf"(?:{_LONG}|tuần|tháng|quý|năm)"
_OPERATOR = r"(?P<operator>trước|chậm nhất|muộn nhất|vào|đến hết|đến)(?: là| vào| trước)?[ \n]"
_HOUR = r"(?:\d{1,2} ?(?:h|g|giờ) ?\d{0,2}(?: phút)?,?[ \n])?"
_WEEKDAY = r"(?:(?:sáng|chiều|tối|cuối ngày|ngày) )?(?:thứ )?(?P<weekday>(?<=thứ )(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?:(?:, | và )(?:(?:sáng|chiều|tối|ngày) )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)){0,4}"
_SKIP = r"(?:(?:(?!trước|chậm|muộn)[^.;,\n]){0,30} )??"
_PATTERNS = (
    # trước ngày 20 hằng tháng · vào thứ Sáu hằng tuần · trước 16 giờ hằng ngày
    re.compile(
        rf"(?:\b{_OPERATOR}{_HOUR})(?:{_WEEKDAY},? |ngày[ \n](?P<day>\d{{1,2}})(?:(?:,| và) ngày \d{{1,2}})?,?[ \n](?:của[ \n])?)?"
        rf"(?P<every>{_EACH} (?P<period>{_PERIOD}|ngày))\b",
        re.IGNORECASE,
    ),
    # trước ngày 10 (của) tháng cuối (mỗi) quý
    re.compile(
        rf"\b{_OPERATOR}{_HOUR}ngày[ \n](?P<day>\d{{1,2}})[ \n](?:của[ \n])?tháng (?P<edge>cuối|đầu|thứ ba)(?: của)?(?: {_EACH})?"
        r"(?: của)? (?P<period>quý)\b(?! (?:IV|I{1,3})\b)",
        re.IGNORECASE,
    ),
    # ngày 20 hằng tháng, thứ Sáu hằng tuần
    re.compile(
        rf"\b(?:{_WEEKDAY}|ngày[ \n](?P<day>\d{{1,2}})),?[ \n](?:của[ \n])?{_EACH} (?P<period>tuần|tháng)\b",
        re.IGNORECASE,
    ),
    # trước ngày 30/11 hằng năm
    re.compile(
        rf"\b{_OPERATOR}{_HOUR}(?:ngày[ \n])?\d{{1,2}}(?:/| tháng )\d{{1,2}},? {_EACH} (?P<period>năm)\b",
        re.IGNORECASE,
    ),
    # định kỳ hằng quý · định kỳ 6 tháng, 01 năm
    re.compile(
        rf"\b(?P<operator>định kỳ)(?: báo cáo| tổng hợp)?,?[ \n]\(?(?:0?1 )?(?:{_EACH} )?(?P<period>{_PERIOD})\b(?! 20\d\d)",
        re.IGNORECASE,
    ),
    # định kỳ 10 ngày một lần
    re.compile(
        r"\b(?P<operator>định kỳ)(?: cứ)? (?P<period>\d{1,2} ngày)(?: ?/ ?| )(?:0?1 |một )?lần\b",
        re.IGNORECASE,
    ),
    # báo cáo tuần vào 15 giờ thứ Năm · báo cáo tháng trước ngày 18
    re.compile(rf"\bbáo cáo (?P<period>tuần),? {_SKIP}{_OPERATOR}{_HOUR}{_WEEKDAY}", re.IGNORECASE),
    re.compile(
        rf"\bbáo cáo (?P<period>tháng|quý),? {_SKIP}{_OPERATOR}{_HOUR}ngày[ \n](?P<day>\d{{1,2}})(?![\d/.-]| tháng)",
        re.IGNORECASE,
    ),
    # chậm nhất vào ngày làm việc cuối cùng của tháng
    re.compile(
        rf"\b{_OPERATOR}{_HOUR}ngày (?:làm việc )?cuối(?: cùng)?(?: của)?(?: {_EACH})? (?P<period>tuần|tháng|quý)\b(?! (?:\d|I|V))",
        re.IGNORECASE,
    ),
    # 06 tháng/lần · mỗi tháng một lần · 01 lần/quý
    re.compile(
        rf"\b(?:{_EACH} )?(?:0?1 )?(?P<period>{_PERIOD})(?: ?/ ?(?:0?1 )?lần| (?:một|0?1) lần)\b|\b0?1 lần ?/ ?(?P<per>{_PERIOD})\b",
        re.IGNORECASE,
    ),
)
# "Hằng tháng" alone says when something is due only beside an act that returns with it.
_BARE = re.compile(rf"\b{_EACH} (?P<period>{_LONG}|ngày|tuần|tháng|quý|năm)\b", re.IGNORECASE)
_TIMES = re.compile(rf"\b\d{{1,2}} lần ?/ ?(?P<period>{_PERIOD})\b", re.IGNORECASE)
_ACTS = re.compile(
    r"\b(?:báo cáo|công bố|tổng hợp|gửi|cập nhật|thống kê|rà soát|kiểm tra|họp|giao ban|đánh giá|chấm điểm)\b",
    re.IGNORECASE,
)
_ACTS_END = re.compile(
    r"\b(?:báo cáo|cập nhật|tổng hợp|công bố)(?: kết quả| tình hình| số liệu)?$", re.IGNORECASE
)
_ACTS_OPEN = re.compile(r"(?:báo cáo|cập nhật|tổng hợp)\b", re.IGNORECASE)
_ONCE = re.compile(r"[^.;\n]{0,120}? (?:một|0?1|\d{1,2}) (?:lần|tin|bài|buổi|cuộc|đợt|lượt)\b")
_GROUNDS = re.compile(r"\b(?:làm căn cứ|làm cơ sở|tiêu chí|là căn cứ|là cơ sở)\b")
_YEARLY = re.compile(r"\b(?:sơ kết|tổng kết|báo cáo)$", re.IGNORECASE)
_BY_DAY = re.compile(
    rf"[^.;\n]{{0,12}}?\(?\b(?P<operator>trước|chậm nhất|vào)(?: là| vào)? (?:{_HOUR}{_WEEKDAY}"
    rf"|ngày (?P<day>\d{{1,2}})(?: (?:của )?(?P<edge>tháng cuối(?: {_EACH}| của)? (?:quý|kỳ)|tháng|{_EACH} tháng))?(?!\d|[/.-]\d| tháng \d))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;\n]")
_REACH = 90


def find_recurring(source: Source, start: int, end: int, *, in_cell: bool = False) -> Iterator[Deadline]:
    """Yield what recurs between two places; in a cell of a table the bare words are enough."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(source.text, start, end):
            yield _deadline(source, match, end)
    for match in _TIMES.finditer(source.text, start, end) if in_cell else ():
        yield _deadline(source, match, end)
    for match in _BARE.finditer(source.text, start, end):
        if in_cell or _is_due(source.text, match, start, end):
            yield _deadline(source, match, end)


def _is_due(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Say whether bare "hằng tháng" tells when: it opens its sentence, or stands beside what is reported."""
    before = _CLAUSE.split(text[max(start, match.start() - _REACH) : match.start()])[-1].strip(" -+")
    after = text[match.end() : min(end, match.end() + 2)]
    if match["period"].lower() == "năm":
        return (not before and after.startswith(",")) or bool(_YEARLY.search(before))
    if match["period"].lower() == "ngày":
        return bool(
            (not before and after.startswith(","))
            or _ACTS.match(text, match.end() + 1, end)
            or _ACTS_END.search(before)
            or _ACTS_OPEN.match(before)
        )
    if _BY_DAY.match(text, match.end(), end) or _ONCE.match(text, match.end(), end):
        return True
    if _GROUNDS.search(before):
        return False
    if _ACTS.match(text, match.end() + 1, end):
        return True
    return (not before and after.startswith((",", " "))) or bool(_ACTS.search(before))


def _deadline(source: Source, match: re.Match[str], end: int) -> Deadline:
    groups = match.groupdict()
    by_day = _BY_DAY.match(source.text, match.end(), end) if not groups.get("day") else None
    period = (groups.get("period") or groups.get("per") or "").lower()
    weekday = groups.get("weekday") or (by_day["weekday"] if by_day else None)
    day = groups.get("day") or (by_day["day"] if by_day else None)
    operator = (by_day["operator"] if by_day else groups.get("operator")) or (
        "vào" if day or weekday else "định kỳ"
    )
    stop = by_day.end() if by_day else match.end()
    edge = (groups.get("edge") or "").lower()
    is_clear = edge != "đầu"  # "tháng đầu quý sau": the day is not one of the period itself
    return Deadline(
        words=" ".join(source.text[match.start() : stop].split()),
        operator={"muộn nhất": "chậm nhất"}.get(operator.lower(), operator.lower()),
        on=None,
        span=source.span(match.start(), stop),
        recurrence=_PERIODS.get(" ".join(period.split())),
        recurrence_day=_day(day if is_clear else None, weekday),
        certainty=Certainty.SURE if is_clear else Certainty.DOUBTFUL,
    )


def _day(day: str | None, weekday: str | None) -> int | None:
    if weekday:
        return _WEEKDAYS[weekday.lower()]
    return int(day) if day and 1 <= int(day) <= 31 else None  # noqa: PLR2004 - days of a month
