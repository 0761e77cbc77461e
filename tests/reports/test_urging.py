import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from cchc_portal.core.errors import Invalid
from cchc_portal.reports.docx import Item, Paragraph, Recipients, SignatureBlock, Table, render
from cchc_portal.reports.urging import (
    MOST_IN_LETTER,
    NOTHING_TO_URGE,
    UrgedTask,
    numbered,
    urging_letter,
)
from tests.factories.reports import HEAD, Measured

UNIT = "Văn hóa - Xã hội"
ON = date(2023, 3, 22)
LATE = UrgedTask("Nộp kế hoạch khắc phục", "Công văn số 35/UBND-VP", "trước 15/3/2023", 8, "Đang thực hiện")
SOON = UrgedTask("Báo cáo số liệu", "Kế hoạch số 48/KH-UBND", "đến hết 31/3/2023", -9)
LONG = UrgedTask(
    "Tham mưu giải pháp khắc phục tồn tại, hạn chế năm 2022; " * 4, LATE.letter, LATE.deadline, 8
)
TODAY = UrgedTask("Niêm yết thủ tục", "Công văn số 40/UBND-VP", "22/3/2023", 0)


def body(*tasks: UrgedTask, **options: object) -> list[str]:
    letter = urging_letter(UNIT, tasks, head=HEAD, on=ON, **options)  # type: ignore[arg-type]
    return [block.text for block in letter.blocks if isinstance(block, Paragraph | Item)]  # type: ignore[misc]


def table_of(*tasks: UrgedTask) -> Table:
    letter = urging_letter(UNIT, tasks, head=HEAD, on=ON)
    return next(block for block in letter.blocks if isinstance(block, Table))


def test_letter_names_unit_basis_count_and_what_is_wanted() -> None:
    assert body(LATE, SOON, answer_by=date(2023, 3, 31)) == [
        (
            "Thực hiện nhiệm vụ theo dõi, đôn đốc việc giải quyết văn bản đến theo Điều 24 Nghị định số 30/2020/NĐ-CP "
            "ngày 05/3/2020 của Chính phủ về công tác văn thư; qua theo dõi đến ngày 22/03/2023, Văn hóa - Xã hội còn "
            "02 nhiệm vụ chưa hoàn thành, trong đó 01 nhiệm vụ đã quá hạn, cụ thể như sau:"
        ),
        "UBND phường Bắc Hồng yêu cầu Văn hóa - Xã hội thực hiện các nội dung sau:",
        (
            "Tập trung hoàn thành ngay các nhiệm vụ đã quá hạn; báo cáo rõ nguyên nhân chậm, trách nhiệm và thời điểm "
            "hoàn thành."
        ),
        "Bảo đảm đúng thời hạn đối với các nhiệm vụ chưa đến hạn.",
        ("Cập nhật tiến độ và báo cáo kết quả thực hiện về UBND phường Bắc Hồng, chậm nhất ngày 31/03/2023."),
        "Nhận được Công văn này, yêu cầu Văn hóa - Xã hội nghiêm túc triển khai, thực hiện",
    ]


@pytest.mark.parametrize(
    ("tasks", "has_finish", "has_keep"),
    [((LATE,), True, False), ((SOON,), False, True), ((TODAY,), False, True), ((LATE, TODAY), True, True)],
)
def test_letter_asks_only_for_what_fits(
    tasks: tuple[UrgedTask, ...], *, has_finish: bool, has_keep: bool
) -> None:
    lines = body(*tasks)

    assert any(line.startswith("Tập trung hoàn thành ngay") for line in lines) is has_finish
    assert any(line.startswith("Bảo đảm đúng thời hạn") for line in lines) is has_keep


def test_overdue_tasks_are_counted_only_if_there_are_some() -> None:
    assert "còn 01 nhiệm vụ chưa hoàn thành, cụ thể" in body(SOON)[0]


def test_longest_overdue_comes_first() -> None:
    table = table_of(SOON, TODAY, LATE)

    assert table.rows == (
        ("1", LATE.words, LATE.letter, LATE.deadline, "Quá hạn 8 ngày\nĐang thực hiện"),
        ("2", TODAY.words, TODAY.letter, TODAY.deadline, "Đến hạn hôm nay"),
        ("3", SOON.words, SOON.letter, SOON.deadline, "Còn 9 ngày"),
    )


