"""The text of a document about a past initiative, taken apart: title, sections, who and when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from cchc_portal.core.text import clean_line, fold_name
from cchc_portal.imports import words
from cchc_portal.initiatives.content.words import LONGEST

AT_TOP = 60  # lines in which a title may stand that nothing names
LONGEST_HEADING = 25  # words
SURE_WORDS = 3  # by which a heading is known even as one of a list
FREE_WORDS = 6  # behind the words by which a heading is known
_NUMBER = re.compile(
    r"\s*(?:(?:[IVX]{1,4}|[A-Ha-h]|\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)/:]|\d{1,2}(?:\.\d{1,2}){1,3})\s+"
)
_BULLET = re.compile(r"\s*[-+*•–]\s*")
_PLACE_AND_DAY = re.compile(r"[^,]{2,60},\s*ngày(.{0,12})tháng(.{0,8})năm\s*(\d{4})\W*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_ALONE = re.compile(r"\W*năm( học)?:? *\d{4}\W*(\d{4}\W*)?", re.IGNORECASE)
_QUOTES = " \t\"'“”‘’«».;:,"
_PHRASES = sorted(
    [
        (phrase, column, is_fact)
        for known, is_fact in ((words.FACTS, True), (words.PARTS, False))
        for column, phrases in known.items()
        for phrase in phrases
    ],
    key=lambda one: -len(one[0]),
)


def understand(text: str, path: str) -> dict[str, str]:
    """Return column -> text of a document; nothing of it is lost but the letterhead and the headings.

    Args:
        text: line by line, tables row by row between bars.
        path: folders and name of the file; tells the title and the year where the text does not.
    """
    lines = [
        line for line in (clean_line(line) for line in text.splitlines()) if line.strip(_QUOTES + "_-*…")
    ]
    reader = _Reader(lines)
    reader.read()
    texts = reader.texts()
    if not any(text for column, text in texts.items() if column != "secret"):
        texts["solution"] = "\n".join(lines)
    found = {**_day(lines, path), **reader.facts, **texts}
    found["title"] = (found.get("title") or _unnamed_title(lines) or _from_name(path))[
        : LONGEST["title"]
    ].strip()
    if kind := reader.kind or _kind(lines):
        found["kind"] = kind
    return found


@dataclass(frozen=True)
class _Heading:
    """A line that says what it or the next lines are."""

    column: str
    is_fact: bool
    words: str
    value: str
    free: int  # words behind those it is known by


@dataclass
class _Reader:
    """Goes through the lines once: facts are one line, parts go on to the next heading."""

    lines: Sequence[str]
    facts: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    _parts: dict[str, list[str]] = field(default_factory=dict)
    _top: list[str] = field(default_factory=list)
    _column: str = ""
    _name_at: int = -1  # which cell of the rows of a table is a name

    def read(self) -> None:
        """Read all lines."""
        at = 0
        while at < len(self.lines):
            heading = _heading(self.lines[at])
            at += 1
            if heading is None:
                self._keep(self.lines[at - 1])
            elif heading.is_fact:
                at = self._fact(heading, at)
            else:
                self._begin(heading, self.lines[at - 1])

    def texts(self) -> dict[str, str]:
        """Return the parts; what stands above the first belongs to it, all of it to the solution if there is none."""
        title = fold_name(self.facts.get("title", "") or _unnamed_title(self.lines))
        top = [
            line
            for line in self._top
            if not _is_letterhead(line) and not _is_sort(line) and fold_name(line) not in title
        ]
        parts = dict(self._parts) or {"solution": []}
        first = next((column for column in parts if column != "secret"), "solution")
        parts[first] = [*top, *parts.get(first, [])]
        return {column: "\n".join(lines) for column, lines in parts.items() if lines}

    def _fact(self, heading: _Heading, at: int) -> int:
        """Keep a fact; its value may stand in the next line, a title in several. Return where to go on."""
        value = heading.value
        if not value and at < len(self.lines) and not _heading(self.lines[at]):
            value, at = self.lines[at], at + 1
        if heading.column == "title":
            while at < len(self.lines) and _goes_on(value, self.lines[at]):
                value, at = f"{value} {self.lines[at]}", at + 1
            self.kind = self.kind or words.KINDS.get(heading.words, "")
        value = value.strip(_QUOTES)
        if heading.column == "authors" and "authors" in self.facts and value:
            self.facts["authors"] += f", {value}"
        elif value:
            self.facts.setdefault(heading.column, value)
        return at

    def _begin(self, heading: _Heading, line: str) -> None:
        """Begin a part; a heading of few words of its own is the field's name and need not be kept."""
        is_bare = (heading.free <= FREE_WORDS or not heading.value) and heading.column != self._column
        self._column = heading.column
        if kept := heading.value if is_bare else line:
            self._parts.setdefault(self._column, []).append(kept)
        else:
            self._parts.setdefault(self._column, [])

    def _keep(self, line: str) -> None:
        if self._is_name(line):
            return
        if self._column:
            self._parts[self._column].append(line)
        else:
            self._top.append(line)

    def _is_name(self, line: str) -> bool:
        """Take authors from the table of the application; their birthdays and posts stay in the file alone."""
        cells = [cell.strip() for cell in line.strip("| ").split("|")] if line.startswith("|") else []
        folded = [fold_name(cell) for cell in cells]
        head = next((at for at, cell in enumerate(folded) if cell.startswith(("ho va ten", "ho ten"))), -1)
        if not cells or (head >= 0 and not self._column):
            self._name_at = head
            return bool(cells)
        if not 0 <= self._name_at < len(cells):
            return False
        if not any(char.isdigit() for char in cells[self._name_at]):
            names = [self.facts.get("authors", ""), cells[self._name_at]]
            self.facts["authors"] = ", ".join(name for name in names if name)
        return True


