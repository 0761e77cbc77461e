"""The head of a letter: issuer, number, place and date, type, subject, addressees (NĐ 30/2020, Phụ lục I)."""

import re

from cchc_portal.directives.reading.dates import PAPER_DATE
from cchc_portal.directives.reading.parts import Certainty, Found, Head, PartialDate, Span
from cchc_portal.directives.reading.source import Line, Source, lines
from cchc_portal.directives.reading.words import LOWER, TYPES, UPPER, any_of

_WIDEST = 100  # letters in a printed line of a subject
_REACH = 6000  # a head never runs on for longer
_NUMBER = re.compile(
    rf"^(?:Số|SỐ) ?:? ?(?P<number>\d{{1,5}}[a-zA-Z]?)? ?(?P<separator>[/-]) ?(?P<symbol>(?:\d{{4}}/)?[{UPPER}][\w&.]{{0,15}}(?: ?[-/] ?[{UPPER}][\w&.]{{0,15}}){{0,4}})",
    re.MULTILINE,
)
_BARE_NUMBER = re.compile(r"^(?:Số|SỐ) ?:", re.MULTILINE)
MOTTO = re.compile(
    r"^(?:CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập ?- ?Tự do ?- ?Hạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM)\.?$",
    re.MULTILINE | re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?:[{UPPER}][{LOWER}{UPPER}]{{0,9}}\.? |(?:phố|trấn|xã) ){{0,5}}[{UPPER}][{LOWER}{UPPER}\d]{{0,9}}$"
)
_TYPE_LINE = re.compile(
    rf"^(?P<type>{any_of(tuple(kind.upper() for kind in TYPES))})(?P<rest>[ :][^\n]{{0,300}}|:)?$",
    re.MULTILINE,
)
_ABOUT = re.compile(r"^(?:Chủ đề ?:|V/v|v/v|V/V|Về việc|Vv)\.?:? ?", re.MULTILINE)
ADDRESSED = re.compile(r"^(?:Kính gửi ?:? ?|Tới ?: ?|[^\n:]{0,80} điện ?: ?$)", re.MULTILINE | re.IGNORECASE)
# A message by e-mail says who sends it and when instead.
_MAIL = re.compile(r"^(?:Từ|Người gửi|Người nhận|Tới|Ngày|Ngày gửi|Đính kèm|From|To|Date) ?:")
_SENDER = re.compile(r"^(?:Từ|Người gửi|From) ?: ?\S", re.MULTILINE)
_SENT = re.compile(
    r"^(?:Ngày|Ngày gửi|Đã gửi|Date|Sent) ?:[^\n]{0,40}?\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
    re.MULTILINE,
)
_URGENCY = re.compile(r"^(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|TUYỆT MẬT|DỰ THẢO)\b")
_CAPITALS = re.compile(rf"^[{UPPER}\d][{UPPER}\d ,.&()'-]{{1,150}}$")
_BASIS = re.compile(r"^(?:-\s)?(?:Căn cứ|Thực hiện|Xét|Theo|Phần|PHẦN|Điều \d|I\.|1\.|QUYẾT ĐỊNH|[A-Z]\.)")
_NEW_BODY = re.compile(
    rf"^(?:SỞ|PHÒNG|BAN|CÔNG AN|VĂN PHÒNG|TRUNG TÂM|TRƯỜNG|CHI CỤC|CỤC|HỘI|ĐẢNG ỦY|ĐẢNG UỶ|BỘ|TỔNG CỤC|THANH TRA|UBND|UBMTTQ"
    rf"|ỦY BAN|UỶ BAN|CHI BỘ|ĐOÀN|LIÊN ĐOÀN|BCH|BCĐ|[{UPPER}]+ (?:ỦY|UỶ)\b|TRẠM|TỔ|LIÊN MINH|HẠT|ĐỘI|QUỸ|NGÂN HÀNG|TÒA ÁN|VIỆN)\b"
)
_DANGLING = re.compile(
    r"(?:^(?:ỦY|UỶ) BAN NHÂN DÂN|^UBND|^HỘI ĐỒNG NHÂN DÂN|^ĐẢNG BỘ|^BAN CHẤP HÀNH|^BAN THƯỜNG VỤ|^BAN CHỈ ĐẠO| VÀ|-|,|^CHỦ TỊCH)$"
)


