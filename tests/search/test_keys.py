import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.search.analysis.keys import decoded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cair cachs hanhf chinhs", "cải cách hành chính"),
        ("cari cacsh hafnh chisnh", "cải cách hành chính"),
        ("ddoon ddoocs", "đôn đốc"),
        ("doond docods", "đôn đốc"),
        ("truwowngf truongwf trwowfng", "trường trường trường"),
        ("thur tujc thuws", "thủ tục thứ"),
        ("quyeets ddinhj", "quyết định"),
        ("DDUWOWNGF", "đường"),
        ("hoaf thuys quys giaf", "hòa thúy quý già"),
        ("nguwowif", "người"),
        ("ca3i ca1ch ha2nh chi1nh", "cải cách hành chính"),
        ("cai3 cach1 hanh2 chinh1", "cải cách hành chính"),
        ("d9o6n d9o61c", "đôn đốc"),
        ("tru7o7ng2 truong72", "trường trường"),
        ("na8m", "năm"),
    ],
)
def test_keys_become_letters(typed: str, meant: str) -> None:
    assert " ".join(decoded(word) for word in typed.split()) == meant


@pytest.mark.parametrize(
    "typed", ["", "zalo", "cai", "fax", "qr", "60s", "124", "hành", "ubnd", "x" * 200, "sss"]
)
def test_what_no_keys_make_stays(typed: str) -> None:
    assert decoded(typed) == ""


@given(st.text(max_size=40))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert len(decoded(typed)) <= len(typed)
