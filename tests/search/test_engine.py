"""Every engine answers these alike; what only one has to keep stands in a file of its own."""

import json
import threading
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_portal.search.analysis import Dictionary, parse, words
from cchc_portal.search.engines import (
    Alike,
    Breadth,
    Document,
    Found,
    Likeness,
    Mark,
    Query,
    Reader,
    Sort,
    Writer,
)
from tests.search.conftest import EVERYBODY, HERE, document, keys, opened, queries

Find = Callable[..., Found]

CASES = [
    (query["query"], query["expected"][0], query["top_k"])  # type: ignore[index]
    for query in queries()
]


@pytest.fixture(scope="module", params=["whoosh", "postgres"])
def collection(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, dictionary: Dictionary
) -> Iterator[Reader]:
    """Give the demonstration in each engine, filed once for all who only ask."""
    with opened(request.param, tmp_path_factory.mktemp("demonstration"), dictionary) as (writer, reader):
        writer.rebuild(_demonstration())
        yield reader


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("typed", "expected", "rank"), CASES)
def test_what_is_meant_is_found(collection: Reader, typed: str, expected: str, rank: int, form: str) -> None:
    found = collection.search(Query(EVERYBODY, parse(unicodedata.normalize(form, typed))))

    assert expected in keys(found)[:rank]


@pytest.mark.parametrize(("typed", "expected", "rank"), CASES)
def test_capitals_and_a_blank_behind_change_nothing(
    collection: Reader, typed: str, expected: str, rank: int
) -> None:
    found = collection.search(Query(EVERYBODY, parse(f"{typed.upper()} ")))

    assert expected in keys(found)[:rank]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Tổ hoà giải ở cơ sở", "hòa giải"),
        ("Tổ hòa giải ở cơ sở", "hoà giải"),
        ("Nâng cao kỹ năng", "kĩ năng"),
        ("Bảo đảm quí khách", "quý khách"),
        ("Ðôn đốc nhiệm vụ", "đôn đốc"),
        ("Đôn đốc nhiệm vụ", "don doc"),
        ("Ý kiến người dân", "ý"),
        ("Quy tắc 4 xin", "4"),
        ("Đề án 06", "de an 6"),
        ("Theo Công văn số 124/UBND-NV", "124/ubnd-nv"),
        ("Theo Công văn số 124/UBND–NV", "124/UBND-NV"),
        ("Nghị định 61/2018/NĐ-CP", "61/2018/nd-cp"),
        ("Nghị định 61/2018/NĐ-CP", "nghị định 61/2018"),
        ("Nghị định 61/2018/NĐ-CP", "2018"),
        ("Thẻ bảo hiểm y tế", "BHYT"),
        ("Thẻ BHYT", "bao hiem y te"),
        ("Sổ hộ tịch", "ho ti"),
        ("Quyết định khen thưởng", "quyet dinh khen thu"),
        ("Quyết định", "quy"),
        ("Cải cách TTHC", "cải cách thủ tục"),
        ("Khen thưởng theo quý, có quyết định", "khen quyet"),
        ("Khen thưởng theo quý, có quyết định", "khen quyế"),
    ],
)
def test_spellings_meet(writer: Writer, find: Find, text: str, typed: str) -> None:
    writer.rebuild([document("a", text), document("b", "Việc khác hẳn")])

    assert keys(find(typed)) == ["a"]


def test_diacritics_rank_the_word_itself_first(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "gửi thu"), document("b", "gửi thư"), document("c", "gửi thứ")])

    assert keys(find("gửi thư"))[0] == "b"


def test_neighbouring_words_rank_first(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "công việc và dịch vụ"), document("b", "dịch vụ công và việc")])

    assert keys(find("dịch vụ công"))[0] == "b"


def test_a_document_number_is_one_word(writer: Writer, find: Find) -> None:
    writer.rebuild(
        [
            document("a", "Công văn 124/UBND-NV"),
            document("b", "UBND phường có 124 hồ sơ, phòng NV", "124 UBND NV " * 9),
        ],
    )

    assert keys(find("124/UBND-NV")) == ["a"]


def test_a_number_nobody_cites_is_found_by_its_parts(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "UBND phường có 124 hồ sơ")])

    assert keys(find("124/UBND")) == ["a"]


