import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine

from cchc_portal.core.db import db
from cchc_portal.search import analysis, entries, index, indexer
from cchc_portal.search.analysis import Dictionary, parse
from cchc_portal.search.engines import Document, Found, Query, Reader, Writer, postgres, whoosh
from tests.conftest import drop_database, make_database, reach_postgresql

HERE = Path(__file__).parent
EVERYBODY = frozenset({"all"})


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    return Dictionary.load(Path(analysis.__file__).parent.parent / "synonyms.json")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "search"


@contextmanager
def opened(engine: str, root: Path, dictionary: Dictionary) -> Iterator[tuple[Writer, Reader]]:
    """Open an engine on a folder, or on a database of its own."""
    if engine == "whoosh":
        reader = whoosh.Reader(root)
        yield whoosh.Writer(root, dictionary), reader
        reader.close()
    else:
        with database(root.name) as server:
            yield postgres.Writer(lambda: server, lambda: dictionary), postgres.Reader(lambda: server)


@contextmanager
def database(purpose: str) -> Iterator[Engine]:
    """Open a database of PostgreSQL that is dropped afterwards."""
    reach_postgresql()
    engine = create_engine(make_database(purpose))
    yield engine
    engine.dispose()
    drop_database(purpose)


@pytest.fixture(scope="session")
def server() -> Iterator[Engine]:
    """Give a database of PostgreSQL to keep an index in."""
    with database("search") as engine:
        yield engine


@pytest.fixture(params=["whoosh", "postgres"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def writer(request: pytest.FixtureRequest, engine_name: str, root: Path, dictionary: Dictionary) -> Any:
    if engine_name == "whoosh":
        return whoosh.Writer(root, dictionary)
    server: Engine = request.getfixturevalue("server")
    return postgres.Writer(lambda: server, lambda: dictionary)


@pytest.fixture
def reader(request: pytest.FixtureRequest, engine_name: str, root: Path) -> Iterator[Any]:
    if engine_name == "whoosh":
        opened = whoosh.Reader(root)
        yield opened
        opened.close()
    else:
        server: Engine = request.getfixturevalue("server")
        yield postgres.Reader(lambda: server)


@pytest.fixture
def find(reader: Any) -> Callable[..., Found]:
    def run(typed: str, **columns: object) -> Found:
        return reader.search(Query(**{"audience": EVERYBODY, "terms": parse(typed), **columns}))  # type: ignore[arg-type]

    return run


def document(key: str, title: str, *body: str, **columns: object) -> Document:
    return Document(key, title, body, **{"audience": EVERYBODY, **columns})  # type: ignore[arg-type]


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def queries() -> list[dict[str, object]]:
    return json.loads((HERE / "queries.json").read_text(encoding="utf-8"))


def throw_index_away(app: Flask) -> None:
    """Throw the application's index away, wherever it is kept."""
    if app.config["CCHC_SEARCH_ENGINE"] == "postgres":
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS search_index CASCADE")
    else:
        shutil.rmtree(app.config["DATA_DIR"] / "search", ignore_errors=True)


@pytest.fixture
def lose_index(app: Flask) -> Callable[[], None]:
    """Give a way to throw the application's index away."""
    return partial(throw_index_away, app)


@pytest.fixture
def indexed(lose_index: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Give a way to bring the application's index up to everything in the database."""
    lose_index()
    indexer.rebuild()

    def run() -> None:
        entries.refresh_all()
        indexer.catch_up()

    yield run
    index.current().reader.close()
