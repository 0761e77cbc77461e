"""The limit: bare Flask, SQLAlchemy and SQLite, one signed-in list of 20 rows, one write of one row.

Served by gunicorn as `bench.limit:app` with the database's path in LIMIT_DATABASE; `copy_from` makes that
database out of a portal's, so that both answer from the same rows.
"""

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, abort, render_template_string, session
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

ROWS = 20
SECRET = "bench-only"  # noqa: S105  serves made-up rows on this machine
TABLES = {
    "unit": "id, name",
    "user": "id, username, full_name, unit_id",
    "initiative": "id, code, title, kind, state, result, unit_id, vote_count, comment_count, submitted_at",
    "vote": "id, initiative_id, user_id",
}
INDEXES = (
    "CREATE INDEX newest ON initiative (submitted_at, id)",
    "CREATE UNIQUE INDEX one_vote ON vote (initiative_id, user_id)",
)
PAGE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Kho sáng kiến</title></head><body>
<header><a href="/">UBND phường</a>
<form action="/search"><input name="q" type="search"><button>Tìm</button></form>
<span>{{ user.full_name }}</span></header>
<nav><ul>{% for label in menu %}<li><a href="/{{ loop.index }}">{{ label }}</a></li>{% endfor %}</ul></nav>
<main><h1>Kho sáng kiến</h1>
{% for row in rows %}<article><h2><a href="/initiatives/{{ row.id }}">{{ row.title }}</a></h2>
<p>{{ row.code }} · {{ row.kind }} · {{ row.state }} · {{ row.unit.name }} ·
{{ row.submitted_at.strftime("%d/%m/%Y") }} · {{ row.vote_count }} · {{ row.comment_count }}
{% if row.id in voted %}✓{% endif %}</p>
<p>{{ row.result|truncate(180) }}</p></article>{% endfor %}
</main></body></html>"""
MENU = ("Trang chủ", "Kho sáng kiến", "Công văn", "Tìm kiếm", "Nhân rộng", "Thông báo")


class Base(DeclarativeBase):
    """Mother of the tables."""


class Unit(Base):
    """A unit."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class User(Base):
    """A person."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    full_name: Mapped[str]


class Initiative(Base):
    """A row of the list."""

    __tablename__ = "initiative"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    result: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    vote_count: Mapped[int]
    comment_count: Mapped[int]
    submitted_at: Mapped[datetime]
    unit: Mapped[Unit] = relationship()


class Vote(Base):
    """A vote."""

    __tablename__ = "vote"
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int]
    user_id: Mapped[int]


engine = create_engine(f"sqlite:///{os.environ.get('LIMIT_DATABASE', ':memory:')}")
app = Flask(__name__)
app.secret_key = SECRET


@event.listens_for(engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA busy_timeout=8000")


@app.post("/sign-in/<int:user_id>")
def sign_in(user_id: int) -> str:
    """Remember who it is."""
    session["user"] = user_id
    return "ok"


@app.get("/")
def index() -> str:
    """Show the newest rows and which of them the person voted for."""
    with Session(engine) as db:
        user = _person(db)
        query = select(Initiative).options(joinedload(Initiative.unit)).where(Initiative.state != "withdrawn")
        rows = db.scalars(query.order_by(Initiative.submitted_at.desc(), Initiative.id.desc()).limit(ROWS))
        shown = rows.all()
        ids = [row.id for row in shown]
        mine = select(Vote.initiative_id).where(Vote.user_id == user.id, Vote.initiative_id.in_(ids))
        voted = set(db.scalars(mine))
        return render_template_string(PAGE, user=user, rows=shown, voted=voted, menu=MENU)


@app.post("/initiatives/<int:initiative_id>/vote")
def vote(initiative_id: int) -> dict[str, int]:
    """Write one row."""
    with Session(engine) as db:
        user = _person(db)
        db.add(Vote(initiative_id=initiative_id, user_id=user.id))
        db.commit()
        return {"initiative": initiative_id}


def _person(db: Session) -> User:
    user = db.get(User, session.get("user", 0))
    return user or abort(401)


def copy_from(portal: Path, target: Path) -> Path:
    """Make the limit's database out of a portal's; votes start empty, so that every write is a new row."""
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.execute("ATTACH ? AS portal", (str(portal),))
    for table, columns in TABLES.items():
        where = "WHERE code IS NOT NULL" if table == "initiative" else ""
        where = "WHERE 0" if table == "vote" else where
        key = columns.replace("id,", "id INTEGER PRIMARY KEY,", 1)
        connection.execute(f"CREATE TABLE {table} ({key})")
        connection.execute(f"INSERT INTO {table} SELECT {columns} FROM portal.{table} {where}")  # noqa: S608
    for index in INDEXES:
        connection.execute(index)
    connection.commit()
    connection.close()
    return target
