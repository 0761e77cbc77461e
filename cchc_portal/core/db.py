"""The database: declarative base, naming of constraints, column types, the one unit of work."""

import enum
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, Enum, MetaData, Row, bindparam, event, inspect, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_T = TypeVar("_T")
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """Mother of all tables; constraints get names so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    from flask_sqlalchemy.model import Model as _Model

    class Model(Base, _Model):
        """What every table class inherits."""

        __abstract__ = True

else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC on both sides, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite keeps UTC without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(kind: type[enum.StrEnum], *, name: str) -> Enum:
    """Return a column type that keeps the enum's values and lets the database check them.

    Args:
        kind: the enum; its values are what is stored.
        name: name of the CHECK constraint within the table.
    """
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def insert_once(table: type[Base], *rows: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """Insert rows unless their unique key is taken, in one statement; return those that are new.

    Of two transactions that race to the same key the second waits and then inserts nothing.

    Args:
        table: where to.
        rows: column name -> value, the same columns in each.
    """
    if not rows:
        return []
    return db.session.execute(_insert_once(table, db.engine.dialect.name), list(rows)).all()


def count_up(thing: Any, name: str, change: int) -> None:
    """Add to a stored number in one statement, so that it is exact whoever races.

    Args:
        thing: a row that is in the database.
        name: the column; the thing carries the new number afterwards.
        change: what is added, negative to count down.
    """
    table: type[Base] = type(thing)
    moved = _count_up(table, name)
    number = db.session.scalar(moved, {"thing_id": thing.id, "change": change})
    set_committed_value(thing, name, number)


@cache
def _insert_once(table: type[Any], dialect: str) -> ReturningInsert[Any]:
    insert = (postgresql if dialect == "postgresql" else sqlite).insert
    # On the table, not the class: the rows that come back are read and let go, no objects of the session.
    made: ReturningInsert[Any] = insert(table.__table__).on_conflict_do_nothing().returning(table.__table__)
    return made


@cache
def _count_up(table: type[Base], name: str) -> ReturningUpdate[int]:
    # On the table, not the class: the session need not look for rows to bring up to date.
    rows = table.__table__
    moved = update(rows).where(rows.c.id == bindparam("thing_id"))  # type: ignore[arg-type]
    return moved.values({name: rows.c[name] + bindparam("change")}).returning(rows.c[name])


@contextmanager
def write_intent() -> Iterator[None]:
    """Let transactions that begin inside take SQLite's write lock at once.

    A transaction that reads first and writes later fails with "database is locked" as soon as
    another has written in between; one that begins IMMEDIATE waits for its turn instead.
    """
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what was done inside, or roll all of it back if it raises."""
    with write_intent():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def kept_apart() -> Iterator[None]:
    """Commit what is done inside although the running request will be refused and rolled back.

    For the few things that must outlive a refusal, a failed sign-in say. What the request had
    done so far is rolled back first.
    """
    db.session.rollback()
    with unit_of_work():
        yield


def hold_row(thing: _T, *columns: str) -> _T:
    """Keep others from changing a row until the commit; return it as it stands now.

    On PostgreSQL a second act waits here and then meets what the first has left; on SQLite requests
    that write take turns from their beginning, so there is nothing to ask again.

    Args:
        thing: the row; one that is not stored yet is nobody else's.
        columns: what others may have changed and this act depends on.
    """
    if db.engine.dialect.name != "sqlite" and inspect(thing).persistent:
        db.session.flush()
        db.session.refresh(thing, attribute_names=columns, with_for_update={"of": type(thing)})
    return thing


def let_others_write() -> None:
    """End the running transaction, which must not have changed anything yet.

    For requests that look something up, then work slowly outside the database, and write last:
    meanwhile SQLite's only write lock is free. What was loaded is loaded anew when used again.
    """
    db.session.rollback()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's "begin" below says when and how
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a power cut must not take what was acknowledged
        "foreign_keys=ON",
        "busy_timeout=8000",
        "temp_store=MEMORY",
        "cache_size=-1000",  # KiB for each connection of each process; the system keeps the file once for all
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
