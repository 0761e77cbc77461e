"""Tables of tasks in the forms in which they reach the portal."""

import unicodedata

import pytest

from cchc_portal.directives.reading import Item, as_json, marks_of, read_letter

HEAD = "ỦY BAN NHÂN DÂN\nXÃ A\nSố: 5/KH-UBND\nA, ngày 05 tháng 01 năm 2024\n\nKẾ HOẠCH\nCông tác năm 2024\n\nI. NHIỆM VỤ\n"
BARS = (
    "| STT | Nội dung | Chủ trì | Phối hợp | Thời hạn | Sản phẩm |\n"
    "|---|---|---|---|---|---|\n"
    "| 1 | Lập kế hoạch | Văn phòng | Công an xã | 15/3/2024 | Kế hoạch |\n"
    "| 2 | Rà soát hồ sơ | Công an xã | | Quý II | |\n"
)
TABS = (
    "STT\tNội dung\tChủ trì\tPhối hợp\tThời hạn\tSản phẩm\n"
    "1\tLập kế hoạch\tVăn phòng\tCông an xã\t15/3/2024\tKế hoạch\n"
    "2\tRà soát hồ sơ\tCông an xã\t\tQuý II\t\n"
)
PRINT = (
    "STT  Nội dung          Chủ trì       Phối hợp      Thời hạn     Sản phẩm\n"
    "1    Lập kế            Văn phòng     Công an xã    15/3/2024    Kế hoạch\n"
    "     hoạch\n"
    "2    Rà soát hồ sơ     Công an xã                  Quý II\n"
)
LINES = (
    "STT\nNội dung\nChủ trì\nPhối hợp\nThời hạn\nSản phẩm\n"
    "1\nLập kế hoạch\nVăn phòng\nCông an xã\n15/3/2024\nKế hoạch\n"
    "2\nRà soát hồ sơ\nCông an xã\nQuý II\n"
)


def rows(table: str, *, head: str = HEAD) -> list[Item]:
    return list(read_letter(head + table + "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n").items[0].children)


def said(item: Item) -> tuple[object, ...]:
    due = item.deadline.on.isoformat() if item.deadline and item.deadline.on else None
    made = item.deliverable.value if item.deliverable else None
    return item.no, item.text, list(item.leads), list(item.support), due, made


@pytest.mark.parametrize("table", [BARS, TABS, PRINT, LINES], ids=["bars", "tabs", "print", "lines"])
def test_table_says_the_same_in_every_form(table: str) -> None:
    found = [said(item) for item in rows(table)]

    assert found == [
        ("I.1", "Lập kế hoạch", ["Văn phòng"], ["Công an xã"], "2024-03-15", "Kế hoạch"),
        ("I.2", "Rà soát hồ sơ", ["Công an xã"], [], "2024-06-30", None),
    ]


@pytest.mark.parametrize("table", [BARS, TABS, PRINT, LINES], ids=["bars", "tabs", "print", "lines"])
def test_table_decomposed_with_windows_line_ends_says_the_same(table: str) -> None:
    found = rows(unicodedata.normalize("NFD", table).replace("\n", "\r\n"))

    assert [said(item) for item in found] == [said(item) for item in rows(table)]


@pytest.mark.parametrize("table", [BARS, TABS, PRINT, LINES], ids=["bars", "tabs", "print", "lines"])
def test_marks_of_a_table_lie_in_the_untouched_text(table: str) -> None:
    text = HEAD + table + "\nNơi nhận:\n- Lưu: VT.\n"

    letter = read_letter(text)

    assert letter.text == text
    assert [m for m in marks_of(letter) if not 0 <= m.span.start < m.span.end <= len(text)] == []


def test_marks_of_a_cell_point_at_its_words() -> None:
    text = HEAD + BARS + "\nNơi nhận:\n- Lưu: VT.\n"

    letter = read_letter(text)

    found = {
        mark.kind: text[mark.span.start : mark.span.end]
        for mark in marks_of(letter)
        if mark.span.start > text.index("| 1 |")
    }
    assert (found["deadline"], found["deliverable"]) == ("Quý II", "Kế hoạch")


def test_ditto_means_what_stands_above() -> None:
    found = rows(BARS.replace("| 2 | Rà soát hồ sơ | Công an xã |", '| 2 | Rà soát hồ sơ | " |'))

    assert found[1].leads == ("Văn phòng",)


def test_row_of_column_numbers_is_no_task() -> None:
    found = rows(BARS.replace("| 1 | Lập", "| (1) | (2) | (3) | (4) | (5) | (6) |\n| 1 | Lập"))

    assert [item.no for item in found] == ["I.1", "I.2"]


