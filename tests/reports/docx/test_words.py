from datetime import date

import pytest

from cchc_portal.reports.docx import Annex, Paragraph, Recipients, words
from tests.factories.reports import make_letter, make_plan


@pytest.mark.parametrize(
    ("number", "symbol", "written"),
    [
        ("1", "KH-UBND", "01/KH-UBND"),
        ("10", "KH-UBND", "10/KH-UBND"),
        ("5a", "UBND-VP", "05a/UBND-VP"),
        (" 7 ", " UBND - VP ", "07/UBND-VP"),
        ("", "UBND-VP", "      /UBND-VP"),
        ("12", "", "12"),
    ],
)
def test_number_and_symbol(number: str, symbol: str, written: str) -> None:
    assert words.number_and_symbol(number, symbol) == written


@pytest.mark.parametrize("month", range(1, 13))
def test_only_january_and_february_are_padded(month: int) -> None:
    written = words.date_words(date(2024, month, 9))

    assert written == f"ngày 09 tháng {'0' if month < 3 else ''}{month} năm 2024"


@pytest.mark.parametrize(
    "subject",
    ["đôn đốc", "V/v đôn đốc", "v/v  đôn đốc.", "Về việc đôn đốc;", "V/v: đôn đốc ./.", " đôn\nđốc"],
)
def test_subject_loses_what_the_layout_adds(subject: str) -> None:
    assert words.subject_words(subject) == "đôn đốc"


def test_subject_keeps_words_that_only_begin_alike() -> None:
    assert words.subject_words("Về việcx") == "Về việcx"


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Thực hiện.", "Thực hiện./."),
        ("Thực hiện", "Thực hiện./."),
        ("Thực hiện ./.", "Thực hiện./."),
        ("Thực hiện; \n", "Thực hiện./."),
        ("Thực hiện (nếu có).", "Thực hiện (nếu có)./."),
        ("Thực hiện!", "Thực hiện!./."),
    ],
)
def test_end_mark_takes_the_place_of_the_last_stop(text: str, closed: str) -> None:
    assert words.ended(text) == closed


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        ([], []),
        (["  ", ""], []),
        (["Như trên"], ["- Như trên."]),
        (["Như trên;", "", "Lưu: VT."], ["- Như trên;", "- Lưu: VT."]),
        (["a.;", "b./.", "c"], ["- a;", "- b;", "- c."]),
    ],
)
def test_lists_end_with_a_stop(lines: list[str], written: list[str]) -> None:
    assert words.listed(lines) == written


def test_recipients_end_with_filing() -> None:
    assert words.recipient_lines(Recipients(("Như trên",), "VT, VP")) == ["- Như trên;", "- Lưu: VT, VP."]
    assert words.recipient_lines(Recipients(("Như trên",), "")) == ["- Như trên."]


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [words.point(number) for number in range(1, 26)]

    assert letters == [*"abcdđeghiklmnopqrstuvxy", "aa", "bb"]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")]
)
def test_roman_numbers(number: int, written: str) -> None:
    assert words.roman(number) == written


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Họ Và Tên", "Họ Và Tên"),
        ("Ông Họ Và Tên", "Họ Và Tên"),
        ("ThS. Họ Và Tên", "Họ Và Tên"),
        ("PGS.TS Họ", "TS Họ"),
        ("Bà TS. Họ Và Tên", "Họ Và Tên"),
        ("", ""),
    ],
)
def test_titles_are_taken_off_names(name: str, bare: str) -> None:
    assert words.signer_name(name) == bare


def test_names_that_begin_like_titles_stay() -> None:
    assert words.signer_name("Ôngg Và Tên") == "Ôngg Và Tên"
    assert words.signer_name("Bàng Thị Tên") == "Bàng Thị Tên"


def test_annexes_name_their_document_by_its_type() -> None:
    annex = (Annex("Bảng", (Paragraph("Một."),)),)
    plan = make_plan(annexes=annex, number="5", has_day=True)

    assert words.annex_reference(plan) == (
        "(Kèm theo Kế hoạch số 05/KH-UBND ngày 22 tháng 3 năm 2023 của UBND phường Bắc Hồng)"
    )
    assert words.annex_reference(make_letter()).startswith("(Kèm theo Công văn số       /UBND-VP ngày ")
