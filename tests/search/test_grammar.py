import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.search.analysis import parse
from cchc_portal.search.analysis.grammar import LONGEST_QUERY, MOST_WORDS


def folded(typed: str) -> list[str]:
    return [word.folded for word in parse(typed).words]


def test_a_query_is_words() -> None:
    terms = parse("Trả kết quả tại nhà")

    assert [word.folded for word in terms.words] == ["tra", "ket", "qua", "tai", "nha"]
    assert terms.has_diacritics
    assert terms.phrases == ()


def test_unicode_forms_ask_the_same() -> None:
    assert parse(unicodedata.normalize("NFD", "cải cách")).words == parse("cải cách").words


def test_quoted_words_are_a_phrase() -> None:
    terms = parse('họp "không giấy" sáng')

    assert [[word.folded for word in phrase] for phrase in terms.phrases] == [["khong", "giay"]]
    assert [word.folded for word in terms.words] == ["hop", "khong", "giay", "sang"]


def test_vietnamese_quotation_marks_quote() -> None:
    assert len(parse("“rõ người, rõ việc”").phrases) == 1


def test_an_open_quotation_mark_is_no_phrase() -> None:
    assert parse('họp "không giấy').phrases == ()


def test_document_numbers_are_found_beside_their_parts() -> None:
    terms = parse("cv 124/UBND-NV")

    assert [number.folded for number in terms.numbers] == ["124/ubnd-nv"]
    assert [word.folded for word in terms.words] == ["cv", "124", "ubnd", "nv"]


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [("cải các", True), ("cải cách ", False), ('"cải cách"', False), ("cải cách.", False), ("", False)],
)
def test_the_last_word_is_open_while_it_is_typed(typed: str, is_open: bool) -> None:  # noqa: FBT001
    assert parse(typed).is_open is is_open


@pytest.mark.parametrize(
    "typed", ["", "   ", '""', "*", "?*?*?*", "[a TO z]", "((((", "\x00\u200b", "title:", "~9"]
)
def test_signs_have_no_meaning(typed: str) -> None:
    assert set(folded(typed)) <= {"a", "to", "z", "title", "9"}


def test_length_is_limited() -> None:
    assert len(parse("a " * 500).words) == MOST_WORDS
    assert max(word.end for word in parse("a" * 100_000).words) == LONGEST_QUERY


def test_no_words_are_false() -> None:
    assert not parse("*")
    assert parse("a")


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert len(parse(typed).words) <= MOST_WORDS
