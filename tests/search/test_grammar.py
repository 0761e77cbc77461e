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


@pytest.mark.parametrize(
    ("typed", "words", "excluded"),
    [
        ("họp -giấy", ["hop"], [["giay"]]),
        ("-giấy họp", ["hop"], [["giay"]]),
        ('họp -"không giấy" sáng', ["hop", "sang"], [["khong", "giay"]]),
        ("họp -124/UBND-NV", ["hop"], [["124", "ubnd", "nv"]]),
        ("họp \u2212giấy", ["hop"], [["giay"]]),
        ("họp-giấy", ["hop", "giay"], []),
        ("họp - giấy", ["hop", "giay"], []),
        ("họp -", ["hop"], []),
        ("--giấy", ["giay"], []),
        ('"họp -giấy"', ["hop", "giay"], []),
    ],
)
def test_a_minus_excludes(typed: str, words: list[str], excluded: list[list[str]]) -> None:
    terms = parse(typed)

    assert [word.folded for word in terms.words] == words
    assert [[word.folded for word in run] for run in terms.excluded] == excluded


def test_words_beside_something_excluded_are_no_neighbours() -> None:
    assert [len(run.words) for run in parse("họp -giấy sáng nay").runs] == [1, 2]


@pytest.mark.parametrize(
    ("typed", "name", "values"),
    [
        ("năm:2022", "year", ("2022",)),
        ("nam:2022,2023", "year", ("2022", "2023")),
        ("Năm: 2022", "year", ("2022",)),
        ("year:2022", "year", ("2022",)),
        ("năm:2021-2023", "year", ("2021 2023",)),
        ('trạng-thái:"đã công bố"', "status", ("đã công bố",)),
        ("trang_thai:đã-công-bố", "status", ("đã công bố",)),
        ("trạng thái:đã_gửi", "status", ("đã gửi",)),
        ("trangthai:x", "status", ("x",)),
        ("bộ-phận:TPHT", "unit", ("TPHT",)),
        ("unit:“tư pháp”", "unit", ("tư pháp",)),
        ("mục:4", "item", ("4",)),
        ("tác giả:Lan", "author", ("Lan",)),
        ("loại:mô-hình", "kind", ("mô hình",)),
        ("lĩnh-vực:2", "field", ("2",)),
        ("từ-khóa:zalo", "tag", ("zalo",)),
        ("từ-khoá:zalo", "tag", ("zalo",)),
    ],
)
def test_operators_ask_beside_words(typed: str, name: str, values: tuple[str, ...]) -> None:
    terms = parse(f"họp {typed} sáng")

    assert [(found.name, found.values, found.is_barred) for found in terms.operators] == [
        (name, values, False)
    ]
    assert [word.folded for word in terms.words] == ["hop", "sang"]


def test_a_minus_before_an_operator_bars() -> None:
    terms = parse("-năm:2022 -bộ-phận:x")

    assert [(found.name, found.is_barred) for found in terms.operators] == [("year", True), ("unit", True)]
    assert terms.excluded == ()


@pytest.mark.parametrize(
    "typed", ["năm:", "năm :", "tuổi:5", "xnăm:5", '"năm:2022"', "http://a.vn", 'năm:""', "năm:,"]
)
def test_what_is_no_operator_is_words(typed: str) -> None:
    assert parse(typed).operators == ()


def test_an_operator_that_means_nothing_can_be_read_as_words() -> None:
    terms = parse("họp năm:abc sáng", literally=["năm:abc"])

    assert [word.folded for word in terms.words] == ["hop", "nam", "abc", "sang"]
    assert terms.operators == ()


_PIECES = st.sampled_from(
    ['"', "-", " ", "năm:", "nam:2022", "-", ",", "bộ-phận:", "a", "ế", "124/UBND", "\u0301"]
)


@given(st.lists(_PIECES, max_size=80).map("".join))
def test_nothing_put_together_of_signs_is_an_error(typed: str) -> None:
    terms = parse(typed)

    assert len(terms.words) <= MOST_WORDS
    assert all(operator.values for operator in terms.operators)
    assert all(terms.excluded)