def read_head(source: Source, end: int) -> tuple[Head, int]:
    """Return the head and the place where the body begins; `end` is where the foot begins."""
    reach = min(end, _REACH)
    number = _NUMBER.search(source.text, 0, reach)
    paper_date = _paper_date(source, reach)
    titled, subject, subject_end = _title(source, reach)
    addressees, addressed_end = _addressees(source, reach)
    edges = [match.end() for match in (number, paper_date) if match]
    bodies = _bodies(source, min(_stops(source, reach, [*edges, subject_end or reach])))
    head = Head(
        type=titled,
        issuer=bodies[-1] if bodies else None,
        parent=_joined(bodies[:-1]),
        number=_group(source, number, "number"),
        symbol=_symbol(source, number),
        separator=number["separator"] if number else "/",
        place=_place(source, paper_date),
        date=_date(source, paper_date) or _sent_on(source, reach),
        subject=subject,
        addressees=addressees,
    )
    return head, max([*edges, subject_end, addressed_end])


def signs_of_a_letter(source: Source) -> int:
    """Count how many marks of an official letter the text carries above its body."""
    reach = _REACH
    signs = (
        _NUMBER.search(source.text, 0, reach) or _BARE_NUMBER.search(source.text, 0, reach),
        _paper_date(source, reach) or _SENDER.search(source.text, 0, reach),
        MOTTO.search(source.text, 0, reach),
        _ABOUT.search(source.text, 0, reach) or _TYPE_LINE.search(source.text, 0, reach),
        ADDRESSED.search(source.text, 0, reach),
    )
    return sum(sign is not None for sign in signs)


def _paper_date(source: Source, reach: int) -> re.Match[str] | None:
    for match in PAPER_DATE.finditer(source.text, 0, reach):
        if _place(source, match) or match.start() == 0 or source.text[match.start() - 1] == "\n":
            return match
    return None


def _date(source: Source, match: re.Match[str] | None) -> Found[PartialDate] | None:
    if match is None:
        return None
    day, month, year = (int(match[name]) if match[name] else None for name in ("day", "month", "year"))
    return source.found(match.start() + match[0].find("n"), match.end(), PartialDate(day, month, year))


def _sent_on(source: Source, reach: int) -> Found[PartialDate] | None:
    """Return the day on which a message was sent."""
    sent = _SENT.search(source.text, 0, reach)
    if sent is None or not _SENDER.search(source.text, 0, reach):
        return None
    day, month, year = (int(sent[name]) for name in ("day", "month", "year"))
    return source.found(sent.start("day"), sent.end(), PartialDate(day, month, year))


def _place(source: Source, match: re.Match[str] | None) -> Found[str] | None:
    if match is None or not match[0].startswith(","):
        return None
    line_start = source.text.rfind("\n", 0, match.start()) + 1
    place = _PLACE.search(source.text, max(line_start, match.start() - 60), match.start())
    return source.found(place.start(), place.end(), place[0]) if place else None


def _group(source: Source, match: re.Match[str] | None, name: str) -> Found[str] | None:
    if match is None or not match[name]:
        return None
    return source.found(match.start(name), match.end(name), match[name])


def _symbol(source: Source, match: re.Match[str] | None) -> Found[str] | None:
    symbol = _group(source, match, "symbol")
    return Found(symbol.value.replace(" ", ""), symbol.span) if symbol else None


def _title(source: Source, reach: int) -> tuple[Found[str], Found[str] | None, int]:
    """Return type, subject and the end of the subject; a letter without a type line is a Công văn."""
    about = _ABOUT.search(source.text, 0, reach)
    line = _type_line(source, reach)
    if line and (about is None or line.start() < about.start()):
        kind = source.found(line.start("type"), line.end("type"), _type_name(line["type"]))
        subject, end = _subject(source, line.end("type"), reach)
        return kind, subject, end
    if about is None:
        return source.found(0, 0, "Công văn", Certainty.DOUBTFUL), None, 0
    subject, end = _subject(source, about.end(), reach)
    return source.found(about.start(), about.end(), "Công văn"), subject, end


def _type_line(source: Source, reach: int) -> re.Match[str] | None:
    return next(
        (m for m in _TYPE_LINE.finditer(source.text, 0, reach) if not (m["rest"] or "").endswith(":")), None
    )