def test_headings_on_two_rows_are_one() -> None:
    table = (
        '| STT | Nội dung | Phân công | | Thời hạn |\n| " | " | Chủ trì | Phối hợp | " |\n'
        "| 1 | Lập kế hoạch | Văn phòng | Công an xã | 15/3/2024 |\n"
    )

    assert [said(item)[:5] for item in rows(table)] == [
        ("I.1", "Lập kế hoạch", ["Văn phòng"], ["Công an xã"], "2024-03-15")
    ]


def test_groups_hold_the_rows_below_them() -> None:
    table = BARS.replace("| 1 | Lập", "| A | Thể chế | | | | |\n| 1 | Lập").replace(
        "| 2 | Rà", "| B | Thủ tục | | | | |\n| 2 | Rà"
    )

    found = rows(table)

    assert [(item.no, [child.no for child in item.children]) for item in found] == [
        ("I.A", ["I.A.1"]),
        ("I.B", ["I.B.2"]),
    ]


def test_row_cut_by_a_page_break_is_whole_again() -> None:
    table = (
        BARS.replace(
            "| 2 | Rà soát hồ sơ |",
            "| 2 | Rà soát |",
        )
        + "\n2\n\n| STT | Nội dung | Chủ trì | Phối hợp | Thời hạn | Sản phẩm |\n|  | hồ sơ |  |  |  |  |\n| 3 | Báo cáo | Văn phòng | | | |\n"
    )

    assert [(item.no, item.text) for item in rows(table)] == [
        ("I.1", "Lập kế hoạch"),
        ("I.2", "Rà soát hồ sơ"),
        ("I.3", "Báo cáo"),
    ]


def test_lead_and_help_in_one_cell_are_told_apart() -> None:
    table = (
        "| STT | Nội dung | Đơn vị thực hiện | Thời hạn |\n"
        "| 1 | Lập kế hoạch | Chủ trì: Văn phòng; Phối hợp: Công an xã, Trạm Y tế | 15/3/2024 |\n"
    )

    assert said(rows(table)[0])[2:4] == (["Văn phòng"], ["Công an xã", "Trạm Y tế"])


def test_table_of_figures_hands_out_no_work() -> None:
    table = "| STT | Đơn vị | Số hồ sơ | Tỷ lệ |\n|---|---|---|---|\n| 1 | Công an xã | 12 | 5% |\n"

    assert rows(table) == []


@pytest.mark.parametrize(
    ("words", "operator", "on", "recurrence", "day"),
    [
        ("Tháng 3/2024", "trong", "2024-03-31", None, None),
        ("Quý I, II", "trong", "2024-06-30", None, None),
        ("6 tháng đầu năm", "trong", "2024-06-30", None, None),
        ("Năm 2024", "trong", "2024-12-31", None, None),
        ("Trước 20/11", "trước", "2024-11-20", None, None),
        ("20/11", "đến", "2024-11-20", None, None),
        ("Hằng tháng", "định kỳ", None, "monthly", None),
        ("Trước ngày 20 hằng tháng", "trước", None, "monthly", 20),
        ("06 tháng/lần", "định kỳ", None, "half_yearly", None),
        ("Thứ Sáu hằng tuần", "vào", None, "weekly", 5),
    ],
)
def test_cells_for_deadlines(
    words: str, operator: str, on: str | None, recurrence: str | None, day: int | None
) -> None:
    deadline = rows(BARS.replace("15/3/2024", words))[0].deadline

    assert deadline is not None
    assert (deadline.operator, deadline.on and deadline.on.isoformat(), deadline.recurrence, deadline.recurrence_day) == (
        operator, on, recurrence, day,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["Thường xuyên", "Cả năm", "", "Theo kế hoạch của cấp trên"])
def test_cells_that_name_no_time_are_no_deadlines(words: str) -> None:
    assert rows(BARS.replace("15/3/2024", words))[0].deadline is None


def test_annex_below_the_signature_is_an_item_of_its_own() -> None:
    text = (
        HEAD
        + "1. Các bộ phận thực hiện.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n"
        + "(Kèm theo Kế hoạch số 5/KH-UBND)\n\n"
        + BARS
    )

    items = as_json(read_letter(text))["items"]

    assert [item["no"] for item in items] == ["I", "PL"]
    assert [child["no"] for child in items[1]["children"]] == ["PL.1", "PL.2"]


@pytest.mark.parametrize("title", ["MẪU BÁO CÁO", "ĐỀ CƯƠNG BÁO CÁO NHIỆM VỤ", "DANH SÁCH ĐẠI BIỂU"])
def test_annex_that_is_a_form_hands_out_no_work(title: str) -> None:
    text = (
        HEAD
        + f"1. Các bộ phận thực hiện.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nPHỤ LỤC\n{title}\n1. Kết quả\n2. Hạn chế\n"
    )

    assert [item.no for item in read_letter(text).items] == ["I"]
