import json
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive

DEMO = Path(__file__).parents[2] / "cchc_portal" / "cli" / "demo" / "data"


def test_dry_run_prints_the_letter_and_saves_nothing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(
        args=["directive", "import", str(DEMO / "directive-2023.md"), "--dry-run", "--json"]
    )

    assert result.exit_code == 0
    assert json.loads(result.output) == json.loads((DEMO / "directive-2023.expected.json").read_text("utf-8"))
    assert db.session.query(Directive).count() == 0


def test_import_saves_a_draft(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["directive", "import", str(DEMO / "directive-2023.md")])

    assert result.exit_code == 0
    directive = db.session.query(Directive).one()
    assert (directive.is_open, directive.file_name, len(directive.items)) == (True, "directive-2023.md", 7)


@pytest.mark.parametrize(("name", "content"), [("a.txt", "xin chào"), ("b.txt", ""), ("c.exe", "MZ")])
def test_import_of_no_letter_fails_in_one_line(app: Flask, tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")

    result = app.test_cli_runner().invoke(args=["directive", "import", str(file), "--json"])

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
