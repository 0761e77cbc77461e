"""Nothing is longer than a person reads at once."""

import warnings
from pathlib import Path

from tests.architecture.sources import ROOT, code_lines, functions, is_view, modules, templates

LONGEST_FUNCTION = 40
LONGEST_VIEW = 15
LONG_FILE = 300
LONGEST_FILE = 450
LONGEST_TEMPLATE = 150
RECORDS = "cchc_portal/migrations/versions/"  # a migration is a record of tables, not code to read


def test_functions_are_short() -> None:
    long = {
        place: lines
        for place, node in functions()
        if (lines := code_lines(node)) > LONGEST_FUNCTION and not place.startswith(RECORDS)
    }

    assert long == {}


def test_views_are_shorter() -> None:
    long = {
        place: lines
        for place, node in functions()
        if is_view(node) and (lines := code_lines(node)) > LONGEST_VIEW
    }

    assert long == {}


def test_files_are_short() -> None:
    sizes = {path: _code_lines(ROOT / path) for path in modules() if not path.startswith(RECORDS)}
    for path, lines in sizes.items():
        if lines > LONG_FILE:
            warnings.warn(f"{path} grows long: {lines} lines", PendingDeprecationWarning, stacklevel=1)

    assert {path: lines for path, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_templates_are_short() -> None:
    long = {
        name: lines for name, source in templates().items() if (lines := _filled(source)) > LONGEST_TEMPLATE
    }

    assert long == {}


def _code_lines(path: Path) -> int:
    lines = [line.strip() for line in path.read_text().splitlines()]
    return sum(1 for line in lines if line and not line.startswith("#"))


def _filled(source: str) -> int:
    return sum(1 for line in source.splitlines() if line.strip())
