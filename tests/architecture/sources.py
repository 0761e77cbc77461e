"""The code base as data: files, syntax trees, templates, routes."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cchc_portal"
TEMPLATES = ROOT / "templates"
TESTS = ROOT / "tests"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax trees of the product: path below the root -> tree."""
    paths = [ROOT / "wsgi.py", *PACKAGE.rglob("*.py")]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(paths)}


@cache
def templates() -> dict[str, str]:
    """Return the templates: path below the folder of templates -> source."""
    return {str(path.relative_to(TEMPLATES)): path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))}


@cache
def tracked_files() -> list[Path]:
    """Return what belongs to the product; the files on disk where there is no repository."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for folder in (PACKAGE, TEMPLATES, TESTS) for path in folder.rglob("*") if path.is_file()]


def functions() -> Iterator[tuple[str, FunctionNode]]:
    """Yield every function of the product with the place where it stands."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, FunctionNode):
                yield f"{path}:{node.lineno} {node.name}", node


def code_lines(node: FunctionNode) -> int:
    """Count the lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield every call inside a node."""
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def called_name(call: ast.Call) -> str:
    """Return what is called as it is written."""
    return ast.unparse(call.func)


def decorators(node: FunctionNode) -> list[str]:
    """Return the decorators as they are written."""
    return [ast.unparse(decorator) for decorator in node.decorator_list]


def is_view(node: FunctionNode) -> bool:
    """Say whether a function answers an address."""
    return any(
        re.match(r"\w+\.(get|post|put|delete|patch|route)\(", decorator) for decorator in decorators(node)
    )
