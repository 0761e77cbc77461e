"""A database that is held by somebody else: reading goes on, writing holds the text and says when to try again."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.journeys.conftest import Portal, start_portal
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120), pytest.mark.xdist_group("browser")]

PATIENCE = 12  # seconds: 10 promised, and a slow machine


@pytest.fixture
def portal(demo_data: Path, workplace: Path) -> Iterator[Portal]:
    copy = workplace / "faults"
    shutil.copytree(demo_data, copy, dirs_exist_ok=True)
    running = start_portal(copy)
    yield running
    running.stop()
    shutil.rmtree(copy)


def test_locked_database_is_read_and_refuses_writes_soon(portal: Portal) -> None:
    clerk = Visitor(portal.address, "canbo.tckt")
    with closing(sqlite3.connect(portal.data / "portal.db", isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        before = time.monotonic()

        page = clerk.get("/initiatives")
        with pytest.raises(HTTPError) as refused:
            clerk.post("/initiatives", kind="model", entry_mode="propose", title="Trong lúc bận")

        took = time.monotonic() - before
        base.execute("ROLLBACK")
    assert "<main" in page
    assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "5")
    assert 'value="Trong lúc bận"' in refused.value.read().decode()
    assert took < PATIENCE


def test_portal_writes_again_once_the_database_is_free(portal: Portal) -> None:
    clerk = Visitor(portal.address, "canbo.tckt")
    with closing(sqlite3.connect(portal.data / "portal.db", isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        with pytest.raises(HTTPError) as refused:
            clerk.post("/initiatives", kind="model", entry_mode="propose", title="Trong lúc bận")
        refused.value.close()
        base.execute("ROLLBACK")

    where = clerk.post("/initiatives", kind="model", entry_mode="propose", title="Khi đã rảnh")

    assert where.endswith("/draft")
    with closing(sqlite3.connect(portal.data / "portal.db")) as base:
        titles = base.execute("SELECT title FROM initiative WHERE title IN ('Trong lúc bận', 'Khi đã rảnh')")
        assert titles.fetchall() == [("Khi đã rảnh",)]