def test_quoted_words_stand_together(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "họp không có giấy"), document("b", "họp không giấy")])

    assert keys(find('"không giấy"')) == ["b"]
    assert keys(find('"giấy không"')) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("họp -giấy", {"c", "d"}),
        ('họp -"không giấy"', {"a", "c", "d"}),
        ("-họp", {"e"}),
        ("họp -thư", {"a", "b", "c"}),
        ("họp -thứ", {"a", "b", "c", "d"}),
        ("họp -thu", {"a", "b", "c"}),
        ('-"họp thư"', {"a", "b", "c", "e"}),
    ],
)
def test_excluded_words_are_in_no_hit(writer: Writer, find: Find, typed: str, found: set[str]) -> None:
    writer.rebuild(
        [
            document("a", "họp không có giấy"),
            document("b", "họp không giấy"),
            document("c", "họp sáng"),
            document("d", "họp thư"),
            document("e", "khác"),
        ],
    )

    answer = find(typed)

    assert set(keys(answer)) == found
    assert answer.total == len(found)


def test_what_is_barred_is_neither_found_nor_counted(writer: Writer, find: Find) -> None:
    writer.rebuild(
        [
            document("a", "việc", facets={"year": ("2022",), "kind": ("model",)}),
            document("b", "việc", facets={"year": ("2023",), "kind": ("idea",)}),
            document("c", "việc", facets={"kind": ("idea",)}),
        ],
    )

    found = find("việc", barred={"year": frozenset({"2022", "2021"})})
    chosen = find("việc", barred={"year": frozenset({"2022"})}, filters={"year": frozenset({"2023"})})

    assert set(keys(found)) == {"b", "c"}
    assert found.counts == {"year": {"2023": 1}, "kind": {"idea": 2}}
    assert keys(chosen) == ["b"]
    assert chosen.counts == {"year": {"2023": 1}, "kind": {"idea": 1}}


def test_keys_widen_and_narrow_nothing_but_themselves(writer: Writer, find: Find) -> None:
    writer.rebuild([document(key, "việc") for key in "abc"])

    assert set(keys(find("việc", only=frozenset({"a", "b", "x"})))) == {"a", "b"}
    assert set(keys(find("việc", never=frozenset({"a", "x"})))) == {"b", "c"}
    assert find("việc", never=frozenset({"a"})).total == 2


@pytest.mark.parametrize(
    ("sort", "order"), [(Sort.VOTES, "bdac"), (Sort.ADOPTED, "dcba"), (Sort.NEWEST, "cbda")]
)
def test_figures_order_and_the_newer_of_equals_comes_first(
    writer: Writer, find: Find, sort: Sort, order: str
) -> None:
    writer.rebuild(
        [
            document("a", "việc", stamp=1, figures={"votes": 5}),
            document("b", "việc", stamp=3, figures={"votes": 70, "adoptions": 0}),
            document("c", "việc", stamp=4, figures={"adoptions": 2}),
            document("d", "việc", stamp=2, figures={"votes": 5, "adoptions": 4}),
        ],
    )

    assert keys(find("việc", sort=sort)) == list(order)
    assert keys(find("", sort=sort)) == list(order)


@pytest.mark.parametrize("sort", list(Sort))
def test_marks_lead_through_all_pages(writer: Writer, find: Find, sort: Sort) -> None:
    titles = ("việc", "việc chung", "việc việc")
    writer.rebuild(
        [document(str(no), titles[no % 3], stamp=no // 2, figures={"votes": no % 4}) for no in range(20)],
    )

    pages = [find("việc", sort=sort, limit=6)]
    while pages[-1].has_more:
        after = Mark.read(str(pages[-1].hits[-1].mark))
        pages.append(find("việc", sort=sort, limit=6, after=after))

    assert [len(page.hits) for page in pages] == [6, 6, 6, 2]
    assert [key for page in pages for key in keys(page)] == keys(find("việc", sort=sort, limit=50))
    assert {page.total for page in pages} == {20}


def test_a_page_follows_a_hit_that_is_gone(writer: Writer, find: Find) -> None:
    writer.rebuild([document(str(no), "việc", stamp=no) for no in range(6)])
    first = find("việc", sort=Sort.NEWEST, limit=3)

    writer.update([document("9", "việc", stamp=9)], gone=["3"])

    assert keys(find("việc", sort=Sort.NEWEST, limit=3, after=first.hits[-1].mark)) == ["2", "1", "0"]


def test_one_of_several_words_may_be_missed(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "niêm yết thủ tục"), document("b", "niêm yết"), document("c", "khác")])

    found = find("niêm yết thủ tục bằng")

    assert keys(found) == ["a"]
    assert found.breadth is Breadth.MOST


def test_any_word_is_better_than_nothing(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "niêm yết"), document("b", "khác")])

    found = find("niêm luật")

    assert keys(found) == ["a"]
    assert found.breadth is Breadth.ANY