def _heading(line: str) -> _Heading | None:
    """Return what a line announces; None for a line of text."""
    if line.startswith("|"):
        return None
    bullet, number = _BULLET.match(line), _NUMBER.match(line)
    is_bullet, is_numbered = bullet is not None, number is not None
    bare = line[before.end() :] if (before := bullet or number) else line
    head, colon, value = bare.partition(":")
    folded = fold_name(head)
    count = len(folded.split())
    if not folded or count > LONGEST_HEADING:
        return None
    if colon and folded.endswith("cong nhan sang kien"):  # "… đề nghị xét công nhận sáng kiến: …"
        return _Heading("title", is_fact=True, words="sang kien", value=value.strip(), free=0)
    for phrase, column, is_fact in _PHRASES:
        if folded == phrase or folded.startswith(phrase + " "):
            free = count - len(phrase.split())
            is_long = count - free >= SURE_WORDS
            if is_fact:
                is_heading = (colon and free <= FREE_WORDS) or (is_numbered and not free)
            elif is_bullet:
                is_heading = bool(colon) and is_long
            else:
                is_heading = _begins_part(bare, free, is_numbered=is_numbered, is_long=is_long)
            if is_heading:
                return _Heading(column, is_fact, phrase, value.strip(), free)
    return None


def _begins_part(bare: str, free: int, *, is_numbered: bool, is_long: bool) -> bool:
    """Say whether a line that begins as headings do is one, and not a sentence."""
    if ":" in bare:
        return is_numbered or is_long or free <= FREE_WORDS
    if bare.endswith((".", ";", ",")) and free > FREE_WORDS:
        return False
    return is_numbered or not free or bare.isupper()


def _goes_on(value: str, line: str) -> bool:
    """Say whether a title goes on in the next line, as in PDF files and in capitals."""
    if _heading(line) or line.startswith("|") or len(value) + len(line) > LONGEST["title"]:
        return False
    is_open = value.count("“") > value.count("”")
    return is_open or line[:1].islower() or (value.isupper() and line.isupper() and not _is_letterhead(line))


def _unnamed_title(lines: Sequence[str]) -> str:
    """Return the first line that is neither letterhead nor the name of a form, with those it goes on in."""
    top = lines[:AT_TOP]
    sort = next((at for at, line in enumerate(top) if _is_sort(line)), -1)
    for at, line in enumerate(top):
        if _heading(line):
            return ""
        is_above = _begins(line, words.ISSUERS) and (at < sort or (sort < 0 and line.isupper()))
        if not (is_above or _is_letterhead(line) or _is_sort(line) or line.startswith(("|", "("))):
            for more in top[at + 1 :]:
                if not _goes_on(line, more):
                    break
                line = f"{line} {more}"  # noqa: PLW2901  the title grows
            return line.strip(_QUOTES) if len(line) <= LONGEST["title"] else ""
    return ""


def _is_letterhead(line: str) -> bool:
    return bool(_PLACE_AND_DAY.fullmatch(line) or _YEAR_ALONE.fullmatch(line)) or _begins(
        line, words.LETTERHEAD
    )


def _begins(line: str, phrases: Sequence[str]) -> bool:
    folded = fold_name(line)
    return any(folded == begin or folded.startswith(begin + " ") for begin in phrases)


def _is_sort(line: str) -> bool:
    folded = fold_name(line)
    return folded in words.BARE_SORTS or any(folded.startswith(begin) for begin in words.SORTS)


def _kind(lines: Sequence[str]) -> str:
    """Return "initiative" for a document by which one was recognised; nothing else claims that."""
    top = " ".join(fold_name(line) for line in lines[:AT_TOP])
    return "initiative" if any(phrase in top for phrase in words.RECOGNITIONS) else ""


def _day(lines: Sequence[str], path: str) -> Mapping[str, str]:
    """Return the day of the document, else the year that a line of the top or a folder names."""
    for line in lines:
        if found := _PLACE_AND_DAY.fullmatch(line):
            day, month = ("".join(char for char in part if char.isdigit()) for part in found.groups()[:2])
            return {"submitted_on": f"{day}/{month}/{found[3]}" if day and month else "", "year": found[3]}
    short = [line for line in lines[:AT_TOP] if _YEAR_ALONE.fullmatch(line)]
    years = [named[-1] for line in [*short, PurePosixPath(path).name, path] if (named := _YEAR.findall(line))]
    return {"year": years[0]} if years else {}


def _from_name(path: str) -> str:
    """Return what the file is called, or the folder where the file is "Báo cáo" as many are."""
    name, folder = (
        clean_line(part.replace("_", " "))
        for part in (PurePosixPath(path).stem, PurePosixPath(path).parent.name)
    )
    return folder if folder and _is_sort(name) else name
