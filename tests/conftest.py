"""The portal for tests: one application per database and process, emptied after each test."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from sqlalchemy import Connection, Table, create_engine, select, text
from werkzeug.test import TestResponse

from cchc_portal import wiring
from cchc_portal.accounts.models import SignIn, User
from cchc_portal.accounts.queries import token_hash
from cchc_portal.app import create_app
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from tests import databases
from tools import statements

MUST_REACH_SERVICES = os.environ.get("TEST_REQUIRE_SERVICES") == "1"  # xdist's processes inherit it
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "main")

for name in [name for name in os.environ if name.startswith("CCHC_")]:
    del os.environ[name]

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CATALOGUES = {
    "holiday",
    "reform_field",
    "reminder_rule",
    "search_synonym",
    "time_limit",
}  # filled by migrations, put back as they were
_apps: dict[str, Flask] = {}
_shipped: dict[str, list[dict[str, object]]] = {}  # the same rows in each database


class Browser(FlaskClient):
    """A browser whose requests stand alone, as on a server, although the test has a context of its own.

    Within the test's context they would share the session of the database and the person who
    asked first.
    """

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        """Send a request; it sees what the test has done so far, and the test sees what it did."""
        db.session.commit()
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def workplace() -> Iterator[Path]:
    """Give a folder in memory: tests commit thousands of times."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="cchc-test-", dir=memory))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for `app` on the databases of its room, unless it names its own."""
    named = (mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "app" in metafunc.fixturenames and "app" not in named:
        metafunc.parametrize("app", databases.of_room(metafunc.definition.path), indirect=True)


@pytest.fixture
def app(request: pytest.FixtureRequest, workplace: Path) -> Iterator[Flask]:
    """Give the application on a database, its context pushed, its tables empty."""
    kind = request.param
    if kind == "postgresql":
        reach_postgresql()
    if kind not in _apps:
        _apps[kind] = _make_app(kind, workplace)
    portal = _apps[kind]
    with portal.app_context():
        yield portal
        _empty()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Give the browser; Playwright runs once in a process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def client_of(app: Flask) -> Callable[[User], FlaskClient]:
    """Give browsers in which people are signed in."""

    def open_browser(user: User) -> FlaskClient:
        token = secrets.token_urlsafe(16)
        db.session.add(SignIn(user=user, token_hash=token_hash(token), expires_at=now() + timedelta(hours=1)))
        db.session.commit()
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return browser

    return open_browser


@pytest.fixture
def deliver(app: Flask) -> Callable[[], None]:
    """Give what the worker does after a commit: hand events to their consumers."""

    def run() -> None:
        db.session.commit()
        wiring.deliver()
        db.session.expire_all()

    return run


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], object]], int]:
    """Give a way to count the statements that a call sends to the database."""

    def count(call: Callable[[], object]) -> int:
        with statements.noted(db.engine) as seen:
            call()
        return len(seen)

    return count


def reach_postgresql() -> None:
    """Let a test run only where PostgreSQL is reached; where it must be, let it fail."""
    if not databases.is_postgresql_reached():
        if MUST_REACH_SERVICES:
            pytest.fail("PostgreSQL is not reached")
        pytest.skip("PostgreSQL is not reached")


def _make_app(kind: str, workplace: Path) -> Flask:
    folder = workplace / kind
    folder.mkdir()
    portal = create_app(
        {
            "TESTING": True,
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
            "DATA_DIR": folder,
            "SECRET_KEY": secrets.token_hex(32),
            "SQLALCHEMY_DATABASE_URI": _address(kind, folder),
            "CCHC_SEARCH_ENGINE": "postgres" if kind == "postgresql" else "whoosh",
        },
    )
    portal.test_client_class = Browser
    with portal.app_context():
        upgrade()
        with db.engine.connect() as connection:
            _shipped.update(
                {name: _rows(connection, db.metadata.tables[name]) for name in sorted(CATALOGUES)}
            )
    return portal


def _address(kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'portal.db'}"
    return make_database("portal")


def make_database(purpose: str) -> str:
    """Make an empty database for this process on PostgreSQL; return its address."""
    drop_database(purpose)
    _on_server(f"CREATE DATABASE {_name(purpose)}")
    return databases.psycopg(f"/{_name(purpose)}")


def drop_database(purpose: str) -> None:
    """Drop a database that was made for this process."""
    _on_server(f"DROP DATABASE IF EXISTS {_name(purpose)} WITH (FORCE)")


def _name(purpose: str) -> str:
    return f"cchc_test_{purpose}_{PROCESS}_{os.getpid()}"


def _on_server(statement: str) -> None:
    engine = create_engine(databases.psycopg("/postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _empty() -> None:
    db.session.rollback()
    db.session.remove()
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.executescript(_emptying())  # type: ignore[attr-defined]
        else:
            connection.exec_driver_sql(_emptying())
        for name, shipped in _shipped.items():
            table = db.metadata.tables[name]
            if shipped != _rows(connection, table):
                connection.execute(table.delete())
                connection.execute(table.insert(), shipped)


@cache
def _emptying() -> str:
    """Return one script for all tables: thousands of tests end with it."""
    tables = [table.name for table in reversed(db.metadata.sorted_tables) if table.name not in CATALOGUES]
    return "".join(f'DELETE FROM "{name}";' for name in tables)  # noqa: S608  our own names


def _rows(connection: Connection, table: Table) -> list[dict[str, object]]:
    rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
    return [dict(row) for row in rows]


def pytest_sessionfinish() -> None:
    """Drop the databases made for this run."""
    portal = _apps.get("postgresql")
    if portal is None:
        return
    with portal.app_context():
        db.engine.dispose()
    drop_database("portal")
