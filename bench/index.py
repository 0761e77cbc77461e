"""How fast the index answers: in process, beside SQLite's FTS5 on the same texts in the same run."""

import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import servers, tables
from bench.data import SEED, DataSet
from cchc_portal.search import analysis
from cchc_portal.search.analysis import Dictionary, parse, words
from cchc_portal.search.engines import Document, Likeness, Query
from cchc_portal.search.engines.whoosh import Reader, Writer

EVERYBODY = frozenset({"all"})
FILTERS = {"status": frozenset({"published", "recognised"}), "kind": frozenset({"model", "initiative"})}
QUESTIONS, ROUNDS = 60, 3
BARS = {"three words": 15, "as you type": 15, "three words, filtered": 15, "similar": 15}  # ms at 100,000
FIRST_MS, FIRST_MIB, COMMIT_MS, BUILD_MINUTES = 100, 40, 100, 20
DICTIONARY = Path(analysis.__file__).parents[1] / "synonyms.json"

Act = Callable[[str], object]


@dataclass(frozen=True)
class Texts:
    """Titles and texts of what is in the index, and questions made of their words."""

    rows: Sequence[tuple[int, str, str]]
    questions: Sequence[str]


def measure(data: DataSet) -> None:
    """Print what questions cost, in processor milliseconds, and what writing costs."""
    texts = _texts(data)
    reader = Reader(data.folder / "search")
    rows = [_row(name, act, texts, data.size) for name, act in _acts(reader)]
    beside = _full_text(texts)
    for name, act in _acts_beside(beside):
        rows.append(_row(f"FTS5: {name}", act, texts, None))
    reader.close()
    tables.show(f"Index of {data.size:,}: CPU ms", ("question", "p50", "p95", "worst", "bar (p95)"), rows)
    tables.show(f"Index of {data.size:,}: the rest", ("what", "value", "bar"), _others(data))


def first_question(folder: Path) -> None:
    """Print what the first question of this process costs: milliseconds, MiB of its own."""
    before = _private_mib()
    started = time.process_time()
    Reader(folder).search(Query(EVERYBODY, parse("thủ tục hành chính "), limit=15))
    print(json.dumps([1000 * (time.process_time() - started), _private_mib() - before]))


def _acts(reader: Reader) -> Iterator[tuple[str, Act]]:
    def ask(typed: str, **columns: object) -> object:
        return reader.search(Query(EVERYBODY, parse(typed), limit=15, **columns))  # type: ignore[arg-type]

    yield "three words", lambda question: ask(f"{question} ")
    yield "as you type", lambda question: ask(question[:-1])
    yield "three words, filtered", lambda question: ask(f"{question} ", filters=FILTERS)
    yield "similar", lambda question: reader.similar(Likeness(tuple(words(question * 3)), EVERYBODY))


def _acts_beside(database: sqlite3.Connection) -> Iterator[tuple[str, Act]]:
    search = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT 15"

    def ask(match: str) -> object:
        return database.execute(search, [match]).fetchall()

    yield "three words", lambda question: ask(" AND ".join(question.split()))
    yield "as you type", lambda question: ask(f"{' AND '.join(question[:-1].split())}*")


def _row(name: str, act: Act, texts: Texts, size: int | None) -> list[str]:
    for question in texts.questions:
        act(question)  # what a running portal has read already
    costs = sorted(_cost(act, question) for _ in range(ROUNDS) for question in texts.questions)
    high = costs[int(len(costs) * 0.95)]
    bar = BARS.get(name) if size else None
    return [
        name,
        *(f"{cost:.2f}" for cost in (statistics.median(costs), high, costs[-1])),
        tables.verdict(high, bar),
    ]


def _cost(act: Act, question: str) -> float:
    started = time.process_time()
    act(question)
    return 1000 * (time.process_time() - started)


def _texts(data: DataSet) -> Texts:
    with sqlite3.connect(data.database) as connection:
        query = "SELECT id, title, folded FROM search_entry WHERE is_gone = 0"
        rows = connection.execute(query).fetchall()
    chance = random.Random(SEED)
    return Texts(rows, [_question(chance, chance.choice(rows)[2]) for _ in range(QUESTIONS)])


def _question(chance: random.Random, folded: str) -> str:
    """Return three words that stand beside each other somewhere in a text."""
    held = [word for word in folded.split() if word.isalpha()]
    start = chance.randrange(max(1, len(held) - 3))
    return " ".join(held[start : start + 3])


def _full_text(texts: Texts) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, content='')")
    database.executemany(
        "INSERT INTO texts (rowid, body) VALUES (?, ?)", [(row[0], row[2]) for row in texts.rows]
    )
    return database


def _others(data: DataSet) -> list[list[str]]:
    cold, own = _in_fresh_process(data.folder / "search")
    commit = _commit(data)
    build = _build(data)
    return [
        ["first question of a process, CPU ms", f"{cold:.0f}", tables.verdict(cold, FIRST_MS)],
        ["memory of its own, MiB", f"{own:.0f}", tables.verdict(own, FIRST_MIB)],
        ["one document filed, CPU ms", f"{commit:.0f}", tables.verdict(commit, COMMIT_MS)],
        [
            "rebuild of 100,000 at this pace, CPU minutes",
            f"{build:.1f}",
            tables.verdict(build, BUILD_MINUTES),
        ],
    ]


def _in_fresh_process(folder: Path) -> tuple[float, float]:
    command = f"from bench.index import first_question; from pathlib import Path; first_question(Path({str(folder)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=servers.ROOT, check=True, capture_output=True, text=True
    )
    cold, own = json.loads(done.stdout)
    return cold, own


def _commit(data: DataSet) -> float:
    writer = Writer(data.folder / "search", Dictionary.load(DICTIONARY))
    document = Document("bench:1", "Một mục mới", ("Thêm vào khi mọi mục khác đã có sẵn.",), EVERYBODY)
    return statistics.median(_cost(lambda _: writer.update([document]), "") for _ in range(5))


def _build(data: DataSet) -> float:
    """Return how long 100,000 would take by what a part of them takes."""
    part = _texts(data).rows[:1_000]
    folder = data.folder / "rebuilt"
    documents = [Document(f"bench:{row[0]}", row[1], (row[2],), EVERYBODY) for row in part]
    cost = _cost(lambda _: Writer(folder, Dictionary.load(DICTIONARY)).rebuild(documents), "")
    shutil.rmtree(folder)
    return cost / len(part) * 100_000 / 60_000


def _private_mib() -> float:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024
