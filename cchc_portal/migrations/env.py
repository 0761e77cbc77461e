"""How Alembic reaches the portal's database: one migration at a time, foreign keys off in SQLite."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import text
from sqlalchemy.engine import Connection

from cchc_portal.core.db import UtcDateTime, db, write_intent

LOCK = 4_277_002  # any number but the event trail's


def render_item(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types into migrations as what they are for the database."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction, so that a killed one leaves nothing behind."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_sqlite(connection: Connection) -> None:
    """Migrate SQLite: with foreign keys on, rebuilding a table would delete its children."""
    # Straight to the driver: every statement begins a transaction, and in one SQLite passes the word over.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    with write_intent(), connection.begin():
        migrate(connection)
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            raise RuntimeError(f"the migration would break {len(broken)} references")
    driver.execute("PRAGMA foreign_keys=ON")


def run_server(connection: Connection) -> None:
    """Migrate PostgreSQL; a second process waits and then finds nothing to do."""
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        migrate(connection)


with db.engine.connect() as link:
    (run_sqlite if link.dialect.name == "sqlite" else run_server)(link)