def test_without_words_everything_is_found_newest_first(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "x", stamp=1), document("b", "y", stamp=3), document("c", "z", stamp=2)])

    assert keys(find("")) == ["b", "c", "a"]


def test_pages_follow_each_other(writer: Writer, find: Find) -> None:
    writer.rebuild([document(str(no), "việc", stamp=no) for no in range(7)])

    pages = [find("việc", sort=Sort.NEWEST, offset=offset, limit=3) for offset in (0, 3, 6)]

    assert [keys(page) for page in pages] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert {page.total for page in pages} == {7}


def test_only_the_audience_finds_and_counts(writer: Writer, find: Find) -> None:
    writer.rebuild(
        [
            document("open", "việc chung", facets={"kind": ("model",)}),
            document("mine", "việc riêng", audience=frozenset({"u:1"}), facets={"kind": ("draft",)}),
        ],
    )

    assert keys(find("việc")) == ["open"]
    assert find("việc").total == 1
    assert find("việc").counts == {"kind": {"model": 1}}
    assert set(keys(find("việc", audience=frozenset({"all", "u:1"})))) == {"open", "mine"}
    assert find("riêng").total == 0


def test_nobody_finds_nothing(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "việc")])

    assert find("việc", audience=frozenset()).total == 0


def test_a_facets_own_filter_does_not_change_its_counts(writer: Writer, find: Find) -> None:
    writer.rebuild(
        [
            document("a", "việc", facets={"kind": ("model",), "unit": ("1",)}),
            document("b", "việc", facets={"kind": ("model",), "unit": ("2",)}),
            document("c", "việc", facets={"kind": ("idea",), "unit": ("1",), "tag": ("x", "y")}),
        ],
    )

    found = find("việc", filters={"kind": frozenset({"model"})})

    assert set(keys(found)) == {"a", "b"}
    assert found.counts == {"kind": {"model": 2, "idea": 1}, "unit": {"1": 1, "2": 1}}


def test_filters_of_several_facets_narrow_and_several_values_widen(writer: Writer, find: Find) -> None:
    writer.rebuild(
        [
            document("a", "việc", facets={"kind": ("model",), "unit": ("1",)}),
            document("b", "việc", facets={"kind": ("model",), "unit": ("2",)}),
            document("c", "việc", facets={"kind": ("idea",), "unit": ("1",)}),
        ],
    )

    both = find("việc", filters={"kind": frozenset({"model"}), "unit": frozenset({"1"})})
    either = find("việc", filters={"unit": frozenset({"1", "2"})})
    unknown = find("việc", filters={"unit": frozenset({"9"})})

    assert keys(both) == ["a"]
    assert either.total == 3
    assert unknown.total == 0


def test_a_change_is_found_and_the_old_text_is_not(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "chữ cũ"), document("b", "yên")])
    find("cũ")

    writer.update([document("a", "bỏ đi"), document("a", "từ mới")], gone=["b"])

    assert find("cũ").total == 0
    assert find("bỏ").total == 0
    assert find("yên").total == 0
    assert keys(find("mới")) == ["a"]
    assert find("").total == 1


def test_time_running_out_gives_what_was_found(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "việc chung")])

    found = find("việc chung", seconds=-1.0)

    assert keys(found) == ["a"]
    assert not found.is_complete


def test_what_is_said_of_a_thing_comes_after_the_thing(writer: Writer, find: Find) -> None:
    body = "Người dân quét mã để nộp hồ sơ và theo dõi kết quả giải quyết ngay tại nhà của mình."
    writer.rebuild(
        [
            document("thing", "Quét mã tại một cửa", body, facets={"type": ("initiative",)}),
            document("said", "", "Quét mã hay quá", facets={"type": ("comment",)}),
        ]
    )

    assert keys(find("quét mã")) == ["said", "thing"]
    assert keys(find("quét mã", lesser={"type": frozenset({"comment"})})) == ["thing", "said"]


def test_similar_titles_share_pairs_of_words(writer: Writer, reader: Reader) -> None:
    writer.rebuild(
        [
            document("a", "Trả kết quả thủ tục hành chính tại nhà"),
            document("b", "Kết quả khảo sát"),
            document("c", "Trả kết quả tại nhà", audience=frozenset({"u:1"})),
        ],
    )

    alike = close(reader, "tra ket qua tai nha")

    assert [hit.key for hit in alike.hits] == ["a", "b"]
    assert 0 < alike.hits[1].score < alike.hits[0].score == pytest.approx(3 / 4)  # "quả tại" is new
    assert sorted(alike.pairs) == ["ket_qua", "tai_nha", "tra_ket"]


