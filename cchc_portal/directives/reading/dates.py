"""Dates as officials write them: 15/3/2023, 02-02-2023, ngày 05 tháng 3 năm 2023, parts possibly blank."""

import re
from calendar import monthrange
from datetime import date

DATE = (
    r"(?:(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2})(?: ?[/.-] ?(?P<y>\d{4}))?(?![\d/])"
    r"|(?P<dw>\d{1,2}) tháng (?P<mw>\d{1,2})(?:[ ,]{1,2}năm (?P<yw>\d{4}))?)"
)
PAPER_DATE = re.compile(
    r",? ngày ?(?P<day>\d{1,2})? ?tháng ?(?P<month>\d{1,2})? ?năm ?(?P<year>\d{4}|\d{2}(?!\d))?",
    re.IGNORECASE,
)
_OPERATORS = {
    "xong trước": "trước", "chậm nhất": "chậm nhất", "muộn nhất": "chậm nhất", "hạn cuối": "chậm nhất", "hạn cuối cùng": "chậm nhất", "hạn chót": "chậm nhất",
    "hết": "đến hết", "đến hết": "đến hết", "đến": "đến", "trong": "trong", "xong": "đến", "hoàn thành": "đến", "hạn": "đến", "vào": "vào", "sau": "trong", "không quá": "chậm nhất",
    "không muộn hơn": "chậm nhất", "không chậm hơn": "chậm nhất", "không trễ hơn": "chậm nhất",
}  # fmt: skip


def named(match: re.Match[str], *, year: int | None = None) -> date | None:
    """Return the date that `DATE` matched, or None where it is blank or does not exist.

    Args:
        match: of a pattern that holds `DATE`.
        year: what a date without a year means.
    """
    day, month = match["d"] or match["dw"], match["m"] or match["mw"]
    full_year = match["y"] or match["yw"] or year
    if not (day and month and full_year):
        return None
    return existing(int(full_year), int(month), int(day))


def existing(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date | None:
    """Return the last day of a month, or None where there is no such month."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):  # noqa: PLR2004 - the calendar's own numbers
        return None
    return date(year, month, monthrange(year, month)[1])


def edge(operator: str, year: int | None, month: int, length: int) -> date | None:
    """Return the last day of the period, or its first when the work must be done before it."""
    if year is None:
        return None
    if operator.lower() in {"trước", "xong trước"}:
        return existing(year, month - length + 1, 1)
    return last_day(year, month)


def operator_of(match: re.Match[str], on: date | None) -> str:
    """Return what a deadline says of its day; a month or a quarter is a time in which to act."""
    is_period = not {"day_word", "count"} & set(match.re.groupindex)
    if is_period and (match["operator"] or "").lower() == "vào":
        return "trong"
    said = " ".join((match["operator"] or "").lower().split())
    if not said:  # a column of a table says "Quý I" or "31/3" and no more
        return "đến" if on and "day_word" in match.re.groupindex else "trong"
    words = match[0].lower()
    if "trước" in said or re.match(rf"{re.escape(said)}[ \n](?:vào |là )?trước", words):
        return "trước"
    inner = re.match(r"hạn(?: là)? (trong|chậm nhất|đến hết)\b", words)
    return inner[1] if inner else _OPERATORS.get(said, said)
