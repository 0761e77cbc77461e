"""Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.text import (
    clean,
    clean_line,
    fold,
    fold_name,
    name_sort_key,
    name_sort_text,
    nfc,
    sort_key,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" một \r\n hai\rba ", "một \n hai\nba"),
        ("a\x00b\u200bc\ufeffd\u202ee\x7f", "abcde"),
        (unicodedata.normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
        ("", ""),
        ("\u200b \n", ""),
        ("cột\tmột", "cột\tmột"),
    ],
)
def test_typed_text_is_composed_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_line_has_one_blank_between_words() -> None:
    assert clean_line("  một\n\thai\u00a0 ba  ") == "một hai ba"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đôn đốc CẢI CÁCH", "don doc cai cach"),
        ("ĐỀ XUẤT", "de xuat"),
        (unicodedata.normalize("NFD", "Ưu tiên Ợ"), "uu tien o"),
        ("2/4 ô", "2/4 o"),
    ],
)
def test_folding_drops_case_and_diacritics(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "text", ["Văn phòng – Thống kê", "VĂN PHÒNG - THỐNG KÊ", "van phong/thong ke", " Văn  phòng  Thống kê."]
)
def test_names_are_the_same_however_they_are_joined(text: str) -> None:
    assert fold_name(text) == "van phong thong ke"


def test_words_are_sorted_as_in_vietnamese_dictionaries() -> None:
    right = ["an", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"]
    mixed = right[::-1]

    assert sorted(mixed, key=sort_key) == right


def test_people_are_sorted_by_given_name_then_the_rest() -> None:
    right = ["Lê An", "Trần Văn An", "Lê Ân", "Đỗ Bình", "Nguyễn Đức", "Y"]
    mixed = right[::-1]

    assert sorted(mixed, key=name_sort_key) == right


@given(st.lists(st.text("aăâđbdơưýỳ AĐ-'9", max_size=12), min_size=2, max_size=8))
def test_databases_sort_people_like_we_do(names: list[str]) -> None:
    by_text = sorted(names, key=lambda name: (name_sort_text(name), name))

    assert [name_sort_key(name) for name in by_text] == sorted(map(name_sort_key, names))


@given(st.text(max_size=120))
def test_sort_text_is_plain_and_fits_its_column(name: str) -> None:
    text = name_sort_text(name)

    assert set(text) <= set("0123456789abcdef")
    if len(nfc(name)) <= 120:
        assert len(text) <= 400


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