def _type_name(capitals: str) -> str:
    return next(kind for kind in TYPES if kind.upper() == capitals)


def _subject(source: Source, start: int, reach: int) -> tuple[Found[str] | None, int]:
    """Join the lines of the subject, leaving out what a second column put between them."""
    taken: list[Line] = []
    for line in lines(source, start, reach):
        if _ends_subject(line, taken):
            break
        if line.text.strip() and not _is_of_other_column(line.text):
            taken.append(line)
    if not taken:
        return None, start
    words = " ".join(line.text.strip() for line in taken)
    value = _ABOUT.sub("", words).strip(" .")
    return source.found(taken[0].start, taken[-1].end, value), taken[-1].end


def _ends_subject(line: Line, taken: list[Line]) -> bool:
    if (
        ADDRESSED.match(line.text)
        or _MAIL.match(line.text)
        or (_BASIS.match(line.text) and not _is_title(line.text, taken))
    ):
        return True
    return bool(taken) and (not line.text.strip() or _is_of_the_body(line.text.strip(), taken[0].text))


def _is_title(text: str, taken: list[Line]) -> bool:
    """Tell "Thực hiện công tác cải cách hành chính năm 2024" under a type from the basis of the letter."""
    is_sentence = text.rstrip().endswith((";", ".", ":", ",")) or len(text) > _WIDEST
    return not taken and not is_sentence and bool(re.match(r"(?:Thực hiện|Theo)\b", text))


def _is_of_the_body(text: str, first_line: str) -> bool:
    """Tell the first words of the body from a further line of the subject where no blank line parts them."""
    if _is_of_other_column(text):
        return False
    starts_anew = _CAPITALS.match(text) and not _CAPITALS.match(first_line.strip())
    return bool(starts_anew) or len(text) > _WIDEST or text.endswith((".", ":", ";"))


def _is_of_other_column(text: str) -> bool:
    return bool(MOTTO.match(text) or _NUMBER.match(text) or re.search(r", ngày [\d ]{0,3}tháng", text))


def _addressees(source: Source, reach: int) -> tuple[tuple[Found[str], ...], int]:
    opening = ADDRESSED.search(source.text, 0, reach)
    if opening is None:
        return (), 0
    found: list[Found[str]] = []
    end, is_open = opening.end(), False
    for line in lines(source, opening.end(), reach):
        text = line.text.strip()
        if (found and not is_open and not text.startswith(("-", "+", "•"))) or len(text) > 300:  # noqa: PLR2004 - no name is longer
            break
        found += _names_in(source, line)
        is_open = text.endswith(";")
        end = line.end
    return tuple(found), end


def _names_in(source: Source, line: Line) -> list[Found[str]]:
    found = []
    for piece in re.finditer(r"[^;]+", line.text):
        value = piece[0].strip(" -+•.;:,")
        if value:
            at = line.start + piece.start() + piece[0].find(value)
            found.append(source.found(at, at + len(value), value))
    return found


def _stops(source: Source, reach: int, edges: list[int]) -> list[int]:
    """Return where the issuer's lines must have ended: number, date, subject, motto's lower edge."""
    number = _NUMBER.search(source.text, 0, reach) or _BARE_NUMBER.search(source.text, 0, reach)
    return [number.start()] if number else edges


def _bodies(source: Source, end: int) -> list[Found[str]]:
    """Group the capital lines above the number into the issuing body and those above it."""
    groups: list[list[Line]] = []
    for line in lines(source, 0, end):
        text = line.text.strip()
        if not _CAPITALS.match(text) or MOTTO.match(text) or _URGENCY.match(text) or _TYPE_LINE.match(text):
            continue
        if not groups or (_NEW_BODY.match(text) and not _DANGLING.search(groups[-1][-1].text.strip())):
            groups.append([])
        groups[-1].append(line)
    return [source.found(g[0].start, g[-1].end, " ".join(line.text.strip() for line in g)) for g in groups]


def _joined(bodies: list[Found[str]]) -> Found[str] | None:
    if not bodies:
        return None
    value = ", ".join(body.value for body in bodies)
    return Found(value, Span(bodies[0].span.start, bodies[-1].span.end))
