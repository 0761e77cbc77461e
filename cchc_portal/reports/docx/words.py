"""How official documents write things: numbers, dates, lists, the closing mark."""

import re
from collections.abc import Sequence
from datetime import date

from cchc_portal.core.text import clean_line
from cchc_portal.reports.docx.content import Document, Recipients

END = "./."
ROOM = "      "  # for a number or a day that is written by hand
POINTS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese alphabet as points are counted: no ă, â, ê, ô, ơ, ư
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CLOSING = re.compile(r"[\s./;:,]+$")
_FIRST_DIGITS = re.compile(r"\d+")
_ABOUT = re.compile(r"^(?:v/v|về việc)\s*:?\s+", re.IGNORECASE)
_TITLES = re.compile(
    r"^(?:(?:ông|bà|đồng chí|đ/c|giáo sư|tiến sĩ|thạc sĩ|bác sĩ|kỹ sư|cử nhân)[\s.]+|[^\W\d_]{1,4}\.\s*)+",
    re.IGNORECASE,
)


def two_digits(number: int) -> str:
    """Return a number with a leading 0 below ten, so that nobody adds a digit before it.

    >>> two_digits(5), two_digits(40)
    ('05', '40')
    """
    return f"{number:02}"


def number_and_symbol(number: str, symbol: str) -> str:
    """Return "05/KH-UBND"; room instead of a number that is not given yet.

    >>> number_and_symbol("5", "KH - UBND"), number_and_symbol("", "UBND-VP")
    ('05/KH-UBND', '      /UBND-VP')
    """
    number, symbol = "".join(clean_line(number).split()), "".join(clean_line(symbol).split())
    padded = _FIRST_DIGITS.sub(lambda digits: digits[0].zfill(2), number, count=1) or ROOM
    return f"{padded}/{symbol}" if symbol else padded


def date_words(on: date, *, has_day: bool = True) -> str:
    """Return "ngày 05 tháng 3 năm 2023"; days below 10 and the months 1 and 2 are padded.

    >>> date_words(date(2023, 2, 5)), date_words(date(2023, 3, 15), has_day=False)
    ('ngày 05 tháng 02 năm 2023', 'ngày       tháng 3 năm 2023')
    """
    day = two_digits(on.day) if has_day else ROOM[:-1]
    month = two_digits(on.month) if on.month <= 2 else str(on.month)  # noqa: PLR2004  January and February
    return f"ngày {day} tháng {month} năm {on.year}"


def place_and_date(document: Document) -> str:
    """Return "Bắc Hồng, ngày 05 tháng 3 năm 2023"."""
    return f"{clean_line(document.head.place)}, {date_words(document.on, has_day=document.has_day)}"


def subject_words(subject: str) -> str:
    """Return the subject without "V/v" before it and without a stop behind it.

    >>> subject_words("V/v đôn đốc thực hiện nhiệm vụ.")
    'đôn đốc thực hiện nhiệm vụ'
    """
    return _CLOSING.sub("", _ABOUT.sub("", clean_line(subject)))


def listed(lines: Sequence[str], *, dash: str = "- ") -> list[str]:
    """Return lines as a list: a dash before each, ";" after each, "." after the last; blank ones left out.

    >>> listed(["Như trên", "Lưu: VT."])
    ['- Như trên;', '- Lưu: VT.']
    """
    kept = [bare for line in lines if (bare := _CLOSING.sub("", clean_line(line)))]
    return [f"{dash}{line}{';' if place < len(kept) else '.'}" for place, line in enumerate(kept, start=1)]


def recipient_lines(recipients: Recipients) -> list[str]:
    """Return who gets the document, filing last."""
    filed = clean_line(recipients.filed)
    return listed([*recipients.places, *([f"Lưu: {filed}"] if filed else [])])


def ended(text: str) -> str:
    """Return the last sentence with the closing mark glued to it.

    >>> ended("nghiêm túc thực hiện. ")
    'nghiêm túc thực hiện./.'
    """
    return _CLOSING.sub("", text) + END


def signer_name(name: str) -> str:
    """Return a signer's name without what stands before names: ông, bà, titles, degrees.

    >>> signer_name("TS. Họ Và Tên")
    'Họ Và Tên'
    """
    return _TITLES.sub("", clean_line(name))


def roman(number: int) -> str:
    """Return a Roman number.

    >>> roman(4), roman(29)
    ('IV', 'XXIX')
    """
    drawn = ""
    for value, letters in _ROMAN:
        repeat, number = divmod(number, value)
        drawn += letters * repeat
    return drawn


def point(number: int) -> str:
    """Return the letter of a point in Vietnamese order; doubled after y.

    >>> point(5), point(24)
    ('đ', 'aa')
    """
    repeat, place = divmod(number - 1, len(POINTS))
    return POINTS[place] * (repeat + 1)


def annex_reference(document: Document) -> str:
    """Return the line that ties an annex to its document."""
    title = clean_line(document.title).capitalize() if document.title else "Công văn"
    number = number_and_symbol(document.number, document.symbol)
    dated = date_words(document.on, has_day=document.has_day)
    return f"(Kèm theo {title} số {number} {dated} của {clean_line(document.head.short_name)})"