def test_nothing_to_urge_makes_no_letter() -> None:
    with pytest.raises(Invalid) as refused:
        urging_letter(UNIT, [], head=HEAD, on=ON)

    assert refused.value.message == NOTHING_TO_URGE


@pytest.mark.parametrize(("count", "line"), [(1, "276"), (3, "240"), (6, "276")])
def test_lines_are_tighter_only_where_that_saves_a_page(count: int, line: str) -> None:
    tasks = [LONG, LATE, TODAY, SOON, SOON, SOON][:count]
    letter = Measured(render(urging_letter(UNIT, tasks, head=HEAD, on=ON)))

    layout = letter.layout(letter.find("Thực hiện nhiệm vụ theo dõi"))

    assert layout.get("spacing.line", "276") == line


@pytest.mark.parametrize("count", [1, MOST_IN_LETTER])
def test_few_tasks_stand_in_the_letter(count: int) -> None:
    letter = urging_letter(UNIT, [LATE] * count, head=HEAD, on=ON)

    assert len(table_of(*[LATE] * count).rows) == count
    assert letter.annexes == ()


@pytest.mark.parametrize("count", [MOST_IN_LETTER + 1, 40])
def test_many_tasks_stand_in_an_annex(count: int) -> None:
    letter = urging_letter(UNIT, [LATE] * count, head=HEAD, on=ON)
    (annex,) = letter.annexes
    (table,) = annex.blocks

    assert not any(isinstance(block, Table) for block in letter.blocks)
    assert isinstance(table, Table)
    assert len(table.rows) == count
    assert "có danh mục kèm theo." in body(*[LATE] * count)[0]


def test_head_addressee_signature_and_recipients_are_the_usual_ones() -> None:
    measured = Measured(render(urging_letter(UNIT, [LATE], head=HEAD, on=ON)))

    assert measured.lines[:8] == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG BẮC HỒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:       /UBND-VP",
        "V/v đôn đốc thực hiện các nhiệm vụ được giao",
        "Bắc Hồng, ngày       tháng 3 năm 2023",
        "Kính gửi: Văn hóa - Xã hội.",
    ]
    assert measured.lines[-6:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lãnh đạo UBND phường Bắc Hồng;",
        "- Lưu: VT, VP.",
        "TL. CHỦ TỊCH",
        "CÔNG CHỨC VĂN PHÒNG - THỐNG KÊ",
    ]


def test_signature_symbol_and_recipients_of_the_office_are_taken() -> None:
    letter = urging_letter(
        UNIT,
        [LATE],
        head=HEAD,
        on=ON,
        symbol="UBND-VPTK",
        signature=SignatureBlock(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        recipients=Recipients(("Như trên",), "VT"),
    )

    lines = Measured(render(letter)).lines
    assert "Số:       /UBND-VPTK" in lines
    assert lines[-5:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_number_and_day_come_from_the_registry() -> None:
    letter = numbered(urging_letter(UNIT, [LATE], head=HEAD, on=ON), number="9", on=date(2023, 4, 1))

    lines = Measured(render(letter)).lines
    assert "Số: 09/UBND-VP" in lines
    assert "Bắc Hồng, ngày 01 tháng 4 năm 2023" in lines


@pytest.mark.parametrize(
    "unit",
    [
        "Địa chính - Xây dựng - Đô thị và Môi trường " * 6,
        "A & B <C>",
        unicodedata.normalize("NFD", "Tư pháp - Hộ tịch"),
    ],
)
def test_unit_names_of_every_kind_come_out(unit: str) -> None:
    task = replace(LATE, words=f"Gửi {unit}", letter="]]> & <w:p>")

    lines = Measured(render(urging_letter(unit, [task], head=HEAD, on=ON))).lines

    composed = unicodedata.normalize("NFC", unit).strip()
    assert f"Kính gửi: {composed}." in lines
    assert f"Gửi {composed}" in lines
    assert "]]> & <w:p>" in lines
