"""What the columns of a sheet of past initiatives mean, whatever they are called."""

from collections.abc import Iterable, Mapping

from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold_name

LABELS = {
    "code": N_("Mã số"),
    "title": N_("Tên sáng kiến"),
    "kind": N_("Loại"),
    "entry_mode": N_("Hình thức gửi"),
    "problem": N_("Thực trạng"),
    "solution": N_("Giải pháp"),
    "result": N_("Kết quả"),
    "novelty": N_("Điểm mới"),
    "conditions": N_("Điều kiện áp dụng"),
    "unit": N_("Bộ phận"),
    "authors": N_("Tác giả"),
    "year": N_("Năm"),
    "submitted_on": N_("Ngày gửi"),
    "first_applied_on": N_("Ngày áp dụng lần đầu"),
    "status": N_("Trạng thái"),
    "fields": N_("Lĩnh vực"),
    "tags": N_("Từ khóa"),
    "source_name": N_("Nơi đang áp dụng"),
    "source_link": N_("Địa chỉ tham khảo"),
    "source_contact": N_("Đầu mối liên hệ"),
}
MOST_NAMED = 20  # heads that are named as passed over
TEXTS = ("problem", "solution", "result", "novelty", "conditions")
_ALSO = {
    "code": ("code", "ma", "so hieu", "ma sang kien", "ky hieu"),
    "title": ("title", "name", "ten", "ten giai phap", "ten sang kien kinh nghiem", "tieu de", "ten de tai", "ten mo hinh"),
    "kind": ("kind", "type", "loai hinh", "phan loai", "loai sang kien"),
    "entry_mode": ("entry mode", "mode", "hinh thuc"),
    "problem": ("problem", "van de", "thuc trang van de", "tinh trang giai phap da biet", "hien trang", "ly do"),
    "solution": (
        "solution", "noi dung", "noi dung giai phap", "cach lam", "giai phap cach lam", "mo ta", "description",
        "content", "text", "tom tat", "noi dung sang kien", "summary",
    ),
    "result": ("result", "benefit", "hieu qua", "ket qua loi ich", "loi ich", "ket qua dat duoc", "hieu qua loi ich", "benefits"),
    "novelty": ("novelty", "tinh moi"),
    "conditions": ("conditions", "dieu kien", "dieu kien ap dung sang kien"),
    "unit": ("unit", "department", "don vi", "phong ban", "bo phan ap dung", "don vi cong tac", "noi cong tac"),
    "authors": ("authors", "author", "ho va ten tac gia", "ten tac gia", "nhom tac gia", "ho va ten", "ho ten"),
    "year": ("year", "nam cong nhan", "nam ap dung", "nam thuc hien"),
    "submitted_on": ("submitted on", "submitted at", "date", "ngay", "ngay nop", "ngay nop don"),
    "first_applied_on": ("first applied on", "ngay ap dung", "ngay ap dung thu"),
    "status": ("status", "state", "tinh trang", "ket qua xet", "ket qua cong nhan"),
    "fields": ("fields", "field", "linh vuc cai cach", "linh vuc ap dung", "noi dung cai cach"),
    "tags": ("tags", "tag", "tu khoa", "nhan", "keywords"),
    "source_name": ("source", "source name", "nguon"),
    "source_link": ("source link", "link", "url", "duong dan"),
    "source_contact": ("source contact", "lien he"),
}  # fmt: skip
COLUMN = {fold_name(label): column for column, label in LABELS.items()} | {
    name: column for column, names in _ALSO.items() for name in names
}


_JOINED = dict.fromkeys(TEXTS, "\n\n") | dict.fromkeys(("authors", "fields", "tags"), ", ")


def guess(heads: Iterable[str], chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return which column each head means, "" if it is passed over.

    Args:
        heads: as they stand in the file.
        chosen: folded head -> column, as somebody chose before; the rest goes by known names, of
            which the first of a kind counts.
    """
    chosen = chosen or {}
    columns = {head: chosen.get(fold_name(head), "") for head in heads}
    taken = set(columns.values()) - {""}
    for head in columns:
        column = COLUMN.get(fold_name(head), "")
        if fold_name(head) not in chosen and column not in taken:
            columns[head] = column
            taken |= {column} - {""}
    return columns


def said(values: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return what a row says by column; several heads of one text are joined, else the first counts.

    Args:
        values: head -> text.
        columns: head -> column; empty if the values are by column already.
    """
    if not columns:
        return dict(values)
    found: dict[str, str] = {}
    for head, text in values.items():
        column = columns.get(head, "")
        if column and text:
            before = found.get(column)
            joint = _JOINED.get(column)
            found[column] = text if before is None else f"{before}{joint}{text}" if joint else before
    return found


def passed_over(columns: Mapping[str, str]) -> list[str]:
    """Return the heads that mean nothing, in their order; the first of very many."""
    return [head for head, column in columns.items() if not column][:MOST_NAMED]
