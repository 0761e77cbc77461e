"""The tables of the index, in a schema of their own: a cache beside the portal's tables.

They are no part of the migrations, for they can be thrown away at any time: a rebuild makes new
ones beside those in use and changes their names in one transaction. Which version of the analysis
filled them stands in a comment on the table, and so changes with its name.
"""

import json

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from cchc_portal.search import analysis
from cchc_portal.search.engines import Busy, Damaged

# Raise it whenever the tables or what is filed in them change.
SCHEMA_VERSION = 1
VERSIONS = json.dumps({"schema": SCHEMA_VERSION, "analysis": analysis.VERSION})

LOCK = 7_265_612_301  # any number that no other advisory lock of the portal has
LOCK_SECONDS = 5.0
# Two rows among the terms that no text can hold: how many documents there were when they were
# counted, and the last of them; every change files a document under a new number.
EVERYTHING, LAST = "", " "

_MAKE = """
CREATE SCHEMA IF NOT EXISTS search_index;
DROP TABLE IF EXISTS search_index.new_document, search_index.new_term;
CREATE TABLE search_index.new_document (
    id bigserial PRIMARY KEY,
    key text NOT NULL UNIQUE,
    terms tsvector COMPRESSION lz4 NOT NULL,
    audience text[] NOT NULL,
    facets text[] NOT NULL,
    stamp bigint NOT NULL,
    votes integer NOT NULL,
    adoptions integer NOT NULL,
    revision integer NOT NULL
);
CREATE TABLE search_index.new_term (
    term text COLLATE "C" PRIMARY KEY,
    documents bigint NOT NULL
);
"""

# Filled tables are indexed several times faster than indexed tables are filled.
_INDEX = """
CREATE INDEX ON search_index.new_document USING gin (terms);
CREATE INDEX ON search_index.new_document USING gin (audience);
CREATE INDEX ON search_index.new_document USING gin (facets);
CREATE INDEX ON search_index.new_document (stamp);
"""

_SWITCH = """
DROP TABLE IF EXISTS search_index.document, search_index.term;
ALTER TABLE search_index.new_document RENAME TO document;
ALTER TABLE search_index.new_term RENAME TO term;
"""

_COUNT_TERMS = """
INSERT INTO search_index.{table} (term, documents)
SELECT word, ndoc FROM ts_stat('SELECT terms FROM search_index.{source}')
UNION ALL SELECT '{everything}', count(*) FROM search_index.{source}
UNION ALL SELECT '{last}', coalesce(max(id), 0) FROM search_index.{source}
ON CONFLICT (term) DO UPDATE SET documents = excluded.documents
"""


def make(engine: Engine) -> None:
    """Make empty tables beside those in use, or empty those of a rebuild that never ended."""
    with engine.begin() as connection:
        connection.exec_driver_sql(_MAKE)


def publish(engine: Engine) -> None:
    """Let everybody read the new tables from now on; the old ones are gone."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a province takes minutes
        connection.exec_driver_sql(_INDEX)
        _count(connection, table="new_term", source="new_document")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE search_index.new_document")
    with engine.begin() as connection:
        connection.exec_driver_sql(_SWITCH)
        connection.exec_driver_sql(f"COMMENT ON TABLE search_index.document IS '{VERSIONS}'")


def count_terms(connection: Connection) -> None:
    """Count anew in how many documents each term stands, which ranking weighs terms by."""
    _count(connection, table="term", source="document")


def check(connection: Connection) -> None:
    """Make sure that there is an index of this version.

    Raises:
        Damaged: there is none.
    """
    found = connection.scalar(text("SELECT obj_description(to_regclass('search_index.document'))"))
    if found != VERSIONS:
        raise Damaged("no index" if found is None else "the index is of another version")


def take_turn(connection: Connection, *, whole_session: bool = False) -> None:
    """Wait until nobody else writes; the turn ends with the transaction, or with the connection.

    Raises:
        Busy: another process goes on writing.
    """
    kind = "" if whole_session else "_xact"
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS:g}s'")
    try:
        connection.execute(text(f"SELECT pg_advisory{kind}_lock(:lock)"), {"lock": LOCK})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == "55P03":  # lock_not_available
            raise Busy from error
        raise


def _count(connection: Connection, *, table: str, source: str) -> None:
    counted = _COUNT_TERMS.format(table=table, source=source, everything=EVERYTHING, last=LAST)
    connection.exec_driver_sql(counted)
