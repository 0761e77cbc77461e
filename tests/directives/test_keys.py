import unicodedata

import pytest

from cchc_portal.directives.models.keys import code_key, is_same_issuer, issuer_key, searched, text_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("124/UBND-NV", "124 ubnd nv"),
        ("124 / ubnd–nv", "124 ubnd nv"),
        (unicodedata.normalize("NFD", "01/QĐ-UBND"), "1 qd ubnd"),
        ("01-NQ/TU", "1 nq tu"),
        ("61/2018/NĐ-CP", "61 2018 nd cp"),
        ("…/UBND-VP", "ubnd vp"),
        ("007/UBND-VP", "7 ubnd vp"),
        ("100/UBND-VP", "100 ubnd vp"),
        ("", ""),
    ],
)
def test_code_is_compared_without_marks_and_zeros(written: str, key: str) -> None:
    assert code_key(written) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ỦY BAN NHÂN DÂN THỊ XÃ HỒNG LĨNH", "UBND thị xã", True),
        ("Uỷ ban nhân dân thị xã", "UBND thị xã Hồng Lĩnh", True),
        ("UBND phường Bắc Hồng", "UBND thị xã", False),
        ("Sở Nội vụ", "sở nội vụ", True),
        ("Sở Nội vụ", "Sở Tài chính", False),
    ],
)
def test_issuers_are_the_same_whatever_the_spelling(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert is_same_issuer(one, other) is same


def test_issuer_is_kept_as_short_as_offices_write_it() -> None:
    assert issuer_key("ỦY BAN NHÂN DÂN PHƯỜNG BẮC HỒNG") == "ubnd phuong bac hong"


def test_searched_words_begin_behind_a_blank() -> None:
    assert searched("124 ubnd nv", "", "Đôn đốc thực hiện") == " 124 ubnd nv don doc thuc hien"


def test_text_is_the_same_whatever_lies_between_its_words() -> None:
    text = "Thực hiện  Công văn\nsố 124"

    assert text_key(text) == text_key(unicodedata.normalize("NFD", "Thực hiện Công văn số 124 "))
    assert text_key(text) != text_key("Thực hiện Công văn số 125")
    assert text_key(" \n") == ""


def test_huge_text_is_cut_for_searching() -> None:
    assert len(searched("a" * 1_000_000)) == 300_001
