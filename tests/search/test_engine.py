import json
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Or, Term

from cchc_portal.search.analysis import parse, words
from cchc_portal.search.engines import Breadth, Document, Found, Query, Sort
from cchc_portal.search.engines.plan import Plan
from cchc_portal.search.engines.whoosh import Reader, Writer
from cchc_portal.search.engines.whoosh.generations import Generations
from tests.search.conftest import EVERYBODY, HERE, document, keys, queries

Find = Callable[..., Found]

CASES = [
    (query["query"], query["expected"][0], query["top_k"])  # type: ignore[index]
    for query in queries()
]


@pytest.fixture
def collection(writer: Writer) -> None:
    writer.rebuild(_demonstration())


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("typed", "expected", "rank"), CASES)
def test_what_is_meant_is_found(find: Find, typed: str, expected: str, rank: int, form: str) -> None:
    found = find(unicodedata.normalize(form, typed))

    assert expected in keys(found)[:rank]


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize(("typed", "expected", "rank"), CASES)
def test_capitals_and_a_blank_behind_change_nothing(find: Find, typed: str, expected: str, rank: int) -> None:
    assert expected in keys(find(f"{typed.upper()} "))[:rank]


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


def test_many_small_commits_are_joined_in_idle_time(writer: Writer, find: Find, reader: Reader) -> None:
    writer.rebuild([])
    for no in range(12):
        writer.update([document(str(no), f"việc {no}", revision=no)])

    assert writer.tidy()
    assert not writer.tidy()
    assert find("việc").total == 12
    assert reader.revisions() == {str(no): no for no in range(12)}


def test_time_running_out_gives_what_was_found(writer: Writer, find: Find) -> None:
    writer.rebuild([document("a", "việc chung")])

    found = find("việc chung", seconds=-1.0)

    assert keys(found) == ["a"]
    assert not found.is_complete


def test_memory_is_limited(
    writer: Writer, find: Find, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_portal.search.engines.whoosh.reading.MOST_POSTINGS", 20)
    writer.rebuild(document(str(no), f"việc số {no}") for no in range(8))

    for _ in range(3):
        assert find("việc số").total == 8

    kept = [segment for known in reader._known.values() for segment in known.values()]  # noqa: SLF001
    assert sum(segment.kept for segment in kept) <= 20


def test_similar_titles_share_pairs_of_words(writer: Writer, reader: Reader) -> None:
    writer.rebuild(
        [
            document("a", "Trả kết quả thủ tục hành chính tại nhà"),
            document("b", "Kết quả khảo sát"),
            document("c", "Trả kết quả tại nhà", audience=frozenset({"u:1"})),
        ],
    )

    hits = reader.similar(tuple(words("tra ket qua tai nha")), audience=EVERYBODY, limit=5)

    assert [hit.key for hit in hits] == ["a", "b"]
    assert 0 < hits[1].score < hits[0].score <= 1


def test_nothing_is_similar_to_a_title_without_words(writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("a", "Trả kết quả")])

    assert reader.similar((), audience=EVERYBODY, limit=5) == ()


@pytest.mark.usefixtures("collection")
def test_no_query_fails(reader: Reader) -> None:
    @settings(max_examples=150, deadline=None)
    @given(typed=st.text(max_size=220))
    def ask(typed: str) -> None:
        assert reader.search(Query(EVERYBODY, parse(typed))).total <= 25

    ask()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm"]), max_size=9), min_size=1, max_size=20
    )
)
def test_scores_are_those_of_the_package(
    writer: Writer, reader: Reader, find: Find, root: Path, texts: list[list[str]]
) -> None:
    half = len(texts) // 2
    documents = [document(str(no), " ".join(words), stamp=no) for no, words in enumerate(texts)]
    writer.rebuild(documents[:half])
    writer.update(documents[half:])

    found = {hit.key: hit.score for hit in find("hai ba ", limit=50).hits}

    expected = _scores_of_the_package(root, Plan.of(parse("hai ba ")))
    assert found == pytest.approx({key: expected[key] for key in found})


def _scores_of_the_package(root: Path, plan: Plan) -> dict[str, float]:
    terms = [Term(name, text, boost=weight) for (name, text), weight in plan.weights.items()]
    index = FileStorage(str(Generations(root).current())).open_index()
    with index.searcher() as searcher:
        return {hit["key"]: hit.score for hit in searcher.search(Or(terms), limit=None)}


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
