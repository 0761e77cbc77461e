"""Migrations: one head, the way up, down and up again, and tables as the models say."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, text

from cchc_portal.app import create_app
from cchc_portal.core.db import db
from cchc_portal.directives.models import Assignment
from cchc_portal.initiatives.models import Answer
from tests import databases
from tests.architecture.sources import PACKAGE
from tests.factories.accounts import make_unit
from tests.factories.comments import make_comment
from tests.factories.directives import make_citation, make_directive
from tests.factories.initiatives import make_initiative

MIGRATIONS = PACKAGE / "migrations"
KEPT_BY_ALEMBIC = {"alembic_version"}


@pytest.fixture(params=databases.BOTH)
def empty_portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    name = f"cchc_migrations_{secrets.token_hex(4)}"
    address = f"sqlite:///{tmp_path / 'portal.db'}"
    server = create_engine(databases.psycopg("/postgres"), isolation_level="AUTOCOMMIT")
    if request.param == "postgresql":
        address = databases.psycopg(f"/{name}")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    portal = create_app({"TESTING": True, "DATA_DIR": tmp_path, "SQLALCHEMY_DATABASE_URI": address})
    with portal.app_context():
        yield portal
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgresql":
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def test_migrations_have_one_head_and_run_in_order() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    numbers = [revision.revision for revision in script.walk_revisions()]

    assert script.get_heads() == numbers[:1]
    assert numbers == sorted(numbers, reverse=True)


def test_migrated_tables_are_those_of_the_models(empty_portal: Flask) -> None:
    upgrade()

    with db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.metadata)

    assert differences == []


def test_migrations_go_down_and_up_again(empty_portal: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names())
    upgrade()

    assert left - KEPT_BY_ALEMBIC == set()
    assert set(inspect(db.engine).get_table_names()) - KEPT_BY_ALEMBIC == set(db.metadata.tables)


def test_migrations_keep_the_rows_that_point_at_rebuilt_tables(empty_portal: Flask) -> None:
    upgrade()
    letter, initiative = make_directive(), make_initiative()
    initiative.answers = [Answer(item=letter.items[0], sentence="Nhanh hơn.")]
    make_comment(initiative)
    db.session.commit()
    tables = ("directive_item", "answer", "initiative", "initiative_author", "comment", "user")

    before = _counts(tables)
    db.session.remove()
    downgrade(revision="0004")  # below it a catalogue goes to which rows point
    upgrade()

    assert _counts(tables) == before
    assert min(before.values()) > 0


def _counts(tables: tuple[str, ...]) -> dict[str, int]:
    there = inspect(db.engine).get_table_names()
    with db.engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608  our own names
            for name in tables
            if name in there
        }


def test_register_is_filled_from_letters_that_were_there(empty_portal: Flask) -> None:
    upgrade()
    letter = make_directive(number="124", symbol="UBND-NV", issuer="UBND thị xã", month=2, year=2023)
    letter.items[0].assignments = [Assignment(words="Văn phòng", unit=make_unit("VPTK"))]
    make_citation(letter, number="01-NQ/TU")
    db.session.commit()
    before = _register()
    db.session.remove()

    downgrade(revision=_before("directive_register"))
    upgrade()

    after = _register()
    assert after[0] == before[0]
    assert after[0][:4] == ("124 ubnd nv", "ubnd thi xa", "2023-02-01", "1 nq tu")
    assert after[1] == ("1",)  # whom it is addressed to is read from its items


def _register() -> list[tuple[str, ...]]:
    query = """
        SELECT code_key, issuer_key, CAST(directive.issued_on AS varchar), citation.key, searched, text_key,
               CAST(registered_on AS varchar)
        FROM directive JOIN citation ON citation.directive_id = directive.id
    """
    units = "SELECT CAST(count(*) AS varchar) FROM addressed_unit"
    with db.engine.connect() as connection:
        return [tuple(row) for statement in (query, units) for row in connection.execute(text(statement))]


def _before(name: str) -> str:
    script = ScriptDirectory(str(MIGRATIONS))
    found = next(one for one in script.walk_revisions() if name in one.path)
    return str(found.down_revision)
