"""What stands below the signature: annexes with tables of tasks, plans that a decision puts into force."""

import re
from dataclasses import dataclass

from cchc_portal.directives.reading.source import Line, Source, lines
from cchc_portal.directives.reading.tables import ROW
from cchc_portal.directives.reading.words import UPPER

_HEADING = re.compile(
    r"^(?:(?:PHỤ LỤC|Phụ lục)(?: (?:số )?(?P<number>[IVX]{1,5}|\d{1,2}|[A-H]))?\b[^\n]{0,160}"
    r"|(?:KẾ HOẠCH|CHƯƠNG TRÌNH|QUY CHẾ|QUY ĐỊNH|PHƯƠNG ÁN|ĐỀ ÁN|DANH MỤC|BẢNG PHÂN CÔNG|BIỂU PHÂN CÔNG|LỘ TRÌNH)\b[^\n;:]{0,160})$",
    re.MULTILINE,
)
_UNDER = re.compile(r"^\(?(?:Ban hành )?[Kk]èm theo [^\n]{3,300}$", re.MULTILINE)
_LABEL = re.compile(
    rf"^(?:[IVX]{{1,5}}[./)-]|\d{{1,2}}[./)]|[A-H][./)-]|Điều \d|Chương [IVX]|{ROW})", re.MULTILINE
)
_FORMS = re.compile(r"\b(?:mẫu|biểu mẫu|đề cương|danh sách|phiếu|dự toán|thống kê)\b", re.IGNORECASE)
_TASKS = re.compile(r"nhiệm vụ|phân công|công việc|kế hoạch|tiến độ|lộ trình|giải pháp", re.IGNORECASE)
_PLAN = re.compile(r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|QUY CHẾ|QUY ĐỊNH|PHƯƠNG ÁN|ĐỀ ÁN|LỘ TRÌNH|BẢNG|BIỂU)\b")
_CAPITALS = re.compile(rf"^[^a-zà-ỹ\n]*[{UPPER}]{{2,}}[^a-zà-ỹ\n]*$")
_REACH = 1500
_MOST = 30


@dataclass(frozen=True)
class Annex:
    """An annex that holds tasks: its number, its heading, and where its contents begin and end."""

    no: str
    start: int
    title: tuple[int, int]
    body: int
    end: int


def annexes_start(source: Source, foot: int) -> int:
    """Return where what stands below the signature begins, the end of the text where nothing does."""
    found = _HEADING.search(source.text, _below_recipients(source, foot))
    return found.start() if found else len(source.text)


def find_annexes(source: Source, foot: int) -> list[Annex]:
    """Return the annexes with tasks, in their order; forms, outlines and lists of people are none."""
    headings = _headings(source, _below_recipients(source, foot))
    ends = [*(heading.start() for heading in headings[1:]), len(source.text)][: len(headings)]
    found = [
        _annex(source, heading, end, len(headings), place)
        for place, (heading, end) in enumerate(zip(headings, ends, strict=True), start=1)
    ]
    return [annex for annex in found if annex is not None]


def _below_recipients(source: Source, foot: int) -> int:
    """Skip the first lines of the foot: "Nơi nhận" never opens an annex."""
    return min(len(source.text), source.text.find("\n", foot) + 1 or len(source.text))


def _headings(source: Source, start: int) -> list[re.Match[str]]:
    """Return the headings, the type below "PHỤ LỤC" being part of the same one."""
    found: list[re.Match[str]] = []
    for match in _HEADING.finditer(source.text, start):
        between = source.text[found[-1].end() : match.start()].strip() if found else "x"
        is_same = found and (not between or not _LABEL.search(source.text, found[-1].end(), match.start()))
        is_annex = match[0].upper().startswith("PHỤ LỤC")
        if (not is_same or is_annex) and len(found) < _MOST:
            found.append(match)
    return found


def _annex(source: Source, heading: re.Match[str], end: int, count: int, place: int) -> Annex | None:
    text = source.text
    reach = min(end, heading.end() + _REACH)
    under = _UNDER.search(text, heading.end(), reach)
    label = _LABEL.search(text, under.end() if under else heading.end(), end)
    if label is None:
        return None
    title = _title(source, heading, under.start() if under else label.start())
    words = heading[0] + " " + text[slice(*title)]
    has_rows = ROW in text[label.start() : end]
    is_plan = bool(_PLAN.match(heading[0])) or bool(_TASKS.search(words) and not _FORMS.search(words))
    if not (has_rows or is_plan):
        return None
    return Annex(f"PL{place}" if count > 1 else "PL", heading.start(), title, label.start(), end)


def _title(source: Source, heading: re.Match[str], end: int) -> tuple[int, int]:
    """Return where the words of the title stand: the lines below the type or number of the annex."""
    taken: list[Line] = []
    for line in lines(source, heading.end(), end):
        words = line.text.strip()
        if words and ROW not in words and not words.startswith("("):
            taken.append(line)
        elif taken and not words:
            break
    if not taken:
        return heading.span()
    return taken[0].start, taken[-1].end
