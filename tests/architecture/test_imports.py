"""Imports stand at the top; the few inside functions have their reason."""

import ast

from tests.architecture.sources import functions

LATE = {
    "cchc_portal/cli/server.py": "a command needs one of the two servers, and neither when it tests",
    "cchc_portal/search/engines/whoosh/arrays/__init__.py": "only large indexes are kept as arrays as well",
    "cchc_portal/storage/backends/__init__.py": "object storage takes half a second to load and few need it",
    "cchc_portal/storage/formats/child.py": "the child process loads what the file at hand needs",
}


def test_imports_stand_at_the_top() -> None:
    late = {place.partition(":")[0] for place, node in functions() if _imports(node)}

    assert late == set(LATE)


def _imports(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
