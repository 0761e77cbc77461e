import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.text import nfc
from cchc_portal.search import analysis
from cchc_portal.search.analysis import Dictionary, Wanted, marks, parse, snippet

SHIPPED = Dictionary.load(Path(analysis.__file__).parent.parent / "synonyms.json")


def marked(text: str, typed: str) -> list[str]:
    return [piece.text for piece in marks(text, Wanted(parse(typed), SHIPPED)) if piece.is_match]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Đôn đốc cải cách hành chính", "cải cách", ["cải cách"]),
        ("Đôn đốc cải cách hành chính", "cai cach", ["cải cách"]),
        ("Don doc cai cach", "cải cách", ["cai cach"]),
        ("Hoà giải ở cơ sở", "hòa giải", ["Hoà giải"]),
        ("Kỹ năng số", "kĩ năng", ["Kỹ năng"]),
        ("Thẻ bảo hiểm y tế trẻ em", "BHYT", ["bảo hiểm y tế"]),
        ("Thẻ BHYT trẻ em", "bảo hiểm y tế", ["BHYT"]),
        ("Sáng thứ Bảy vì dân", "thu 7", ["thứ Bảy"]),
        ("Theo Công văn 124/UBND-NV", "124/ubnd-nv", ["124/UBND-NV"]),
        ("Thủ tục hành chính", "thủ tục hà", ["Thủ tục hành"]),
        ("Thủ tục hành chính", "thu t", ["Thủ tục"]),
        ("Không có gì", "cải cách", []),
    ],
)
def test_what_was_typed_is_marked_in_either_spelling(text: str, typed: str, expected: list[str]) -> None:
    assert marked(text, typed) == expected


def test_with_diacritics_only_the_word_itself_is_marked() -> None:
    assert marked("Thứ Bảy gửi thư", "thư") == ["thư"]


def test_with_diacritics_others_are_marked_where_the_word_itself_is_absent() -> None:
    assert marked("Ông đơn đốc nhiệm vụ", "đôn đốc") == ["đơn đốc"]


def test_decomposed_text_is_marked() -> None:
    assert marked(unicodedata.normalize("NFD", "cải cách hành chính"), "hanh chinh") == [nfc("hành chính")]


def test_markup_is_text() -> None:
    pieces = marks("<b>cải</b> cách", Wanted(parse("cải"), SHIPPED))

    assert [tuple(piece) for piece in pieces] == [("<b>", False), ("cải", True), ("</b> cách", False)]


@given(st.text(max_size=200), st.text(max_size=60))
def test_pieces_are_the_text(text: str, typed: str) -> None:
    pieces = marks(text, Wanted(parse(typed), SHIPPED))

    assert "".join(piece.text for piece in pieces) == nfc(text)


def test_a_snippet_shows_the_densest_place() -> None:
    text = "một hai ba " * 100 + "cải cách hành chính " + "bốn năm sáu " * 100

    pieces = snippet(text, Wanted(parse("cai cach hanh chinh"), SHIPPED), length=120)

    assert [piece.text for piece in pieces if piece.is_match] == ["cải cách hành chính"]
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 140


def test_a_snippet_without_match_is_the_beginning() -> None:
    assert "".join(
        piece.text for piece in snippet("một hai ba " * 50, Wanted(parse("x"), SHIPPED), length=20)
    ) == ("một hai ba một hai…")


@given(st.text(max_size=600), st.text(max_size=60), st.integers(min_value=10, max_value=300))
def test_a_snippet_is_part_of_the_text(text: str, typed: str, length: int) -> None:
    shown = "".join(piece.text for piece in snippet(text, Wanted(parse(typed), SHIPPED), length=length))

    lines = [" ".join(line.split()) for line in text.split("\n")]
    assert shown.strip("…") in nfc(" · ".join(filter(None, lines))) or "…" in text
