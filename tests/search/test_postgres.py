"""What only the engine on PostgreSQL has to keep."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from cchc_portal.search.analysis import Dictionary, parse
from cchc_portal.search.engines import Busy, Damaged, EngineUnavailable, Query
from cchc_portal.search.engines.postgres import Reader, Writer, tables
from tests.search.conftest import EVERYBODY, document, keys


@pytest.fixture
def engine_name() -> str:
    return "postgres"


@pytest.fixture(autouse=True)
def without_index(server: Engine) -> Iterator[None]:
    yield
    _run(server, "DROP SCHEMA IF EXISTS search_index CASCADE")


def test_without_an_index_nothing_is_answered(writer: Writer, reader: Reader) -> None:
    with pytest.raises(EngineUnavailable):
        reader.search(Query(EVERYBODY, parse("việc")))
    with pytest.raises(EngineUnavailable):
        reader.revisions()
    with pytest.raises(Damaged):
        writer.check()
    with pytest.raises(Damaged):
        writer.update([document("a", "việc")])


def test_an_index_of_another_version_is_rebuilt(server: Engine, writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("a", "việc")])
    _run(server, "COMMENT ON TABLE search_index.document IS 'older'")

    with pytest.raises(Damaged, match="version"):
        writer.check()
    with pytest.raises(EngineUnavailable):
        reader.search(Query(EVERYBODY, parse("việc")))

    writer.rebuild([document("a", "việc")])
    assert keys(reader.search(Query(EVERYBODY, parse("việc")))) == ["a"]


def test_the_old_index_answers_while_a_new_one_is_built(writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("old", "việc cũ")])
    answers = []

    def documents() -> Iterator[object]:
        answers.append(keys(reader.search(Query(EVERYBODY, parse("việc")))))
        yield document("new", "việc mới")

    writer.rebuild(documents())  # type: ignore[arg-type]

    assert answers == [["old"]]
    assert reader.revisions() == {"new": 0}


def test_a_rebuild_that_fails_leaves_the_old_index(writer: Writer, reader: Reader) -> None:
    writer.rebuild([document("old", "việc cũ")])

    def documents() -> Iterator[object]:
        yield document("new", "việc mới")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        writer.rebuild(documents())  # type: ignore[arg-type]

    assert reader.revisions() == {"old": 0}
    assert writer.rebuild([document("next", "việc")]) == 1


def test_only_one_writes_at_a_time(
    writer: Writer, server: Engine, dictionary: Dictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LOCK_SECONDS", 0.2)
    writer.rebuild([])
    other = Writer(lambda: server, lambda: dictionary)
    refusals = []

    def documents() -> Iterator[object]:
        for act in (lambda: other.update([document("b", "việc")]), lambda: other.rebuild([])):
            with pytest.raises(Busy) as refusal:
                act()
            refusals.append(refusal.type)
        yield document("a", "việc")

    writer.rebuild(documents())  # type: ignore[arg-type]

    assert refusals == [Busy, Busy]
    other.update([document("b", "việc")])


def test_updates_of_several_hosts_wait_for_each_other(
    writer: Writer, reader: Reader, server: Engine, dictionary: Dictionary
) -> None:
    writer.rebuild([])
    hosts = [Writer(lambda: server, lambda: dictionary) for _ in range(4)]
    threads = [
        threading.Thread(target=host.update, args=([document(f"{no}-{at}", "việc") for at in range(20)],))
        for no, host in enumerate(hosts)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(reader.revisions()) == 80


def test_a_text_longer_than_a_vector_holds_is_filed_as_far_as_it_fits(writer: Writer, reader: Reader) -> None:
    long = " ".join(f"từ{no}" for no in range(120_000))

    writer.rebuild([document("a", "tên việc", "chỗ đầu", long), document("b", "x" * 5_000)])

    assert keys(reader.search(Query(EVERYBODY, parse("tên việc chỗ đầu")))) == ["a"]
    assert keys(reader.search(Query(EVERYBODY, parse("x" * 200)))) == ["b"]


def test_terms_are_counted_anew_when_many_documents_have_changed(
    writer: Writer, reader: Reader, server: Engine
) -> None:
    writer.rebuild([document(str(no), "việc chung") for no in range(20)])
    writer.update([document(f"new{no}", "chữ lạ") for no in range(20)])

    counted = writer.tidy()

    with server.connect() as connection:
        held = connection.scalar(text("SELECT documents FROM search_index.term WHERE term = 'tla'"))
    assert counted
    assert held == 20


def test_marks_and_words_are_never_read_as_syntax(writer: Writer, reader: Reader) -> None:
    writer.rebuild(
        [document("a", "it's \\ 'quoted' & | ! :* (x)", facets={"tag": ("a'b", "c,d", '"e"', "{f}")})]
    )

    found = reader.search(
        Query(EVERYBODY, parse("it's quoted x"), filters={"tag": frozenset({"a'b", "{f}"})})
    )

    assert keys(found) == ["a"]
    assert found.counts == {"tag": {"a'b": 1, "c,d": 1, '"e"': 1, "{f}": 1}}


def _run(server: Engine, statement: str) -> None:
    with server.begin() as connection:
        connection.exec_driver_sql(statement)
