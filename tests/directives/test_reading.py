import itertools
import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_portal.core.errors import Invalid
from cchc_portal.directives.reading import Certainty, Letter, Span, as_json, marks_of, read_letter
from cchc_portal.directives.reading.letter import EMPTY, LONGEST, NO_LETTER, TOO_LONG

LETTERS = Path(__file__).parent / "letters"
DEMO = Path(__file__).parents[2] / "cchc_portal" / "cli" / "demo" / "data"
THE_LETTER = DEMO / "directive-2023.md"
ALL = [THE_LETTER, *sorted(LETTERS.glob("*.txt"))]


def expected(path: Path) -> dict[str, object]:
    return json.loads((path.parent / f"{path.stem}.expected.json").read_text("utf-8"))


def the_letter() -> Letter:
    return read_letter(THE_LETTER.read_text("utf-8"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_letter_is_recognised_as_expected(path: Path) -> None:
    assert as_json(read_letter(path.read_text("utf-8"))) == expected(path)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_letter_decomposed_with_windows_line_ends_reads_the_same(path: Path) -> None:
    text = unicodedata.normalize("NFD", path.read_text("utf-8")).replace("\n", "\r\n")

    assert as_json(read_letter(text)) == expected(path)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_letter_with_no_break_spaces_and_long_dashes_reads_the_same(path: Path) -> None:
    text = path.read_text("utf-8").replace(", ngày ", ",\u00a0ngày ").replace(" - ", " – ")

    assert as_json(read_letter(text)) == expected(path)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_letter_without_blank_lines_reads_the_same(path: Path) -> None:
    text = re.sub(
        r"\n\s*\n+",
        "\n",
        path.read_text("utf-8").replace("*", "") if path == THE_LETTER else path.read_text("utf-8"),
    )

    assert as_json(read_letter(text)) == expected(path)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_mark_lies_in_the_untouched_text(path: Path) -> None:
    text = path.read_text("utf-8")

    letter = read_letter(text)

    assert letter.text == text
    assert [m for m in marks_of(letter) if not 0 <= m.span.start < m.span.end <= len(text)] == []


def test_parts_point_at_their_words_in_the_decomposed_original() -> None:
    text = unicodedata.normalize("NFD", THE_LETTER.read_text("utf-8"))

    letter = read_letter(text)

    assert _at(letter, letter.head.place.span) == "Bắc Hồng"
    assert _at(letter, letter.head.subject.span).split("\n")[-1] == "hoạch cải cách hành chính năm 2023"
    assert _at(letter, letter.items[1].children[0].deadline.span) == "trước 15/3/2023"
    assert _at(letter, letter.items[5].verb.span) == "đơn đốc"
    assert [_at(letter, c.core)[:20] for c in letter.citations][3] == "Nghị quyết số 01-NQ/"


def test_item_spans_follow_one_another_without_overlap() -> None:
    letter = the_letter()

    spans = [item.span for item in letter.all_items()]

    assert [(a.start, b.start) for a, b in itertools.pairwise(spans) if a.end > b.start] == []
    assert [_at(letter, item.span)[:2] for item in letter.items] == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_sentence_cut_by_a_page_break_is_whole_again() -> None:
    letter = the_letter()

    assert "đặc biệt là những công việc tồn đọng" in letter.items[4].text


def test_two_units_without_a_lead_are_asked() -> None:
    letter = the_letter()

    assert [item.certainty for item in letter.items] == [
        *[Certainty.SURE] * 2, Certainty.DOUBTFUL, *[Certainty.SURE] * 3,
    ]  # fmt: skip


def test_known_abbreviation_of_a_unit_is_an_assignee() -> None:
    text = THE_LETTER.read_text("utf-8").replace("Giao Văn phòng – Thống kê đơn đốc", "Giao VP-TK đơn đốc")

    letter = read_letter(text, known_units=["VP - TK"])

    assert [body.value for body in letter.items[5].assignees] == ["VP-TK"]


def test_deadline_words_stay_as_written() -> None:
    deadline = the_letter().items[1].children[0].deadline

    assert (deadline.words, deadline.operator, deadline.on.isoformat()) == (
        "trước 15/3/2023",
        "trước",
        "2023-03-15",
    )


@pytest.mark.parametrize(
    ("words", "operator", "on"),
    [
        ("trước ngày 05 tháng 6 năm 2024", "trước", "2024-06-05"),
        ("chậm nhất là ngày 5/6/2024", "chậm nhất", "2024-06-05"),
        ("đến hết ngày 05-6-2024", "đến hết", "2024-06-05"),
        ("xong trước 05.6.2024", "trước", "2024-06-05"),
        ("trước 17 giờ 00 ngày 05/6/2024", "trước", "2024-06-05"),
        ("trước ngày 05/6", "trước", "2024-06-05"),
        ("trong quý II/2024", "trong", "2024-06-30"),
        ("trong quý IV năm 2024", "trong", "2024-12-31"),
        ("trong tháng 02/2024", "trong", "2024-02-29"),
        ("trước tháng 6/2024", "trước", "2024-06-01"),
        ("hoàn thành trong năm 2024", "trong", "2024-12-31"),
    ],
)
def test_deadline_wordings(words: str, operator: str, on: str) -> None:
    deadline = _with_task(f"Giao Phòng Nội vụ báo cáo kết quả {words}.").items[0].deadline

    assert (deadline.operator, deadline.on.isoformat()) == (operator, on)


@pytest.mark.parametrize(
    "words",
    [
        "theo Công văn số 12/UBND-NV ngày 05/6/2024 của UBND tỉnh",
        "tính đến ngày 31/12/2024",
        "trước ngày 01/01/2016",
        "khẩn trương, thường xuyên",
        "trước ngày 31/02/2024",
        "đạt 15/20 điểm",
    ],
)
def test_other_dates_and_figures_are_no_deadlines(words: str) -> None:
    assert _with_task(f"Giao Phòng Nội vụ rà soát {words}.").items[0].deadline is None


@pytest.mark.parametrize(
    ("sentence", "assignees", "lead"),
    [
        ("Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch.", ["Sở Nội vụ", "Sở Tài chính"], "Sở Nội vụ"),
        ("Ban chỉ đạo CCHC có trách nhiệm theo dõi việc thực hiện.", ["Ban chỉ đạo CCHC"], None),
        ("Phân công Công an phường, Ban Chỉ huy Quân sự tuần tra, kiểm tra.", ["Công an phường", "Ban Chỉ huy Quân sự"], None),
        ("Giao Phòng Văn hóa và Thông tin và Phòng Nội vụ tham mưu.", ["Phòng Văn hóa và Thông tin", "Phòng Nội vụ"], None),
        ("Tổ chức thực hiện nghiêm các quy định.", ["Các phòng"], None),
        ("Báo cáo kết quả thực hiện.", ["Các phòng"], None),
    ],
)  # fmt: skip
def test_assignee_wordings(sentence: str, assignees: list[str], lead: str | None) -> None:
    item = _with_task(sentence).items[0]

    assert ([body.value for body in item.assignees], item.lead) == (assignees, lead)


def test_letterhead_whose_columns_came_as_single_lines_is_parted() -> None:
    text = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHƯỜNG TÂN AN Độc lập - Tự do - Hạnh phúc\n"
        "Số: 21/UBND-VP Tân An, ngày 18 tháng 01 năm 2024\nV/v họp\n\nKính gửi: Các bộ phận.\n\n1. Giao Văn phòng chuẩn bị."
    )

    head = read_letter(text).head

    assert (head.issuer.value, head.code, head.place.value) == (
        "ỦY BAN NHÂN DÂN PHƯỜNG TÂN AN",
        "21/UBND-VP",
        "Tân An",
    )


@pytest.mark.parametrize(
    ("sentence", "recurrence", "day"),
    [
        ("Văn phòng báo cáo định kỳ hằng tháng.", "monthly", None),
        ("Văn phòng báo cáo trước ngày 20 hằng tháng.", "monthly", 20),
        ("Văn phòng báo cáo chậm nhất ngày 10 của tháng cuối quý.", "quarterly", 10),
        ("Văn phòng báo cáo vào thứ Sáu hàng tuần.", "weekly", 5),
        ("Văn phòng báo cáo định kỳ 6 tháng.", "half_yearly", None),
        ("Văn phòng báo cáo trước ngày 30/11 hằng năm.", "yearly", None),
        ("Hằng quý, Văn phòng tổng hợp kết quả.", "quarterly", None),
        ("Các tổ họp mỗi tháng một lần.", "monthly", None),
    ],
)
def test_recurring_wordings(sentence: str, recurrence: str, day: int | None) -> None:
    deadline = _with_task(sentence).items[0].deadline

    assert (deadline.recurrence, deadline.recurrence_day) == (recurrence, day)


@pytest.mark.parametrize(
    "sentence",
    [
        "Các tổ đưa nội dung vào sinh hoạt hằng tháng.",
        "Văn phòng đánh giá, xếp loại công chức hằng năm.",
        "Văn phòng duy trì công việc hằng ngày.",
    ],
)
def test_what_merely_returns_is_no_deadline(sentence: str) -> None:
    assert _with_task(sentence).items[0].deadline is None


@pytest.mark.parametrize(
    ("words", "within", "is_working"),
    [
        ("trong 05 ngày làm việc", 5, True),
        ("trong vòng 10 ngày kể từ ngày nhận", 10, False),
        ("trong thời hạn 02 tuần", 14, False),
    ],
)
def test_days_that_are_given(words: str, within: int, *, is_working: bool) -> None:
    deadline = _with_task(f"Giao Phòng Nội vụ trả lời {words}.").items[0].deadline

    assert (deadline.within_days, deadline.within_working) == (within, is_working)


def test_party_number_keeps_its_dash() -> None:
    letter = read_letter((LETTERS / "cong-van-dang-uy.txt").read_text("utf-8"))

    assert letter.head.code == "128-CV/ĐU"


@pytest.mark.parametrize("text", ["", "   \n\t \u00a0", "\u200b\ufeff\n"])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_letter(text)

    assert refusal.value.errors == {"": EMPTY}


@pytest.mark.parametrize(
    "text",
    [
        "Đi chợ mua rau, gửi mẹ hai cân gạo.",
        "# README\n\nmake run starts the server.\n\n1. Install\n2. Run",
        "Số điện thoại: 0123\nngày mai họp",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐƠN XIN NGHỈ PHÉP",
    ],
)
def test_text_that_is_no_letter_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_letter(text)

    assert refusal.value.errors == {"": NO_LETTER}


def test_endless_text_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        read_letter("a" * (LONGEST + 1))

    assert refusal.value.errors == {"": TOO_LONG}


HEADING = (LETTERS / "chi-thi.txt").read_text("utf-8").partition("1. Thủ trưởng")[0]


@pytest.mark.parametrize(
    "piece",
    [
        " ", "\n", "a", "A", "-", "*", "_", "(", ")", ".", "…", "|", "\t", "1", "I", "\u0301\u0323", "Giao ", "1. A\n", "- \n", "a) B\n",
        "Giao Phòng ", "các phòng, ", "Quyết định số ", "Quyết định số 1/QĐ-UBND ngày 1/1/2024 của ", "trước ", "ngày ", "báo cáo ",
        "chủ trì, phối hợp với ", "Nơi nhận: ", "TM. ỦY BAN ", "Kính gửi: ", "Số: ", "V/v ", "1.1.1.1. A\n", "(kèm theo ", "Điều 1. ",
        "Luật ", "Hồng ", "KẾ HOẠCH\n", "của Bộ và ", "a; ", "./. ", "năm 2024 ", "thực hiện, ", "I. A\n1. B\na) C\n- D\n+ E\n",
        "1. 1. 1. ", "Giao Giao ", "trước trước ", "- - ", "9", "a\tb\tc\n", "| STT | Nội dung | Chủ trì |\n", "STT\nNội dung\nChủ trì\n",
        "STT  Nội dung   Chủ trì   Thời hạn\n", "Giám đốc các Sở: Nội vụ, ", "UBND xã; ", "Đơn vị chủ trì: Sở A; ", "hằng tháng, ", "PHỤ LỤC I\n1. A\n",
        "gửi danh sách ", "phụ trách chi bộ, tổ ", "A; chủ trì cùng Phòng B ", "Lập sổ.\n\n", "đã gửi báo cáo ", "Luật sửa đổi, bổ sung Luật ", "\u2028", "\ue000\ue002a", "(1) a\n",
        "\t" * 50 + "\n", "|" * 50 + "\n", "a\tb\tc\n" + ("\t" * 50 + "\n") * 20, "| a | b | c |\n" + "| |\n|||\n" * 20,
    ],
)  # fmt: skip
def test_repeated_pieces_take_linear_time(piece: str) -> None:
    text = (HEADING + piece * LONGEST)[:60_000]

    started = time.process_time()
    read_letter(text)

    assert time.process_time() - started < 8


def test_text_of_many_megabytes_is_refused_at_once() -> None:
    text = "trước " * 30_000_000

    started = time.process_time()
    with pytest.raises(Invalid):
        read_letter(text)

    assert time.process_time() - started < 1


def test_deeply_nested_brackets_and_lists_are_read() -> None:
    text = HEADING + "(" * 10_000 + "a" + ")" * 10_000 + "\n" + "\n".join(f"{' ' * n}- a" for n in range(500))

    assert read_letter(text).text == text


def test_forty_pages_are_read_within_two_seconds() -> None:
    tasks = "\n".join(
        f"{no}. Giao Phòng Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch cải cách hành chính, báo cáo "
        f"UBND tỉnh trước 15/3/2025; thực hiện Kế hoạch số {no}/KH-UBND ngày 1/2/2024 của UBND tỉnh. {'Nội dung. ' * 90}"
        for no in range(1, 100)
    )

    started = time.process_time()
    letter = read_letter(HEADING + tasks)

    assert time.process_time() - started < 2
    assert len(letter.items) == 99


FRAGMENTS = [
    *THE_LETTER.read_text("utf-8").split("\n"), "1. ", "a) ", "- ", "Điều 1. ", "II. ", "trước 99/99/9999", "ngày 31/02/2023",
    "| STT | Nội dung | Chủ trì | Thời hạn |", "| 1 | a | Sở A | Quý I |", "STT\tNội dung\tChủ trì", "1\ta\tb", "PHỤ LỤC I", "(1) a", "Bước 1. b", "KẾ HOẠCH",
    "STT  Nội dung   Chủ trì   Thời hạn", "1    a          Sở A      Quý I", "Chủ trì: Sở A; Phối hợp: Sở B", "Nơi nhận:", "TM. ỦY BAN", "hằng tháng", "\ue000\ue001", "\u2028",
    "\u0301", "\r", "\x00", "\ud800", "🙂", "ngày tháng năm 0000", "Giao Phòng", "(((", "quý V/0000", "trong 999 tháng",
]  # fmt: skip


@settings(max_examples=250, deadline=5000)
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=40)), max_size=40),
    st.sampled_from(["\n", " ", "\n\n", ""]),
)
def test_any_text_is_read_or_refused(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)

    try:
        letter = read_letter(text)
    except Invalid as refusal:
        assert refusal.errors[""]  # noqa: PT017 - either way is right
        return

    assert letter.text == text
    assert [m for m in marks_of(letter) if not 0 <= m.span.start < m.span.end <= len(text)] == []
    assert json.dumps(as_json(letter))


def _at(letter: Letter, span: Span) -> str:
    return unicodedata.normalize("NFC", letter.text[span.start : span.end])


def _with_task(sentence: str) -> Letter:
    return read_letter(
        f"Số: 5/UBND-VP\n\nX, ngày 05 tháng 01 năm 2024\n\nKính gửi: Các phòng.\n\n1. {sentence}\n2. Xong."
    )