def test_nothing_is_similar_to_a_title_without_words(writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("a", "Trả kết quả")])

    assert close(reader, "") == close(reader, "Trả") == close(reader, "Xong việc") == Alike()


def test_what_nobody_has_written_before_is_no_copy(writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("a", "Trả kết quả"), document("b", "Phát thẻ")])

    assert close(reader, "trả kết quả qua bưu điện đến nhà").hits[0].score == pytest.approx(2 / 7)


def test_likeness_tells_nothing_of_what_one_may_not_see(writer: Writer, reader: Reader) -> None:
    seen = [document("a", "Trả kết quả tại nhà"), document("b", "Kết quả tốt")]
    writer.rebuild(seen)
    before = close(reader, "trả kết quả tại nhà riêng")

    hidden = [document(f"h{n}", "kết quả tại nhà riêng", audience=frozenset({"u:1"})) for n in range(9)]
    writer.rebuild([*seen, *hidden])

    assert close(reader, "trả kết quả tại nhà riêng") == before


def test_a_text_is_not_like_itself_and_compared_within_filters(writer: Writer, reader: Reader) -> None:
    writer.rebuild(
        [
            document("a", "Trả kết quả tại nhà", facets={"type": ("initiative",)}),
            document("b", "Trả kết quả", facets={"type": ("initiative",)}),
            document("c", "Trả kết quả tại nhà", facets={"type": ("comment",)}),
        ]
    )
    only = {"type": frozenset({"initiative"})}

    alike = close(reader, "trả kết quả tại nhà", but="a", filters=only)

    assert [(hit.key, round(hit.score, 2)) for hit in alike.hits] == [("b", 0.5)]


def test_common_pairs_weigh_little(writer: Writer, reader: Reader) -> None:
    writer.rebuild(
        [document(str(n), "thủ tục hành chính") for n in range(20)] + [document("rare", "mã hai chiều")]
    )

    alike = close(reader, "thủ tục mã hai chiều")

    assert alike.hits[0].key == "rare"
    assert alike.hits[0].score > 2 * alike.hits[1].score


def close(reader: Reader, text: str, **more: object) -> Alike:
    return reader.similar(Likeness(words=tuple(words(text)), audience=EVERYBODY, **more))  # type: ignore[arg-type]


def test_words_and_pairs_are_counted_for_their_audience(writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("a", "xoong nồi", audience=frozenset({"u:1"})), document("b", "xoong chảo")])
    writer.update([document("c", "xoong nhôm 60s")])
    terms = [
        ("text", "xoong"),
        ("text", "noi"),
        ("bigrams", "xoong_noi"),
        ("canonical", "nhôm"),
        ("text", "x"),
    ]

    seen = reader.frequencies(terms, audience=EVERYBODY)
    own = reader.frequencies(terms, audience=frozenset({"all", "u:1"}))

    assert seen == {("text", "xoong"): 2, ("canonical", "nhôm"): 1}
    assert own == {
        ("text", "xoong"): 3,
        ("text", "noi"): 1,
        ("bigrams", "xoong_noi"): 1,
        ("canonical", "nhôm"): 1,
    }
    assert reader.known(["xoong", "noi", "nhom", "xo", ""]) == {"xoong", "noi", "nhom"}


def test_no_query_fails(collection: Reader) -> None:
    @settings(max_examples=150, deadline=None)
    @given(typed=st.text(max_size=220))
    def ask(typed: str) -> None:
        assert collection.search(Query(EVERYBODY, parse(typed))).total <= 25

    ask()


def test_threads_search_while_the_index_changes(writer: Writer, reader: Reader) -> None:
    writer.rebuild(_demonstration())
    failures: list[Exception] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            try:
                assert (
                    keys(reader.search(Query(EVERYBODY, parse("thanh toán không dùng tiền mặt"))))[0]
                    == "SK08"
                )
            except Exception as error:  # noqa: BLE001 - told below
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for no in range(12):
        writer.update([document(f"new{no}", f"việc {no}")])
    writer.tidy()
    stop.set()
    for thread in threads:
        thread.join()

    assert failures == []


def _demonstration() -> list[Document]:
    rows = json.loads((HERE / "initiatives.json").read_text(encoding="utf-8"))
    return [
        document(
            row["id"],
            row["title"],
            row["problem"],
            row["solution"],
            row["benefit"],
            *row["tags"],
            row["code"],
        )
        for row in rows
    ]
