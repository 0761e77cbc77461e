import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.search import analysis, entries, index, indexer
from cchc_portal.search.analysis import Dictionary, parse
from cchc_portal.search.engines import Document, Found, Query
from cchc_portal.search.engines.whoosh import Reader, Writer

HERE = Path(__file__).parent
EVERYBODY = frozenset({"all"})


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    return Dictionary.load(Path(analysis.__file__).parent.parent / "synonyms.json")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def writer(root: Path, dictionary: Dictionary) -> Writer:
    return Writer(root, dictionary)


@pytest.fixture
def reader(root: Path) -> Iterator[Reader]:
    opened = Reader(root)
    yield opened
    opened.close()


@pytest.fixture
def find(reader: Reader) -> Callable[..., Found]:
    def run(typed: str, **columns: object) -> Found:
        return reader.search(Query(**{"audience": EVERYBODY, "terms": parse(typed), **columns}))  # type: ignore[arg-type]

    return run


def document(key: str, title: str, *body: str, **columns: object) -> Document:
    return Document(key, title, body, **{"audience": EVERYBODY, **columns})  # type: ignore[arg-type]


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def queries() -> list[dict[str, object]]:
    return json.loads((HERE / "queries.json").read_text(encoding="utf-8"))


@pytest.fixture
def indexed(app: Flask) -> Iterator[Callable[[], None]]:
    """Give a way to bring the application's index up to everything in the database."""
    folder = app.config["DATA_DIR"] / "search"
    shutil.rmtree(folder, ignore_errors=True)
    indexer.rebuild()

    def run() -> None:
        entries.refresh_all()
        indexer.catch_up()

    yield run
    index.current().reader.close()
