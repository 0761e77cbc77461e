"""The rows of a file: XLSX, CSV, or JSON with one object a line."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import clean, clean_line
from cchc_portal.imports.columns import COLUMN
from cchc_portal.storage.formats import read_table
from cchc_portal.storage.heads import WITHIN, find_heads

MOST_ROWS = 20_000
MOST_LINES = 200_000  # of a file, empty ones counted
MOST_COLUMNS = 200
LONGEST_HEAD = 100
FEWEST_HEADS = 2
LARGEST = 200 * 1024 * 1024  # bytes of a CSV or JSONL file
LONGEST_CELL = 200_000  # characters
NO_HEADS = N_("Không thấy dòng tiêu đề có cột “Tên sáng kiến”. Hãy đặt tên các cột ở dòng đầu tiên.")
NO_ROWS = N_("Tệp chưa có dòng nào để nhập.")
TOO_MANY = N_("Tệp có hơn 20.000 dòng. Hãy chia thành nhiều tệp nhỏ hơn.")
TOO_LARGE = N_("Tệp lớn hơn 200 MB. Hãy chia thành nhiều tệp nhỏ hơn.")
NOT_UTF8 = N_("Tệp không ở dạng chữ Unicode (UTF-8). Hãy lưu lại tệp theo UTF-8 rồi thử lại.")
BAD_JSON = N_("Tệp JSONL phải có mỗi dòng là một đối tượng JSON trong dấu { }.")
UNREADABLE = N_("Không đọc được bảng này. Hãy lưu lại dưới dạng XLSX hoặc CSV rồi thử lại.")

_T = TypeVar("_T")


@dataclass(frozen=True)
class Sheet:
    """What a file holds.

    Args:
        rows: line in the file, counted from 1, and text by head.
        heads: what the columns are called, in their order, each once.
    """

    rows: Sequence[tuple[int, Mapping[str, str]]]
    heads: Sequence[str]


def read(path: Path, name: str, chosen: Mapping[str, str] | None = None) -> Sheet:
    """Return the rows of a file of past initiatives.

    Args:
        path: where the bytes are.
        name: the name the file was given by its owner; its ending says what it is.
        chosen: folded head -> column; what is told of heads beside those that are known.

    Raises:
        Invalid: no sheet, a hostile one, no heads, empty or too long.
    """
    ending = name.lower().rpartition(".")[2]
    if ending in {"jsonl", "ndjson", "json"}:
        sheet = _objects(io.StringIO(_text(path)))
    elif ending in {"csv", "tsv", "txt"}:
        sheet = _table(_csv(_text(path)), chosen or {})
    else:
        sheet = _table(read_table(path, name), chosen or {})
    if not sheet.rows:
        raise Invalid({"": NO_ROWS})
    return sheet


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise Invalid({"": TOO_LARGE})
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"": NOT_UTF8}) from None


def _csv(text: str) -> Iterator[list[str]]:
    head = text[: text.find("\n")] if "\n" in text else text
    separator = max(",;\t", key=head.count)  # Excel writes ";" where the comma is decimal
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise Invalid({"": UNREADABLE}) from None


def _table(source: Iterable[Sequence[str]], chosen: Mapping[str, str]) -> Sheet:
    table = ((number, cells[:MOST_COLUMNS]) for number, cells in _numbered(source))
    top = list(islice(table, WITHIN))
    line = _line_of_heads([cells for _number, cells in top], chosen)
    columns = _named(top[line - 1][1])
    rows = _few(
        (
            number,
            {head: text for head, at in columns.items() if at < len(cells) and (text := clean(cells[at]))},
        )
        for number, cells in chain(top[line:], table)
        if any(cell.strip() for cell in cells)
    )
    return Sheet(rows, list(columns))


def _line_of_heads(top: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> int:
    """Return the line that names a title; where none does, the first with the most cells."""
    if found := find_heads(top, {**COLUMN, **chosen}, required=["title"]):
        return found[0]
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in top]
    most = max(filled, default=0)
    if most < FEWEST_HEADS:
        raise Invalid({"": NO_HEADS})
    return filled.index(most) + 1


def _named(cells: Iterable[str]) -> dict[str, int]:
    """Return head -> where it stands; a head that comes again gets a number behind it."""
    columns: dict[str, int] = {}
    times: Counter[str] = Counter()
    for index, cell in enumerate(cells):
        if head := clean_line(cell)[:LONGEST_HEAD]:
            times[head] += 1
            columns[head if times[head] == 1 else f"{head} ({times[head]})"] = index
    return columns


def _objects(source: Iterable[str]) -> Sheet:
    heads: dict[str, None] = {}

    def row(line: str) -> dict[str, str]:
        values = _object(line)
        heads.update(dict.fromkeys(islice(values, MOST_COLUMNS)))
        return values

    rows = _few((number, row(line)) for number, line in _numbered(source) if line.strip())
    return Sheet(rows, list(islice(heads, MOST_COLUMNS)))


def _object(line: str) -> dict[str, str]:
    try:
        found = islice(json.loads(line).items(), MOST_COLUMNS)
        return {
            clean_line(head)[:LONGEST_HEAD]: clean(", ".join(_words(value)))[:LONGEST_CELL]
            for head, value in found
        }
    except (ValueError, AttributeError, RecursionError):  # no JSON, no object, nested without end
        raise Invalid({"": BAD_JSON}) from None


def _words(value: object) -> Iterator[str]:
    """Yield a value as words: a list is its elements, nothing is no word."""
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        yield from _words(list(value.values()))
    elif value is not None:
        yield str(value)


def _numbered(source: Iterable[_T]) -> Iterator[tuple[int, _T]]:
    """Yield lines with their number from 1; one that goes on and on is not read to its end."""
    for number, line in enumerate(source, start=1):
        if number > MOST_LINES:
            raise Invalid({"": TOO_MANY})
        yield number, line


def _few(rows: Iterable[_T]) -> list[_T]:
    kept = list(islice(rows, MOST_ROWS + 1))
    if len(kept) > MOST_ROWS:
        raise Invalid({"": TOO_MANY})
    return kept
