import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.search.analysis.spelling import misheard, partings, slips, stretches


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xu", "su"),
        ("tre", "che"),
        ("lam", "nam"),
        ("dac", "giac"),
        ("rao", "dao"),
        ("lan", "lang"),
        ("bac", "bat"),
    ],
)
def test_what_sounds_alike_is_the_likeliest(typed: str, meant: str) -> None:
    assert slips(typed)[meant] == min(slips(typed).values())


@pytest.mark.parametrize("typed", ["cahc", "cac", "cachh", "caach", "cavh", "cacj"])
def test_one_slip_of_the_finger_is_undone(typed: str) -> None:
    assert "cach" in slips(typed)


def test_letters_without_blanks_are_cut_at_syllables() -> None:
    known = {"thu", "tuc", "hanh", "chinh", "han", "h"}

    assert list(partings("thutuchanhchinh", known)) == [("thu", "tuc", "hanh", "chinh")]
    assert list(partings("thu", known)) == []


def test_only_the_beginning_is_misheard() -> None:
    assert list(misheard("lang1")) == ["nang1"]


@given(st.text(alphabet="abcghintuy ", max_size=220))
def test_nothing_typed_takes_long(typed: str) -> None:
    known = set(stretches(typed[:40]))

    assert len(slips(typed)) < 1_500
    assert sum(1 for _ in partings(typed, known)) < 10_000
