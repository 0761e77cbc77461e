"""The original text in pieces, the recognised ones named, for the page that shows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import Directive

LABELS = {
    "type": N_("Loại văn bản"),
    "issuer": N_("Cơ quan ban hành"),
    "parent": N_("Cơ quan chủ quản"),
    "number": N_("Số"),
    "symbol": N_("Ký hiệu"),
    "place": N_("Địa danh"),
    "date": N_("Ngày, tháng, năm"),
    "subject": N_("Trích yếu"),
    "addressee": N_("Kính gửi"),
    "citation": N_("Văn bản viện dẫn"),
    "attachment": N_("Tài liệu kèm theo"),
    "assignee": N_("Giao cho"),
    "verb": N_("Việc phải làm"),
    "report_to": N_("Báo cáo cho"),
    "deadline": N_("Thời hạn"),
    "deliverable": N_("Sản phẩm"),
    "recipient": N_("Nơi nhận"),
    "filed_at": N_("Lưu"),
    "capacity": N_("Thẩm quyền ký"),
    "position": N_("Chức vụ người ký"),
    "signer": N_("Người ký"),
}
GROUPS = {
    "citation": "citation",
    "attachment": "citation",
    "assignee": "assignee",
    "verb": "assignee",
    "report_to": "assignee",
    "deadline": "deadline",
    "deliverable": "assignee",
}
DOUBTS = {
    "item": N_("chưa rõ đơn vị nào chủ trì, hoặc số mục không liền mạch"),
    "assignee": N_("mục không nêu ai làm, tạm lấy nơi được kính gửi"),
    "deadline": N_("thời hạn không ghi đủ ngày, tháng, năm"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of the original: plain where `kind` is "", the head of an item where it is "item"."""

    text: str
    kind: str = ""
    value: str = ""
    is_doubtful: bool = False

    @property
    def label(self) -> str:
        """What was recognised in it, in Vietnamese."""
        return LABELS.get(self.kind, "")

    @property
    def group(self) -> str:
        """The colour it shares with its like."""
        return GROUPS.get(self.kind, "head")


def pieces(directive: Directive) -> list[Piece]:
    """Return the whole original as pieces; where recognised parts overlap, the first and longest wins.

    An item is a piece of its own, empty, before its words. Marks of Markdown files are left out.
    """
    is_markdown = directive.file_name.lower().endswith(".md")
    found = _cut(directive.text, directive.recognised.get("marks", ()))
    if not is_markdown:
        return list(found)
    return [Piece(one.text.replace("*", ""), one.kind, one.value, one.is_doubtful) for one in found]


def doubts(directive: Directive) -> dict[str, list[str]]:
    """Return the questions the reader has, by number of the item."""
    marks = directive.recognised.get("marks", ())
    asked: dict[str, list[str]] = {}
    for item in (mark for mark in marks if mark["kind"] == "item"):
        inside = (mark for mark in marks if _is_inside(mark, item) and mark["certainty"] == "doubtful")
        if questions := dict.fromkeys(DOUBTS[mark["kind"]] for mark in inside if mark["kind"] in DOUBTS):
            asked[item["value"]] = list(questions)
    return asked


def _cut(text: str, marks: Iterable[Mapping[str, Any]]) -> Iterator[Piece]:
    at = 0
    for mark in marks:
        start, end = mark["span"]["start"], mark["span"]["end"]
        if start < at:
            continue
        if start > at:
            yield Piece(text[at:start])
        is_item = mark["kind"] == "item"
        at = start if is_item else end
        is_doubtful = mark["certainty"] == "doubtful"
        yield Piece("" if is_item else text[start:end], mark["kind"], mark["value"], is_doubtful)
    yield Piece(text[at:])


def _is_inside(mark: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    return bool(item["span"]["start"] <= mark["span"]["start"] < item["span"]["end"])
