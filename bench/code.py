"""Size of the code: lines of code without blanks, comments and docstrings."""

import ast
import io
import statistics
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import tables
from bench.servers import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef
VERBS = {"get", "post", "put", "delete", "route"}
QUIET = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def measure() -> None:
    """Print medians and 90th percentiles beside the manner of the house."""
    sources = {path: path.read_text("utf-8") for path in _python("cchc_portal")}
    tests = sum(len(_code_lines(path.read_text("utf-8"))) for path in _python("tests"))
    functions = [found for text in sources.values() for found in _functions(text)]
    templates = [_filled(path.read_text("utf-8")) for path in sorted((ROOT / "templates").rglob("*.html"))]
    files = [lines for text in sources.values() if (lines := len(_code_lines(text)))]
    rows = [
        _row("functions", [size for size, _ in functions], "6 / 20, none over 40"),
        _row("views", [size for size, is_view in functions if is_view], "8 / 15"),
        _row("files", files, "90 / 300, none over 450"),
        _row("templates", templates, "20 / 60, none over 150"),
    ]
    tables.show("Code lines", ("what", "number", "median", "90 %", "longest", "manner"), rows)
    print(f"test lines per code line: {tests / sum(files):.2f} (manner: 1.4 to 2.1)")


def _row(name: str, sizes: Sequence[int], manner: str) -> list[str]:
    tenth = statistics.quantiles(sizes, n=10)[-1]
    return [name, str(len(sizes)), f"{statistics.median(sizes):g}", f"{tenth:.0f}", str(max(sizes)), manner]


def _python(folder: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def _functions(text: str) -> Iterator[tuple[int, bool]]:
    """Yield the code lines of every function's body and signature, and whether it is a view."""
    lines = _code_lines(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            end = node.end_lineno or node.lineno
            yield sum(node.lineno <= line <= end for line in lines), any(map(_is_route, node.decorator_list))


def _is_route(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(call, ast.Attribute) and call.attr in VERBS and "blueprint" in ast.unparse(call.value)


def _code_lines(text: str) -> set[int]:
    """Return the numbers of the lines that hold code."""
    said = {line for node in ast.walk(ast.parse(text)) for line in _docstring(node)}
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in QUIET:
            found.update(range(token.start[0], token.end[0] + 1))
    return found - said


def _docstring(node: ast.AST) -> range:
    if isinstance(node, Function | ast.ClassDef | ast.Module) and ast.get_docstring(node) is not None:
        first = node.body[0]
        return range(first.lineno, (first.end_lineno or first.lineno) + 1)
    return range(0)


def _filled(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())
