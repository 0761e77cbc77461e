"""Issued letters frozen as plain data, and what changed between two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from cchc_portal.core.calendar import names_another_day, typed_day
from cchc_portal.core.i18n import N_
from cchc_portal.directives.content import LETTER, of_directive
from cchc_portal.directives.entry import entry_of
from cchc_portal.directives.models import URGENCIES, Direction, Directive

LABELS = {
    "direction": N_("Sổ"),
    "kind": N_("Loại văn bản"),
    "issuer": N_("Cơ quan ban hành"),
    "superior": N_("Cơ quan chủ quản"),
    "number": N_("Số"),
    "symbol": N_("Ký hiệu"),
    "place": N_("Địa danh"),
    "day": N_("Ngày"),
    "month": N_("Tháng"),
    "year": N_("Năm"),
    "subject": N_("Trích yếu"),
    "addressees": N_("Kính gửi"),
    "recipients": N_("Nơi nhận"),
    "filed_at": N_("Lưu"),
    "signer_capacity": N_("Thẩm quyền ký"),
    "signer_position": N_("Chức vụ người ký"),
    "signer_name": N_("Họ tên người ký"),
    "annexes": N_("Tài liệu kèm theo"),
    "citations": N_("Văn bản viện dẫn"),
    "arrival_number": N_("Số đến"),
    "arrival_on": N_("Ngày đến"),
    "to_places": N_("Đơn vị hoặc người nhận"),
    "due_on": N_("Thời hạn giải quyết"),
    "priority": N_("Mức độ khẩn"),
    "page_amount": N_("Số trang"),
    "issued_amount": N_("Số bản phát hành"),
    "file_catalog": N_("Năm của hồ sơ"),
    "file_notation": N_("Số, ký hiệu hồ sơ"),
    "doc_ordinal": N_("Thứ tự trong hồ sơ"),
    "language": N_("Ngôn ngữ"),
    "description": N_("Ghi chú"),
}
FROM_LETTER, INTERNAL = N_("theo công văn"), N_("hạn nội bộ")


def snapshot(directive: Directive) -> dict[str, Any]:
    """Return everything that is kept of a letter but its text, which never changes, fit for JSON."""
    content = of_directive(directive)
    frozen: dict[str, Any] = _plain(
        {
            **content.head,
            **asdict(entry_of(directive)),
            "citations": [asdict(citation) for citation in content.citations],
            "items": [asdict(item) for item in content.items],
        }
    )
    return frozen


def changes(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what differs between two snapshots: label, number of the item or "", words before, words after."""
    for name, label in LABELS.items():
        before, after = _words(name, older.get(name)), _words(name, newer.get(name))
        if before != after:
            yield label, "", before, after
    items = [{item["code"]: _item(item) for item in frozen["items"]} for frozen in (older, newer)]
    for code in dict.fromkeys([*items[1], *items[0]]):
        before, after = (some.get(code, "") for some in items)
        if before != after:
            yield ITEM, code, before, after


ITEM = N_("Mục %(code)s")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _words(name: str, value: Any) -> str:
    if name == "direction":
        return Direction(value).label if value else ""
    if name == "priority":
        return URGENCIES.get(value or 0, "")
    if name == "citations":
        return "\n".join(_citation(one) for one in value or ())
    if name.endswith("_on"):
        return _day(value)
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def _citation(citation: Mapping[str, Any]) -> str:
    parts = (citation[name] for name in ("role", "kind", "number", "issuer"))
    return " · ".join(part for part in (*parts, _day(citation["issued_on"])) if part)


def _until(item: Mapping[str, Any]) -> str:
    words, day = item["deadline_words"], _day(item["deadline_on"])
    if not words or names_another_day(words, typed_day(day)):
        return " ".join(part for part in (item["deadline_operator"], day) if part)
    return str(words)


def _item(item: Mapping[str, Any]) -> str:
    who = "; ".join(one["words"] for one in item["assigned"])
    until = _until(item)
    source = (FROM_LETTER if item["deadline_source"] == LETTER else INTERNAL) if until else ""
    parts = (
        item["text"],
        who,
        item["verb"],
        item["report_to"],
        f"{until} ({source})" if until else "",
        item.get("deliverable", ""),
    )
    return "\n".join(part for part in parts if part)


def _day(value: str | None) -> str:
    return f"{date.fromisoformat(value):%d/%m/%Y}" if value else ""
