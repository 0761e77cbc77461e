"""Letters of the corpus as offices send them: Word files with numbers that Word draws, pages for print."""

import re
from collections.abc import Iterable, Iterator
from html import escape

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.table import Table

from tests.factories.storage import WORD, saved

# I. · 1. · 1.1. · a) · - : the levels of one list, each starting anew below the one above it.
LEVELS = (
    ("upperRoman", "%1.", r"[IVX]{1,4}\. "),
    ("decimal", "%2.", r"\d{1,2}\. "),
    ("decimal", "%2.%3.", r"\d{1,2}\.\d{1,2}\.? "),
    ("lowerLetter", "%4)", r"[a-c]\) "),
    ("bullet", "-", r"[-*•] "),
)
_NUMBERS = 77


def word_file(text: str) -> bytes:
    """Return a letter as DOCX: the head in a table of two columns, lists numbered by Word, real tables."""
    document = docx.Document()
    _add_list(document)
    head, body = _parted(text)
    _add_table(document, [head])
    for block in _blocks(body):
        if isinstance(block, list):
            _add_table(document, block)
        else:
            _add_paragraph(document, block)
    return saved(document)


def page(text: str) -> str:
    """Return a letter as a page to be printed, its tables with lines around the cells."""
    head, body = _parted(text)
    cells = "".join(f"<td>{'<br>'.join(map(escape, cell.split(chr(10))))}</td>" for cell in head)
    pieces = [f"<table class=head><tr>{cells}</tr></table>"]
    for block in _blocks(body):
        if isinstance(block, list):
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
            pieces.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            pieces.append(f"<p>{escape(block)}</p>")
    style = (
        "body{font:14pt serif}.head td{width:50%;text-align:center;vertical-align:top}"
        "table{border-collapse:collapse;width:100%}p{margin:6pt 0;text-align:justify}"
    )
    return f"<meta charset=utf-8><style>{style}</style>{''.join(pieces)}"


def _parted(text: str) -> tuple[list[str], str]:
    """Part the lines of the head into its two columns: what stands up to the number, and the rest."""
    lines = [line.strip() for line in text.replace("**", "").replace("#", "").split("\n")]
    start = next(i for i, line in enumerate(lines) if re.match(r"[^,]{2,30}, ngày", line))
    left, right = [], []
    for line in filter(None, lines[: start + 1]):
        is_right = re.match(r"(?:CỘNG H|Độc lập|ĐẢNG CỘNG)|[^,]{2,30}, ngày", line)
        (right if is_right else left).append(line)
    return ["\n".join(left), "\n".join(right)], "\n".join(lines[start + 1 :])


def _blocks(body: str) -> Iterator[str | list[list[str]]]:
    """Yield paragraphs, and tables as rows of cells."""
    rows: list[list[str]] = []
    for line in body.split("\n"):
        if line.startswith("|"):
            if not re.fullmatch(r"[|\s:-]+", line):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            yield rows
            rows = []
        if line:
            yield line
    if rows:
        yield rows


def _add_table(document: Document, rows: Iterable[Iterable[str]]) -> None:
    listed = [list(row) for row in rows]
    table: Table = document.add_table(len(listed), max(map(len, listed)))
    for row, texts in zip(table.rows, listed, strict=True):
        for cell, words in zip(row.cells, texts, strict=False):
            first, *others = words.split("\n")
            cell.paragraphs[0].add_run(first)
            for line in others:
                cell.add_paragraph().add_run(line)


def _add_paragraph(document: Document, words: str) -> None:
    for level, (_, _, pattern) in enumerate(LEVELS):
        if match := re.match(pattern, words):
            paragraph = document.add_paragraph(words[match.end() :])
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx cannot number
            properties.append(
                parse_xml(
                    f'<w:numPr xmlns:w="{WORD}"><w:ilvl w:val="{level}"/><w:numId w:val="{_NUMBERS}"/></w:numPr>'
                )
            )
            return
    document.add_paragraph(words)


def _add_list(document: Document) -> None:
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
        for level, (form, words, _) in enumerate(LEVELS)
    )
    first = numbering.find(f"{{{WORD}}}num")
    first.addprevious(
        parse_xml(f'<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="{_NUMBERS}">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(
            f'<w:num xmlns:w="{WORD}" w:numId="{_NUMBERS}"><w:abstractNumId w:val="{_NUMBERS}"/></w:num>'
        )
    )
