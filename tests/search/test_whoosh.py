"""What holds of the engine on Whoosh alone."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Or, Term

from cchc_portal.search.analysis import parse
from cchc_portal.search.engines import Found
from cchc_portal.search.engines.plan import Plan
from cchc_portal.search.engines.whoosh import Reader, Writer
from cchc_portal.search.engines.whoosh.generations import Generations
from tests.search.conftest import document

Find = Callable[..., Found]


@pytest.fixture
def engine_name() -> str:
    return "whoosh"


def test_many_small_commits_are_joined_in_idle_time(writer: Writer, find: Find, reader: Reader) -> None:
    writer.rebuild([])
    for no in range(12):
        writer.update([document(str(no), f"việc {no}", revision=no)])

    assert writer.tidy()
    assert not writer.tidy()
    assert find("việc").total == 12
    assert reader.revisions() == {str(no): no for no in range(12)}


def test_memory_is_limited(
    writer: Writer, find: Find, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_portal.search.engines.whoosh.reading.MOST_POSTINGS", 20)
    writer.rebuild(document(str(no), f"việc số {no}") for no in range(8))

    for _ in range(3):
        assert find("việc số").total == 8

    kept = [segment for known in reader._known.values() for segment in known.values()]  # noqa: SLF001
    assert sum(segment.kept for segment in kept) <= 20


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


def test_rare_values_are_counted_like_frequent_ones(writer: Writer, find: Find) -> None:
    made = [
        document(str(no), "việc", facets={"author": (f"p{no % 97}", f"p{no % 89}"), "kind": ("abc"[no % 3],)})
        for no in range(300)
    ]
    writer.rebuild(made[:200])
    writer.update(made[200:], gone=[str(no) for no in range(0, 200, 7)])
    left = [one for one in made if int(one.key) >= 200 or int(one.key) % 7]

    found = find("việc", filters={"kind": frozenset({"a"})})
    chosen = find("việc", filters={"author": frozenset({"p5"})})

    of_kind_a = [one for one in left if one.facets["kind"] == ("a",)]
    by_p5 = [one for one in left if "p5" in one.facets["author"]]
    assert found.counts["author"] == Counter(name for one in of_kind_a for name in set(one.facets["author"]))
    assert found.counts["kind"] == Counter(one.facets["kind"][0] for one in left)
    assert chosen.counts["kind"] == Counter(one.facets["kind"][0] for one in by_p5)
    assert chosen.counts["author"] == Counter(name for one in left for name in set(one.facets["author"]))
