"""On which databases a test runs.

A test that asks for `app` runs on SQLite and on PostgreSQL, unless its room stands in `ROOMS`: what lives
there writes no SQL of its own, and the queries and operations below it are tested on both. Each page is
drawn on PostgreSQL all the same, by the matrix. A single test may say otherwise with `on(…)`.
"""

import os
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432")
BOTH = ("sqlite", "postgresql")
ROOMS = {  # the first that fits
    "test_matrix.py": ("sqlite",),
    "web/test_hostile.py": BOTH,  # numbers and letters that only one of them refuses
    "web/test_transaction.py": BOTH,
    "web/test_errors.py": BOTH,
    "cli/test_*bulk*.py": BOTH,  # they insert by the thousand, past the operations
    "cli/test_search.py": BOTH,
    "web/*": ("sqlite",),
    "cli/*": ("sqlite",),
    "admin/*": ("sqlite",),
    "*/test_*views.py": ("sqlite",),
    "*/test_rules.py": ("sqlite",),
}


def on(*databases: str) -> pytest.MarkDecorator:
    """Return a mark for a test that is about some databases, wherever it stands."""
    return pytest.mark.parametrize("app", databases, indirect=True)


def of_room(path: Path) -> tuple[str, ...]:
    """Return the databases for the tests of a file."""
    return next((found for pattern, found in ROOMS.items() if path.match(f"tests/{pattern}")), BOTH)


def psycopg(path: str) -> str:
    """Return the address of a database on the server of the tests."""
    return SERVER.replace("postgresql://", "postgresql+psycopg://") + path


@cache
def is_postgresql_reached() -> bool:
    """Say whether there is a server."""
    engine = create_engine(psycopg("/postgres"), connect_args={"connect_timeout": 2})
    try:
        with engine.connect():
            return True
    except OperationalError:
        return False
    finally:
        engine.dispose()
