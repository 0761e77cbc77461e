"""Where the ordered contents of a letter end and its closing words begin."""

import re

from cchc_portal.directives.reading.labels import last_label
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.tables import END
from cchc_portal.directives.reading.words import UPPER

_CLOSING = re.compile(
    r"(?:\n|\A)(?=Nhận được [^\n]{2,60}này|Trên đây là|Trong quá trình|Quá trình (?:triển khai|tổ chức|thực hiện)|Trong thời gian"
    r"|Thông tin chi tiết|Mọi vướng mắc|Rất mong|[^\n]{0,60}trân trọng|(?:Nghị quyết|Kết luận|Chỉ thị|Kế hoạch|Quy định) này (?:được|đã|có hiệu lực)"
    r"|[^\n]{3,80} (?:thông báo|truyền đạt|báo cáo|gửi) [^\n]{0,60}(?:để|đến|tới) )"
)
_LAST_APPEAL = re.compile(
    r"[.;][)\"”]?\n{1,2}(?=(?:Yêu cầu|Đề nghị|Căn cứ|Giao|UBND|Ủy ban|Uỷ ban|Ban |Sở |Phòng |Các |Thủ trưởng|Trên cơ sở|Nếu |Với |"
    r"(?:Kế hoạch|Chỉ thị|Thông báo|Nghị quyết|Kết luận|Hướng dẫn|Công văn|Chương trình) này)[^\n])"
)
# A paragraph of its own at the very end, closed by "./.": no part of the last item, whatever its first word.
_FAREWELL = re.compile(rf"\n\n(?=[{UPPER}][^\n]{{10,800}}\./\.\s*\Z)")
_HEADING = re.compile(r"[^\n]{3,120}[^.;:/\n](?P<gap>\n{1,2})(?=\S)")
_FIRST = re.compile(r"[^\n]*[.;/][)\"”]?(?=\n)")


def body_end(source: Source, start: int, end: int) -> int:
    """Return where the ordered contents end and the closing words begin."""
    last = last_label(source.text, start, end)
    if last is None:
        return end
    row = source.text.rfind(END, last, end)
    if row >= 0:
        return row + 1
    is_article = source.text.startswith("Điều ", last)
    first = _FIRST.match(source.text, last, end)
    if first and not is_article:  # one whole sentence behind the last label: the rest stands on its own
        return first.end()
    is_bullet = source.text.startswith(("-", "+", "•"), last)
    below = last if is_bullet else _below_heading(source.text, last, end)
    if source.text.startswith("\n\n", below) and "\n\n" not in source.text[last:below]:
        return below  # heading and paragraph are one block, what follows is another
    return _farewell(source, below, end, is_article=is_article)


def _farewell(source: Source, last: int, end: int, *, is_article: bool) -> int:
    """Return where closing words begin behind a place in the last item."""
    farewell = _FAREWELL.search(source.text, last, end)
    if farewell and not is_article:
        return farewell.start()
    closing = _CLOSING.search(source.text, last, end)
    if closing:
        end = closing.start()
    appeals = list(_LAST_APPEAL.finditer(source.text, last, end))
    if appeals and "\n" not in source.text[appeals[-1].end() : end].strip():
        return appeals[-1].end()
    return end


def _below_heading(text: str, last: int, end: int) -> int:
    """Return where the paragraph below a label with a heading and no sentence ends: it belongs to the label."""
    heading = _HEADING.match(text, last, end)
    if heading is None or (heading["gap"] == "\n\n" and _CLOSING.match(text, heading.end() - 1, end)):
        return last
    stop = text.find("\n", heading.end(), end)
    return end if stop < 0 else stop


def is_closing(paragraph: str) -> bool:
    """Say whether a paragraph belongs to the closing words by how it begins."""
    return _CLOSING.match(paragraph) is not None
