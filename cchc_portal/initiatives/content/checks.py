"""What a draft still lacks, for the meter and for submission.

Sources: contents of an application, Nghị định 13/2012/NĐ-CP, Điều 5 khoản 3 (novelty, conditions
and the day of first application for initiatives); item 4 of the letter (the three ways in).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.content.reading import Content
from cchc_portal.initiatives.content.words import LONGEST, LONGEST_IN_ROWS
from cchc_portal.initiatives.models.states import EntryMode, Kind

SHORTEST_TITLE = 10
WHOLE = Decimal(100)
FINEST_SHARE = Decimal("0.01")
TOO_LONG = N_("Phần này dài quá giới hạn; vui lòng rút gọn hoặc chuyển sang tệp đính kèm.")


@dataclass(frozen=True)
class Check:
    """One line of the meter.

    Args:
        field: the part of the text it is about.
        words: what to do, in Vietnamese.
        is_met: whether it is done.
        is_required: whether submission waits for it.
    """

    field: str
    words: str
    is_met: bool
    is_required: bool = True


def completeness(content: Content, *, has_items: bool, has_files: bool) -> list[Check]:
    """Return the lines of the meter, in the order of the page.

    Args:
        content: the draft as understood.
        has_items: whether there is an issued letter with items to answer.
        has_files: whether files are attached.
    """
    checks = [
        Check("title", N_("Đặt tên từ 10 ký tự trở lên"), len(content.texts["title"]) >= SHORTEST_TITLE),
        Check("problem", N_("Nêu thực trạng, vấn đề"), bool(content.texts["problem"])),
        Check("solution", N_("Mô tả giải pháp, cách làm"), bool(content.texts["solution"])),
        Check("result", N_("Nêu kết quả, lợi ích"), bool(content.texts["result"])),
        *_of_way(content),
        *_of_kind(content),
        Check("fields", N_("Chọn ít nhất một lĩnh vực cải cách"), bool(content.field_codes)),
        Check("authors", N_("Ghi tác giả, tỷ lệ đóng góp cộng lại đủ 100%"), _shares_are_whole(content)),
        Check("figures", N_("Thêm số liệu trước và sau"), bool(content.figures), is_required=False),
        Check("attachments", N_("Đính kèm tài liệu kiểm chứng"), has_files, is_required=False),
    ]
    if has_items:
        met = bool(content.answers) and all(answer.sentence for answer in content.answers)
        words = N_("Chọn nội dung công văn và viết một câu trả lời như thế nào")
        checks.insert(-3, Check("answers", words, met))
    return checks


def gaps(content: Content, *, has_items: bool, author_error: str = "") -> dict[str, str]:
    """Return why a draft cannot be submitted: part of the text -> Vietnamese message.

    Args:
        content: the draft as understood.
        has_items: whether there is an issued letter with items to answer.
        author_error: what is wrong with the authors' accounts, if anything.
    """
    found = {
        check.field: check.words
        for check in completeness(content, has_items=has_items, has_files=True)
        if check.is_required and not check.is_met
    }
    found |= dict(_unreadable(content)) | too_long(content.raw)
    if author_error:
        found["authors"] = author_error
    return found


def too_long(raw: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts that are longer than may be submitted: part of the text -> Vietnamese message.

    A draft keeps them as they are, so that nothing typed is lost.
    """
    long = {name for name, longest in LONGEST.items() if _length(raw, name) > longest}
    for name, limits in LONGEST_IN_ROWS.items():
        rows = raw.get(name) or []
        if any(_length(row, part) > longest for row in rows for part, longest in limits.items()):
            long.add(name)
    return dict.fromkeys(sorted(long), TOO_LONG)


def _of_way(content: Content) -> Iterator[Check]:
    if content.entry_mode is EntryMode.INTRODUCE:
        yield Check(
            "source_name",
            N_("Ghi nơi đang áp dụng mô hình được giới thiệu"),
            bool(content.texts["source_name"]),
        )


def _of_kind(content: Content) -> Iterator[Check]:
    if content.kind is not Kind.INITIATIVE:
        return
    yield Check("novelty", N_("Nêu điểm mới của sáng kiến"), bool(content.texts["novelty"]))
    yield Check("conditions", N_("Nêu điều kiện cần thiết để áp dụng"), bool(content.texts["conditions"]))
    yield Check(
        "first_applied_on", N_("Ghi ngày áp dụng lần đầu hoặc áp dụng thử"), bool(content.first_applied_on)
    )


def _shares_are_whole(content: Content) -> bool:
    shares = [author.share for author in content.authors]
    kept = [share for share in shares if share and share > 0 and share == share.quantize(FINEST_SHARE)]
    return bool(kept) and len(kept) == len(shares) and sum(kept) == WHOLE


def _length(raw: Mapping[str, object], name: str) -> int:
    value = raw.get(name)
    return len(value) if isinstance(value, str) else 0


def _unreadable(content: Content) -> Iterator[tuple[str, str]]:
    if not content.is_date_readable:
        yield "first_applied_on", N_("Ngày phải có dạng ngày/tháng/năm, ví dụ 05/03/2023.")
    if not all(figure.is_readable and figure.name for figure in content.figures):
        yield "figures", N_("Mỗi số liệu cần có tên, trước và sau là số, ví dụ 12,5.")
