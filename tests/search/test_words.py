import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.text import nfc
from cchc_portal.search.analysis import numbers, words
from cchc_portal.search.analysis.syllables import canonical, folded
from cchc_portal.search.analysis.words import leading_parts

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("kỹ", "kĩ"),
        ("lý", "lí"),
        ("quý", "quí"),
        ("Đôn", "Ðôn"),
        ("ĐÔN", "đôn"),
        ("03", "3"),
    ],
)
def test_spellings_of_one_syllable_are_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("thư", "thứ"), ("hạn", "hẹn"), ("đôn", "đơn"), ("thúy", "thúi"), ("tay", "tai"), ("ý", "í")],
)
def test_different_syllables_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_tone_is_a_digit_behind_the_syllable() -> None:
    assert [canonical(word) for word in ("ma", "má", "mà", "mả", "mã", "mạ")] == [
        "ma",
        "ma1",
        "ma2",
        "ma3",
        "ma4",
        "ma5",
    ]


@given(st.text(alphabet=LETTERS, min_size=1, max_size=7))
def test_unicode_form_does_not_matter(syllable: str) -> None:
    decomposed = unicodedata.normalize("NFD", syllable)

    assert canonical(decomposed) == canonical(syllable)
    assert folded(decomposed) == folded(syllable)


@given(st.text(alphabet=LETTERS, min_size=1, max_size=7))
def test_folding_a_typed_syllable_equals_typing_it_plain(syllable: str) -> None:
    plain = folded(syllable)

    assert folded(plain) == plain
    assert canonical(plain) == plain
    assert plain.isascii()


def test_one_letter_and_one_digit_are_words() -> None:
    assert [word.folded for word in words("Ý kiến ở mức 6")] == ["y", "kien", "o", "muc", "6"]


def test_function_words_are_kept() -> None:
    assert [word.folded for word in words("của và là các")] == ["cua", "va", "la", "cac"]


def test_words_know_their_places() -> None:
    text = nfc("Cải cách – hành chính")

    assert [text[word.start : word.end] for word in words(text)] == ["Cải", "cách", "hành", "chính"]


def test_underscores_and_marks_separate_words() -> None:
    assert [word.folded for word in words("a_b*c?d~9")] == ["a", "b", "c", "d", "9"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công văn số 124/UBND-NV ngày 15/03/2023", ["124/ubnd-nv", "15/3/2023"]),
        ("Nghị định 61/2018/NĐ-CP", ["61/2018/nd-cp"]),
        ("Số: 124 / UBND–NV", ["124/ubnd-nv"]),
        ("tiêu chí 3.4.1.", ["3.4.1"]),
        ("mã SK-2023-005", ["sk-2023-005"]),
        ("xanh-vàng-đỏ", []),
        ("Phí/lệ phí", []),
    ],
)
def test_document_numbers_are_one_word(text: str, expected: list[str]) -> None:
    assert [number.folded for number in numbers(text)] == expected


def test_parts_of_a_document_number_are_words_too() -> None:
    assert [word.folded for word in words("124/UBND-NV")] == ["124", "ubnd", "nv"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("61/2018/NĐ-CP", ["61/2018", "61/2018/nd-cp"]),
        ("124/UBND-NV", ["124/ubnd-nv"]),
        ("3.4.1", ["3.4.1"]),
    ],
)
def test_a_number_is_cited_from_the_left(number: str, expected: list[str]) -> None:
    assert leading_parts(numbers(number)[0]) == expected
