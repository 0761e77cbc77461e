"""What goes from a letter into the rows of its items."""

import pytest

from cchc_portal.core.calendar import Recurrence
from cchc_portal.directives.content import INTERNAL, LETTER, ItemContent, of_letter, summary
from cchc_portal.directives.models import Part
from cchc_portal.directives.reading import read_letter

HEAD = "Số: 5/KH-UBND\nA, ngày 05 tháng 01 năm 2024\n\nKẾ HOẠCH\nCông tác năm 2024\n\nI. NHIỆM VỤ\n"
TABLE = (
    "| STT | Nội dung | Chủ trì | Phối hợp | Thời hạn | Sản phẩm |\n"
    "| 1 | Lập kế hoạch | Văn phòng, Công an xã | Trạm Y tế | Trước ngày 20 hằng tháng | Kế hoạch |\n"
)


def of_text(body: str) -> list[ItemContent]:
    return list(of_letter(read_letter(f"{HEAD}{body}\nNơi nhận:\n- Lưu: VT.\n")).items)


def test_row_of_a_table_brings_leads_help_recurrence_and_deliverable() -> None:
    item = of_text(TABLE)[1]

    assert [(one.words, one.part) for one in item.assigned] == [
        ("Văn phòng", Part.LEAD),
        ("Công an xã", Part.LEAD),
        ("Trạm Y tế", Part.SUPPORT),
    ]
    assert item.columns["recurrence"] is Recurrence.MONTHLY
    assert (item.columns["recurrence_day"], item.columns["deliverable"]) == (20, "Kế hoạch")
    assert item.columns["deadline_source"] == LETTER


@pytest.mark.parametrize(
    ("words", "recurrence", "day", "within", "is_working"),
    [
        ("định kỳ hằng quý", Recurrence.QUARTERLY, None, None, False),
        ("vào thứ Hai hàng tuần", Recurrence.WEEKLY, 1, None, False),
        ("trước ngày 10 tháng cuối quý", Recurrence.QUARTERLY, 10, None, False),
        ("06 tháng/lần", Recurrence.HALF_YEARLY, None, None, False),
        ("hằng năm", Recurrence.YEARLY, None, None, False),
        ("trong 05 ngày làm việc", None, None, 5, True),
        ("trong vòng 10 ngày", None, None, 10, False),
        ("trước 15/3/2023", None, None, None, False),
        ("", None, None, None, False),
    ],
)
def test_words_of_a_deadline_say_what_returns(
    words: str, recurrence: Recurrence | None, day: int | None, within: int | None, *, is_working: bool
) -> None:
    columns = ItemContent("1", "Việc", deadline_words=words).columns

    assert (columns["recurrence"], columns["recurrence_day"]) == (recurrence, day)
    assert (columns["within_days"], columns["within_working"]) == (within, is_working)


def test_deadline_that_the_office_adds_is_internal() -> None:
    assert ItemContent("1", "Việc", deadline_words="hằng tháng").columns["deadline_source"] == INTERNAL


def test_item_without_a_deadline_has_no_source() -> None:
    assert ItemContent("1", "Việc").columns["deadline_source"] == ""


def test_summary_is_cut_between_words() -> None:
    assert summary("một hai " * 30) == ("một hai " * 30)[:120].rpartition(" ")[0] + "…"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (": - Đối với các bộ phận: rà soát;", "Đối với các bộ phận: rà soát"),
        ("- Tổng hợp kết quả, ", "Tổng hợp kết quả"),
        ("Báo cáo kết quả./.", "Báo cáo kết quả./."),
    ],
)
def test_summary_leaves_out_what_joins_a_text_to_its_list(text: str, line: str) -> None:
    assert summary(text) == line
