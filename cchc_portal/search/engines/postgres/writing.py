"""Writing the index in PostgreSQL: one writer at a time, a rebuild beside the tables in use."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, text

from cchc_portal.search.analysis import Dictionary
from cchc_portal.search.engines import Document
from cchc_portal.search.engines.postgres import tables
from cchc_portal.search.engines.postgres.filing import row
from cchc_portal.search.engines.postgres.tables import EVERYTHING, LAST

BATCH = 500
STALE = 0.05  # of the documents may have changed before terms are counted anew

_COLUMNS = "key, terms, audience, facets, stamp, votes, adoptions, revision"
# Terms met for the first time are known at once; how often they occur is counted later.
_MEET = text("""
INSERT INTO search_index.term (term, documents)
SELECT DISTINCT lexeme, 1 FROM search_index.document, unnest(terms) WHERE key = ANY(:keys)
ON CONFLICT DO NOTHING
""")
_INSERT = (
    "INSERT INTO search_index.{table} ({columns}) VALUES"
    " (:key, CAST(:terms AS tsvector), :audience, :facets, :stamp, :votes, :adoptions, :revision)"
)


class Writer:
    """Writes the index in a database.

    Args:
        engine: returns the database's connections.
        dictionary: returns the abbreviations and synonyms to file under.
    """

    def __init__(self, engine: Callable[[], Engine], dictionary: Callable[[], Dictionary]) -> None:
        self._engine = engine
        self._dictionary = dictionary

    def check(self) -> None:
        """Make sure that there is an index of this version.

        Raises:
            Damaged: there is none; it must be rebuilt.
        """
        with self._engine().connect() as connection:
            tables.check(connection)

    def update(self, documents: Collection[Document], *, gone: Collection[str] = ()) -> None:
        """File some documents, replacing those of the same key, and forget others, in one transaction.

        Raises:
            Busy: another process is writing.
            Damaged: there is no sound index to add to.
        """
        unique = {document.key: document for document in documents}
        rows = self._rows(unique.values())  # before others have to wait
        with self._turn() as connection:
            tables.check(connection)
            old = text("DELETE FROM search_index.document WHERE key = ANY(:keys)")
            connection.execute(old, {"keys": [*unique, *gone]})
            _insert(connection, "document", rows)
            connection.execute(_MEET, {"keys": list(unique)})

    def tidy(self) -> bool:
        """Count terms anew if many documents have changed since; return whether they had. For idle moments."""
        with self._turn() as connection:
            tables.check(connection)
            if not _is_stale(connection):
                return False
            tables.count_terms(connection)
        with self._engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE search_index.document")
        return True

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the present one and switch to it; return how many documents.

        Raises:
            Busy: another process is writing.
        """
        engine = self._engine()
        with engine.connect() as turn:  # its transaction, and so the turn, lasts until the switch
            tables.take_turn(turn)
            tables.make(engine)
            count = self._fill(engine, iter(documents))
            tables.publish(engine)
        return count

    def _fill(self, engine: Engine, documents: Iterator[Document]) -> int:
        count = 0
        while batch := list(islice(documents, BATCH)):
            with engine.begin() as connection:
                _insert(connection, "new_document", self._rows(batch))
            count += len(batch)
        return count

    def _rows(self, documents: Iterable[Document]) -> list[dict[str, Any]]:
        dictionary = self._dictionary()
        return [row(document, dictionary) for document in documents]

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        with self._engine().begin() as connection:
            tables.take_turn(connection)
            yield connection


def _insert(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(text(_INSERT.format(table=table, columns=_COLUMNS)), rows)


def _is_stale(connection: Connection) -> bool:
    """Say whether more was filed since terms were counted than the share that is let pass."""
    counted = {row.term: row.documents for row in connection.execute(_COUNTED, {"names": [EVERYTHING, LAST]})}
    last = connection.scalar(text("SELECT coalesce(max(id), 0) FROM search_index.document"))
    return bool(last - counted[LAST] > STALE * counted[EVERYTHING])


_COUNTED = text("SELECT term, documents FROM search_index.term WHERE term = ANY(:names)")
