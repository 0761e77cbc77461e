from pathlib import Path

import pytest

from cchc_portal.search import analysis
from cchc_portal.search.analysis import Dictionary, analyse, words

SHIPPED = Path(analysis.__file__).parent.parent / "synonyms.json"


@pytest.fixture(scope="module")
def shipped() -> Dictionary:
    return Dictionary.load(SHIPPED)


def others(text: str, dictionary: Dictionary) -> set[str]:
    found = dictionary.within(words(text))
    return {" ".join(word.folded for word in other) for one in found for other in one.others}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("TTHC", "thu tuc hanh chinh"),
        ("thủ tục hành chính", "tthc"),
        ("thu tuc hanh chinh", "tthc"),
        ("cncsd và CNSCĐ", "cong nghe so cong dong"),
        ("sáng thứ Bảy", "thu 7"),
        ("thu 7", "thu bay"),
        ("video 60s", "60 giay"),
        ("60 giây", "60s"),
        ("người già", "nguoi cao tuoi"),
        ("VP-TK", "van phong thong ke"),
        ("một cửa", "bo phan tiep nhan va tra ket qua"),
    ],
)
def test_shipped_equivalents_hold_both_ways(text: str, other: str, shipped: Dictionary) -> None:
    assert other in others(text, shipped)


def test_a_phrase_with_other_diacritics_is_no_equivalent(shipped: Dictionary) -> None:
    assert others("thu bảy", shipped) == set()
    assert others("thư hai", shipped) == set()


def test_an_abbreviation_inside_another_counts(shipped: Dictionary) -> None:
    assert {"dich vu cong truc tuyen", "dvc"} <= others("DVCTT", shipped)


def test_groups_that_share_a_phrase_are_joined() -> None:
    dictionary = Dictionary([["a b", "c"], ["c", "d"]])

    assert others("a b", dictionary) == {"c", "d"}


def test_a_dictionary_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        Dictionary([["…", "a"]])


def test_a_text_is_filed_under_equivalents_and_their_neighbours() -> None:
    fields = analyse(["cải cách TTHC phường"], Dictionary([["TTHC", "thủ tục hành chính"]]))

    assert fields.folded == ["cai", "cach", "tthc", "phuong", "thu", "tuc", "hanh", "chinh"]
    assert fields.canonical == ["cai3", "cach1", "tthc", "phương2", "thu3", "tuc5", "hanh2", "chinh1"]
    assert {"cach_thu", "thu_tuc", "hanh_chinh", "chinh_phuong", "tthc_phuong"} <= set(fields.bigrams)


def test_words_of_different_lines_are_no_neighbours() -> None:
    assert analyse(["một hai\nba", "bốn"], Dictionary()).bigrams == ["mot_hai"]


def test_document_numbers_are_filed_whole_and_in_parts() -> None:
    assert analyse(["61/2018/NĐ-CP"], Dictionary()).folded == [
        "61",
        "2018",
        "nd",
        "cp",
        "61/2018",
        "61/2018/nd-cp",
    ]
