"""Blocks answer as the package does, and the package answers where there is none."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_portal.search.analysis import Dictionary, parse
from cchc_portal.search.engines import Document, Found, Query, Sort
from cchc_portal.search.engines.plan import BIGRAMS, TEXT
from cchc_portal.search.engines.whoosh import Reader, Writer, arrays, writing
from cchc_portal.search.engines.whoosh.generations import Generations
from tests.search.conftest import EVERYBODY, document, keys

WORDS = ["một", "hai", "ba", "bốn", "bồn", "năm", "thủ", "tục"]
QUERIES = ["hai ba ", "một", '"hai ba"', "thủ tục bồn ", "b", "hai -ba ", "năm bốn ba một ", ""]


@pytest.fixture
def engine_name() -> str:
    return "whoosh"


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "LEAST_DOCUMENTS", 3)
    monkeypatch.setattr(writing, "BUILD_BATCH", 4)
    monkeypatch.setattr("cchc_portal.search.engines.whoosh.reading.CHECK_SECONDS", 0.0)


texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=24)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=texts, changed=st.sets(st.integers(0, 23), max_size=6), added=texts)
def test_blocks_answer_like_the_package(
    tmp_path_factory: pytest.TempPathFactory,
    dictionary: Dictionary,
    texts: list[list[str]],
    changed: set[int],
    added: list[list[str]],
) -> None:
    answers = []
    for least in (3, 10_000):
        root = tmp_path_factory.mktemp("index")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(arrays, "LEAST_DOCUMENTS", least)
            writer, reader = Writer(root, dictionary), Reader(root)
            writer.rebuild(_documents(texts))
            writer.update(_documents(added[:5], name="new"), gone=[f"old{no}" for no in changed])
            answers.append([_comparable(reader.search(query)) for query in _queries()])
            answers[-1] += [reader.frequencies([(TEXT, "hai"), (BIGRAMS, "hai_ba")], audience=EVERYBODY)]
            answers[-1] += [reader.known(["hai", "khong", "bon"])]
            reader.close()

    assert answers[0] == answers[1]


def test_pages_follow_each_other_across_blocks(writer: Writer, reader: Reader) -> None:
    writer.rebuild(_documents([["hai", "ba"]] * 9 + [["hai"]] * 5))
    writer.update(_documents([["hai"]] * 2, name="new"))
    query = Query(EVERYBODY, parse("hai "), limit=3)

    seen, after = [], None
    while hits := reader.search(Query(EVERYBODY, parse("hai "), limit=3, after=after)).hits:
        seen += [hit.key for hit in hits]
        after = hits[-1].mark

    assert len(seen) == len(set(seen)) == 12
    assert seen == keys(reader.search(Query(query.audience, query.terms, limit=50)))


def test_what_came_later_gets_a_block_of_its_own(writer: Writer, reader: Reader, root: Path) -> None:
    writer.rebuild(_documents([["hai"]] * 6))
    for no in range(4):
        writer.update(_documents([["hai"], ["ba"]], name=f"new{no}-"))

    assert writer.tidy()
    assert not writer.tidy()
    assert len(_blocks(root)) == 2
    assert reader.search(Query(EVERYBODY, parse("ba "))).total == 4


def test_a_small_index_has_no_block(writer: Writer, root: Path) -> None:
    writer.rebuild(_documents([["hai"]] * 2))

    assert _blocks(root) == []


def test_a_damaged_block_is_a_damaged_index(writer: Writer, reader: Reader, root: Path) -> None:
    writer.rebuild(_documents([["hai"]] * 6))
    (block,) = _blocks(root)

    block.write_bytes(block.read_bytes()[:-1])

    with pytest.raises(Exception, match="not what was written"):
        writer.check()


def _documents(texts: Sequence[Sequence[str]], *, name: str = "old") -> list[Document]:
    return [
        document(
            f"{name}{no}",
            " ".join(words[:2]),
            " ".join(words),
            stamp=no % 4,
            figures={"votes": len(words), "adoptions": no % 3},
            facets={"unit": (str(no % 3),), "tag": tuple(words[:1])},
            audience=frozenset({"all"} if no % 5 else {"u:1"}),
        )
        for no, words in enumerate(texts)
    ]


def _queries() -> list[Query]:
    wide = [Query(EVERYBODY, parse(typed), limit=9, sort=sort) for typed in QUERIES for sort in Sort]
    filters = {"unit": frozenset({"0", "2"}), "tag": frozenset({"hai"})}
    barred = {"unit": frozenset({"1"})}
    return [
        *wide,
        *(Query(frozenset({"all", "u:1"}), parse(typed), filters=filters) for typed in QUERIES),
        *(Query(EVERYBODY, parse(typed), barred=barred, offset=2) for typed in QUERIES),
        *(Query(EVERYBODY, parse(typed), lesser=barred, limit=9) for typed in QUERIES),
    ]


def _comparable(found: Found) -> object:
    hits = [(hit.key, hit.score, hit.stamp) for hit in found.hits]
    return hits, found.total, found.counts, found.breadth, found.has_more


def _blocks(root: Path) -> list[Path]:
    return sorted(Generations(root).current().glob(f"*{arrays.SUFFIX}"))
