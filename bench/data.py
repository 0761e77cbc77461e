"""The data sets, made once by `demo bulk` and kept for the next measurement."""

import shutil
import sqlite3
import tempfile
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from bench import limit, servers

SEED = 1
PEOPLE = {1_000: 50, 10_000: 5_000, 100_000: 50_000}
MIGRATIONS = servers.ROOT / "cchc_portal" / "migrations" / "versions"
KEPT = Path(tempfile.gettempdir()) / "cchc-bench"
PASSWORD = "cchc-demo-2023"  # noqa: S105  of the demonstration


@dataclass(frozen=True)
class DataSet:
    """A portal's data folder for one run, and the bare program's database with the same rows.

    Args:
        size: number of initiatives.
        folder: where both lie.
    """

    size: int
    folder: Path

    @property
    def database(self) -> Path:
        """The portal's database."""
        return self.folder / "portal.db"

    @property
    def limit_database(self) -> Path:
        """The bare program's database."""
        return self.folder / "limit.db"

    @property
    def log(self) -> Path:
        """Where the servers write."""
        return self.folder / "bench.log"

    def ask(self, query: str, *values: object) -> list[tuple[int, ...]]:
        """Return the rows of a query to the portal's database."""
        with sqlite3.connect(self.database) as connection:
            return connection.execute(query, values).fetchall()

    def person(self, number: int) -> tuple[str, int]:
        """Return name and id of the account of a person of the volume."""
        name = username(number)
        return name, self.ask("SELECT id FROM user WHERE username = ?", name)[0][0]

    def discussed(self) -> int:
        """Return the initiative with the longest discussion."""
        return self.ask("SELECT id FROM initiative ORDER BY comment_count DESC, id LIMIT 1")[0][0]

    def to_vote_on(self, user_id: int) -> deque[int]:
        """Return the open initiatives of others that a person has not voted on."""
        query = """
            SELECT id FROM initiative WHERE state NOT IN ('draft', 'withdrawn') AND awaits_confirmation = 0
            AND created_by_id <> ? AND id NOT IN (SELECT initiative_id FROM author WHERE user_id = ?)
            AND id NOT IN (SELECT initiative_id FROM vote WHERE user_id = ?) ORDER BY id DESC LIMIT 2000
        """
        return deque(row[0] for row in self.ask(query, user_id, user_id, user_id))


def username(number: int) -> str:
    """Return the account of a person of the volume."""
    return f"canbo.{SEED}.{number:06}"


def prepare(size: int, *, into: Path) -> DataSet:
    """Make a data set, or take the kept one, and copy it into a folder that the run may change."""
    kept = KEPT / f"{size}-{PEOPLE[size]}-{_newest_migration()}"
    if not (kept / "whole").exists():
        _make(size, kept)
    folder = into / str(size)
    shutil.copytree(kept, folder)
    limit.copy_from(folder / "portal.db", folder / "limit.db")
    return DataSet(size, folder)


def _newest_migration() -> str:
    """Return the number of the newest migration; what was made before it is of no use any more."""
    return max(path.name for path in MIGRATIONS.glob("[0-9]*.py")).partition("_")[0]


def _make(size: int, folder: Path) -> None:
    print(f"Making {size:,} initiatives by {PEOPLE[size]:,} people in {folder} …", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    volume = ["--initiatives", str(size), "--users", str(PEOPLE[size]), "--seed", str(SEED)]
    for command in (["db", "upgrade"], ["demo", "load"], ["demo", "bulk", *volume], ["search", "rebuild"]):
        servers.run(command, folder)
    (folder / "whole").touch()
