import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from cchc_portal import audit
from cchc_portal.app import create_app
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import State
from cchc_portal.search import index, indexer
from tests.factories.initiatives import make_initiative
from tests.search.conftest import throw_index_away


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    throw_index_away(app)
    indexer.rebuild()
    return app.test_cli_runner()


def rebuild(runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["search", "rebuild"]).exit_code == 0


def test_query_prints_what_staff_finds(runner: FlaskCliRunner) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Trả kết quả tại nhà")
    make_initiative(state=State.WITHDRAWN, title="Trả kết quả kín")
    rebuild(runner)

    result = runner.invoke(args=["search", "query", "tra ket qua", "--json", "--limit", "5"])

    rows = json.loads(result.stdout)
    assert [(row["code"], row["title"]) for row in rows] == [(made.code, "Trả kết quả tại nhà")]
    assert set(rows[0]) == {"code", "title", "score", "snippet"}


def test_query_needs_no_worker(app: Flask) -> None:
    throw_index_away(app)
    made = make_initiative(state=State.PUBLISHED, title="Trả kết quả tại nhà")
    audit.record("initiative.submitted", on=made, by=None)
    db.session.commit()

    result = app.test_cli_runner().invoke(args=["search", "query", "ket qua", "--json"])

    assert [row["code"] for row in json.loads(result.stdout)] == [made.code]


def test_query_reads_one_query_a_line(runner: FlaskCliRunner) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Trả kết quả tại nhà")
    rebuild(runner)

    result = runner.invoke(args=["search", "query", "-"], input="tra ket qua\n\nxyz\n")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [[row["code"] for row in rows] for rows in lines] == [[made.code], [made.code], []]


def test_query_prints_lines_to_read(runner: FlaskCliRunner) -> None:
    make_initiative(state=State.PUBLISHED, title="Trả kết quả tại nhà")
    rebuild(runner)

    assert "Trả kết quả tại nhà" in runner.invoke(args=["search", "query", "tai nha"]).stdout
    assert "Không tìm thấy" in runner.invoke(args=["search", "query", "xyz"]).stdout


def test_check_is_content_after_a_rebuild(runner: FlaskCliRunner) -> None:
    make_initiative(state=State.PUBLISHED)
    rebuild(runner)

    assert runner.invoke(args=["search", "check"]).exit_code == 0


def test_check_lists_what_differs(runner: FlaskCliRunner) -> None:
    stale, missing = make_initiative(state=State.PUBLISHED), make_initiative(state=State.PUBLISHED)
    rebuild(runner)
    stale.title = "Đã đổi mà chưa ai hay"
    db.session.commit()
    index.current().writer.update([], gone=[f"initiative:{missing.id}"])

    result = runner.invoke(args=["search", "check"])

    assert result.exit_code == 1
    assert result.stdout.split() == [f"initiative:{stale.id}", f"initiative:{missing.id}"]


def test_check_says_how_to_mend_a_missing_index(app: Flask, runner: FlaskCliRunner) -> None:
    throw_index_away(app)

    result = runner.invoke(args=["search", "check"])

    assert result.exit_code == 1
    assert "search rebuild" in result.stderr


@pytest.mark.parametrize("arguments", [["query"], ["query", "a", "--limit", "0"], ["nothing"]])
def test_bad_input_ends_without_a_traceback(runner: FlaskCliRunner, arguments: list[str]) -> None:
    result = runner.invoke(args=["search", *arguments])

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_help_has_an_example(runner: FlaskCliRunner) -> None:
    invoke: Callable[..., object] = runner.invoke
    for command in ("query", "rebuild", "check"):
        assert "Example: flask --app wsgi search" in invoke(args=["search", command, "--help"]).output  # type: ignore[attr-defined]


@pytest.mark.parametrize("args", [("query", "sáng kiến"), ("rebuild",), ("check",)])
def test_a_database_without_tables_is_one_line_of_advice(tmp_path: Path, args: tuple[str, ...]) -> None:
    runner = create_app(
        {"DATA_DIR": tmp_path, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/empty.db"}
    ).test_cli_runner()

    result = runner.invoke(args=["search", *args])

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "db upgrade" in result.stderr
