"""What was typed, what it means, what it lacks, what it should not say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cchc_portal.core.differences import MOST_WORDS
from cchc_portal.initiatives.content import completeness, differences, gaps, read, warnings
from cchc_portal.initiatives.content.checks import TOO_LONG, too_long
from cchc_portal.initiatives.content.reading import as_date, as_number, as_tags
from cchc_portal.initiatives.models import EntryMode, Kind

FULL: dict[str, Any] = {
    "kind": "good_practice",
    "entry_mode": "propose",
    "title": "Trả kết quả tại nhà",
    "problem": "Người già đi lại khó.",
    "solution": "Công chức mang kết quả đến nhà.",
    "result": "Tiết kiệm 60 lượt đi lại.",
    "fields": ["2"],
    "authors": [{"user_id": "7", "name": "", "workplace": "", "share": "100"}],
}
APPLICATION = FULL | {
    "kind": "initiative",
    "novelty": "Chưa nơi nào làm.",
    "conditions": "Một xe máy.",
    "first_applied_on": "05/03/2023",
}


def missing(*, has_items: bool = False, **changes: object) -> set[str]:
    return set(gaps(read(FULL | changes), has_items=has_items))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", "12"),
        (" 12,5 ", "12.5"),
        ("12.5", "12.5"),
        ("1.234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("0.125", "0.125"),
        ("97,2%", "97.2"),
        ("-3", "-3"),
        ("1 000", "1000"),
        ("", None),
        ("khoảng 5", None),
        ("1,2,3", None),
        ("٣", None),
        ("1e5", None),
        ("NaN", None),
        ("Infinity", None),
        ("9" * 15, None),
    ],
)
def test_numbers_are_read_as_the_office_writes_them(typed: str, meant: str | None) -> None:
    assert as_number(typed) == (None if meant is None else Decimal(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/03/2023", date(2023, 3, 5)),
        ("5-3-2023", date(2023, 3, 5)),
        ("5.3.2023", date(2023, 3, 5)),
        ("2023-03-05", date(2023, 3, 5)),
        ("31/02/2023", None),
        ("05/03/23", None),
        ("05/03/0023", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_dates_are_read_as_the_office_writes_them(typed: str, meant: date | None) -> None:
    assert as_date(typed) == meant


def test_tags_are_told_apart_whatever_their_diacritics() -> None:
    assert as_tags("một cửa, Mot Cua; #mã QR\n , ,") == ["một cửa", "mã QR"]


def test_read_understands_the_nonsense_a_draft_may_hold() -> None:
    content = read(
        {
            "kind": "x",
            "entry_mode": None,
            "title": 5,
            "first_applied_on": "mai",
            "fields": ["a", "2", "2", None],
            "tags": ["x"],
            "authors": [{}, {"user_id": "x", "share": "nhiều"}, {"name": "Bà Hai"}],
            "figures": [{"before": "abc"}, {}],
            "answers": [{"item_id": "1"}, {"item_id": "1"}, {"item_id": "0x1"}],
        },
    )

    assert (content.kind, content.entry_mode) == (Kind.GOOD_PRACTICE, EntryMode.PROPOSE)
    assert (content.texts["title"], content.is_date_readable) == ("", False)
    assert content.field_codes == [2]
    assert [author.name for author in content.authors] == ["Bà Hai"]
    assert [figure.is_readable for figure in content.figures] == [False]
    assert [answer.item_id for answer in content.answers] == [1]


def test_complete_practice_lacks_nothing() -> None:
    assert missing() == set()


@pytest.mark.parametrize("part", ["title", "problem", "solution", "result"])
def test_every_kind_needs_its_text(part: str) -> None:
    assert missing(**{part: "  "}) == {part}


def test_short_title_is_no_title() -> None:
    assert missing(title="Ngắn") == {"title"}


def test_initiative_needs_novelty_conditions_and_the_first_day() -> None:
    assert missing(kind="initiative") == {"novelty", "conditions", "first_applied_on"}
    assert gaps(read(APPLICATION), has_items=False) == {}


def test_introduced_model_needs_its_source() -> None:
    assert missing(entry_mode="introduce") == {"source_name"}
    assert missing(entry_mode="introduce", source_name="Phường Nam Hồng") == set()


def test_needs_a_reform_field() -> None:
    assert missing(fields=[]) == {"fields"}


@pytest.mark.parametrize(
    ("shares", "is_whole"),
    [
        (["100"], True),
        (["60", "40"], True),
        (["33,33", "33,33", "33,34"], True),
        (["60", "30"], False),
        (["60", "50"], False),
        (["100", ""], False),
        (["110", "-10"], False),
        (["100", "0"], False),
        (["99,999", "0,001"], False),
        (["nhiều"], False),
        ([], False),
    ],
)
def test_shares_sum_to_a_hundred(shares: list[str], is_whole: bool) -> None:  # noqa: FBT001
    authors = [{"name": f"Tác giả {number}", "share": share} for number, share in enumerate(shares)]

    assert missing(authors=authors) == (set() if is_whole else {"authors"})


def test_answers_are_needed_while_a_letter_is_open() -> None:
    answer = {"item_id": "4", "sentence": "Giảm một lượt đi lại."}

    assert missing(has_items=True) == {"answers"}
    assert missing(has_items=True, answers=[{"item_id": "4", "sentence": " "}]) == {"answers"}
    assert missing(has_items=True, answers=[answer]) == set()


def test_unreadable_dates_and_figures_are_named() -> None:
    figures = [{"name": "Thời gian", "before": "năm ngày", "after": "3"}]

    assert missing(first_applied_on="hôm nọ") == {"first_applied_on"}
    assert missing(figures=figures) == {"figures"}
    assert missing(figures=[{"name": "", "before": "5", "after": "3"}]) == {"figures"}


def test_parts_that_are_too_long_are_named() -> None:
    long = FULL | {
        "title": "x" * 301,
        "problem": "x" * 20_000,
        "answers": [{"item_id": "1", "sentence": "x" * 501}],
        "authors": [{"name": "x" * 121, "share": "100"}],
    }

    assert too_long(long) == dict.fromkeys(["answers", "authors", "title"], TOO_LONG)
    assert gaps(read(long), has_items=False)["title"] == TOO_LONG


def test_completeness_counts_what_should_be_there_too() -> None:
    checks = completeness(read(FULL), has_items=True, has_files=False)

    assert {check.field for check in checks if not check.is_met} == {"answers", "figures", "attachments"}
    assert {check.field for check in checks if not check.is_required} == {"figures", "attachments"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Số định danh 042 199 001 234 của bà.", 1),
        ("Số định danh 042199001234.", 1),
        ("Gọi 0912 345 678 hoặc +84 912 345 678.", 1),
        ("Tài liệu MẬT.", 1),
        ("TỐI MẬT, gọi 0912345678, số 042199001234", 3),
        ("Bảo mật thông tin, BẢO MẬT, MẬT KHẨU", 0),
        ("Giữ kín mật khẩu; giảm 60 lượt; hồ sơ 1234567890123", 0),
        ("Từ 05/03/2023, văn bản 124/UBND-NV, chi 12.500.000 đồng", 0),
    ],
)
def test_warnings_name_personal_data_and_secrets(text: str, count: int) -> None:
    assert len(warnings({"problem": text})) == count


def test_warnings_look_into_rows_but_not_at_ids() -> None:
    assert len(warnings({"answers": [{"item_id": "0912345678", "sentence": "Gọi 0912345678"}]})) == 1
    assert warnings({"answers": [{"item_id": "042199001234", "sentence": ""}]}) == []


def test_differences_show_words_in_reading_order() -> None:
    pieces = differences("Giảm một nửa lượt hỏi.", "Giảm hai phần ba lượt hỏi trực tiếp.")

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == "Giảm một nửa lượt hỏi."
    assert (
        "".join(piece.text for piece in pieces if piece.kind != "removed")
        == "Giảm hai phần ba lượt hỏi trực tiếp."
    )
    assert ("removed", "một") in [(piece.kind, piece.text) for piece in pieces]


def test_differences_of_equal_texts_are_none() -> None:
    assert [piece.kind for piece in differences("như nhau", "như nhau")] == ["same"]
    assert differences("", "") == []


def test_differences_of_long_texts_stay_exact() -> None:
    older = "\n".join(f"dòng {number} như cũ" for number in range(MOST_WORDS))
    newer = older.replace("dòng 17 như cũ", "dòng 17 mới")

    changed = [(piece.kind, piece.text) for piece in differences(older, newer) if piece.kind != "same"]

    assert changed == [("removed", "dòng 17 như cũ\n"), ("added", "dòng 17 mới\n")]
