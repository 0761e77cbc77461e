import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.search.analysis import Dictionary, spelled_out, untelexed, words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cair cachs hanhf chinhs", "cai cach hanh chinh"),
        ("ddoon ddoocs", "don doc"),
        ("truwowngf", "truong"),
        ("thuwr tujc", "thu tuc"),
        ("quyeets ddinhj", "quyet dinh"),
        ("DDUWOWNGF", "duong"),
        ("zalo", "zalo"),
        ("qr 60s", "qr 60s"),
        ("124/UBND", "124/ubnd"),
    ],
)
def test_telex_keys_become_plain_words(typed: str, meant: str) -> None:
    assert untelexed(typed) == meant


@given(st.text(max_size=100))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert len(untelexed(typed)) <= len(typed.lower())


def test_abbreviations_are_spelled_out_and_long_forms_stay() -> None:
    dictionary = Dictionary([["TTHC", "thủ tục hành chính"], ["một cửa", "bộ phận tiếp nhận"]])

    assert spelled_out(words("TTHC một cửa"), dictionary) == "thủ tục hành chính một cửa"
