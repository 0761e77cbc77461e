"""When something is due: fixed dates, months, quarters, so many days, and what recurs."""

import re
from datetime import date

from cchc_portal.directives.reading.citations import covers
from cchc_portal.directives.reading.dates import DATE, existing, last_day, named
from cchc_portal.directives.reading.parts import Certainty, Citation, Deadline
from cchc_portal.directives.reading.source import Source

_OPERATORS = {
    "trước": "trước", "xong trước": "trước", "chậm nhất": "chậm nhất", "muộn nhất": "chậm nhất", "hạn cuối": "chậm nhất",
    "hết": "đến hết", "đến hết": "đến hết", "đến": "đến", "trong": "trong", "xong": "đến", "hạn": "đến",
}  # fmt: skip
_OPERATOR = (
    r"(?P<operator>xong trước|trước|chậm nhất|muộn nhất|hạn cuối|đến hết|hết|đến|trong|hạn)"
    r"(?: là| vào| đến| trước| cùng| trong)?(?: thời hạn| thời gian)?:?[ \n]"
)
_HOUR = r"(?:\d{1,2} ?(?:h|g|giờ) ?\d{0,2}(?: phút)?,?[ \n])?"
_ON = re.compile(
    rf"(?<!tính )(?<!số liệu )\b{_OPERATOR}{_HOUR}(?:hết )?(?P<day_word>ngày[ \n])?{_HOUR}{DATE}",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"\b{_OPERATOR}(?:cuối )?tháng[ \n](?P<month>\d{{1,2}})(?:[/-]|[ \n]năm[ \n])(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"\b{_OPERATOR}(?:cuối )?quý[ \n](?P<quarter>IV|I{{1,3}}|[1-4])\b(?:(?:[/-]|[ \n](?:năm[ \n])?)(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:hoàn thành |xong )(?P<operator>trong|trước|đến hết|hết)[ \n](?:cuối )?năm[ \n](?P<year>\d{4})",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"(?:\b(?P<operator>trước|chậm nhất|vào|định kỳ)(?: là| vào)?[ \n])?(?:ngày[ \n](?P<day>\d{1,2})[ \n](?:của[ \n])?)?"
    r"\b(?:hằng|hàng)[ \n](?P<every>ngày|tuần|tháng|quý|năm)\b",
    re.IGNORECASE,
)
_EVERY_HALF = re.compile(
    r"\b(?P<operator>định kỳ)(?: báo cáo)?[ \n](?P<every>(?:0?6|sáu) tháng|quý|tháng|tuần|năm)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\btrong (?:vòng |thời hạn |thời gian )?(?P<count>\d{1,3})(?: \([^()\n]{1,30}\))? (?P<unit>ngày làm việc|ngày|tuần|tháng)\b(?! \d)"
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAYS = {"ngày làm việc": 1, "ngày": 1, "tuần": 7, "tháng": 30}
_LAST_MONTH = 12


def read_deadline(
    source: Source, start: int, end: int, *, citations: tuple[Citation, ...], written_on: date | None
) -> Deadline | None:
    """Return the first deadline between two places that is no part of a citation.

    `written_on` is the letter's date or the earliest it can be: it gives the year to a date without one.
    """
    found = [
        deadline
        for read in (_on, _month, _quarter, _year, _every, _within)
        for deadline in read(source, start, end, written_on)
        if not covers(citations, deadline.span) and not _is_past(deadline, written_on)
    ]
    return min(found, key=lambda deadline: (deadline.span.start, -deadline.span.end), default=None)


def _is_past(deadline: Deadline, written_on: date | None) -> bool:
    """A day before the letter was written is part of a story, not a deadline."""
    return bool(deadline.on and written_on and deadline.on < written_on)


def _on(source: Source, start: int, end: int, written_on: date | None) -> list[Deadline]:
    found = []
    for match in _ON.finditer(source.text, start, end):
        year = written_on.year if written_on else None
        when = named(match, year=year)
        if when and _is_a_day(match):
            is_sure = bool(match["y"] or match["yw"])
            found.append(_deadline(source, match, when, is_sure=is_sure))
    return found


def _is_a_day(match: re.Match[str]) -> bool:
    """Tell a date from a fraction or a number: without a year it needs the word "ngày"."""
    return bool(match["y"] or match["yw"] or match["day_word"])


def _month(source: Source, start: int, end: int, _: date | None) -> list[Deadline]:
    return [
        _deadline(source, match, _edge(match["operator"], int(match["year"]), int(match["month"]), 1))
        for match in _MONTH.finditer(source.text, start, end)
    ]


def _quarter(source: Source, start: int, end: int, written_on: date | None) -> list[Deadline]:
    found = []
    for match in _QUARTER.finditer(source.text, start, end):
        year = int(match["year"]) if match["year"] else written_on.year if written_on else None
        month = _QUARTERS[match["quarter"].upper()] * 3
        on = _edge(match["operator"], year, month, 3) if year else None
        found.append(_deadline(source, match, on, is_sure=bool(match["year"])))
    return found


def _year(source: Source, start: int, end: int, _: date | None) -> list[Deadline]:
    return [
        _deadline(source, match, _edge(match["operator"], int(match["year"]), _LAST_MONTH, _LAST_MONTH))
        for match in _YEAR.finditer(source.text, start, end)
    ]


def _edge(operator: str, year: int, month: int, length: int) -> date | None:
    """Return the last day of the period, or its first when the work must be done before it."""
    if operator.lower() == "trước":
        return existing(year, month - length + 1, 1)
    return last_day(year, month)


def _every(source: Source, start: int, end: int, _: date | None) -> list[Deadline]:
    found = []
    for pattern in (_EVERY, _EVERY_HALF):
        for match in pattern.finditer(source.text, start, end):
            day = match["day"] if "day" in match.re.groupindex else None
            found.append(
                Deadline(
                    words=" ".join(match[0].split()),
                    operator=(match["operator"] or "định kỳ").lower(),
                    on=None,
                    span=source.span(match.start(), match.end()),
                    every=match["every"].lower(),
                    day=int(day) if day else None,
                )
            )
    return [deadline for deadline in found if deadline.day or deadline.operator == "định kỳ"]


def _within(source: Source, start: int, end: int, _: date | None) -> list[Deadline]:
    return [
        Deadline(
            words=" ".join(match[0].split()),
            operator="trong",
            on=None,
            span=source.span(match.start(), match.end()),
            within=int(match["count"]) * _DAYS[match["unit"]],
            is_working_days=match["unit"] == "ngày làm việc",
        )
        for match in _WITHIN.finditer(source.text, start, end)
    ]


def _deadline(source: Source, match: re.Match[str], on: date | None, *, is_sure: bool = True) -> Deadline:
    return Deadline(
        words=" ".join(match[0].split()),
        operator=_OPERATORS[" ".join(match["operator"].lower().split())],
        on=on,
        span=source.span(match.start(), match.end()),
        certainty=Certainty.SURE if is_sure and on else Certainty.DOUBTFUL,
    )
