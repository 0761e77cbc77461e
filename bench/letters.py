"""How much the reader finds in letters that were read by hand before (tests/directives/letters)."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import tables
from cchc_portal.directives.reading import Certainty, Citation, Deadline, Item, Letter, Span, read_letter

CORPUS = Path(__file__).parents[1] / "tests" / "directives" / "letters" / "corpus"
BARS = {"items": 95.0, "assignees": 90.0, "deadlines": 90.0}
SECONDS = 2.0
_NOTHING = Item("", "", Span(0, 0))  # an item that was not found misses all that is in it


@dataclass
class Score:
    """What was expected, what of it was found right, what was found that is not there."""

    expected: dict[str, int] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)
    invented: dict[str, int] = field(default_factory=dict)
    asked: int = 0  # of the assignees that were invented: marked doubtful, so that the page asks
    mistakes: list[str] = field(default_factory=list)

    def count(self, what: str, *, is_right: bool, mistake: str) -> None:
        """Add one expected thing."""
        self.expected[what] = self.expected.get(what, 0) + 1
        self.right[what] = self.right.get(what, 0) + is_right
        if not is_right:
            self.mistakes.append(mistake)

    def add_invented(self, what: str, mistake: str) -> None:
        """Add one thing that the letter does not say."""
        self.invented[what] = self.invented.get(what, 0) + 1
        self.mistakes.append(mistake)

    def percent(self, what: str) -> float:
        """How much of it was found right."""
        return 100 * self.right.get(what, 0) / max(1, self.expected.get(what, 0))

    def __add__(self, other: "Score") -> "Score":
        """Both together."""
        return Score(
            _sum(self.expected, other.expected),
            _sum(self.right, other.right),
            _sum(self.invented, other.invented),
            self.asked + other.asked,
            self.mistakes + other.mistakes,
        )


def measure() -> None:
    """Print the score of all letters together and the time that forty pages take."""
    total = score_all(letters())
    rows = [_row(what, total, BARS.get(what)) for what in total.expected]
    tables.show("Reader of letters", ("found", "expected", "right", "%", "invented", "bar"), rows)
    tables.show(
        "Invented assignees",
        ("all", "of them asked"),
        [[str(total.invented.get("assignees", 0)), str(total.asked)]],
    )
    seconds = forty_pages()
    bar = f"≤ {SECONDS:g}  {'ok' if seconds <= SECONDS else 'OVER'}"
    tables.show("Forty pages", ("seconds", "bar"), [[f"{seconds:.2f}", bar]])


def letters(folder: Path = CORPUS) -> list[Path]:
    """Return the letters of a folder whose expected results lie beside them."""
    return sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".md"})


def score_all(paths: Iterable[Path]) -> Score:
    """Return the scores of letters together."""
    total = Score()
    for path in paths:
        wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
        total += score(path.stem, read_letter(path.read_text("utf-8")), wanted)
    return total


def score(name: str, letter: Letter, wanted: dict[str, Any]) -> Score:
    """Compare what was read with what a person found.

    Args:
        name: of the letter, for the list of mistakes.
        letter: what was read.
        wanted: "document", "citations" and "items", see the files of the corpus.
    """
    found = Score()
    _score_head(found, name, letter, wanted["document"])
    _score_citations(found, name, letter.citations, wanted["citations"])
    items = {item.no: item for item in letter.all_items()}
    for row in wanted["items"]:
        _score_item(found, f"{name} {row[0]}", items.pop(str(row[0]), None), row)
    for item in items.values():
        found.add_invented("items", f"{name} {item.no}: invented {item.text[:60]!r}")
    return found


def forty_pages() -> float:
    """Return the processor seconds for one long letter."""
    text = (CORPUS / "quyet-dinh-phan-cong.txt").read_text("utf-8")
    head, body = text.partition("1. Văn phòng")[0], (CORPUS / "cong-van-hai-cap.txt").read_text("utf-8")
    task = body[body.index("1. Các phòng") : body.index("Giao Phòng Văn hóa")]
    pages = head + "".join(f"\nĐiều {no}. Nội dung\n{task}" for no in range(2, 170))
    started = time.process_time()
    read_letter(pages)
    return time.process_time() - started


def _score_head(found: Score, name: str, letter: Letter, wanted: dict[str, Any]) -> None:
    head, foot = letter.head, letter.foot
    when = head.date.value if head.date else None
    actual = {
        **{part: _value(getattr(head, part)) for part in ("type", "issuer", "parent", "number", "symbol")},
        **{part: _value(getattr(head, part)) for part in ("place", "subject")},
        "date": f"{when.year or '????'}-{_two(when.month)}-{_two(when.day)}" if when else None,
        "addressees": [one.value for one in head.addressees],
        "recipients": [one.value for one in foot.recipients],
        "signer": [_value(foot.capacity), _value(foot.position), _value(foot.signer)],
    }
    for part, value in wanted.items():
        is_right = actual[part] == value
        found.count("head", is_right=is_right, mistake=f"{name} {part}: {actual[part]!r} not {value!r}")


def _score_citations(found: Score, name: str, actual: Sequence[Citation], wanted: Sequence[str]) -> None:
    said = [_cited(citation) for citation in actual]
    for one in wanted:
        found.count("citations", is_right=one in said, mistake=f"{name} missed {one!r} in {said}")
    for one in set(said) - set(wanted):
        found.add_invented("citations", f"{name} invented {one!r}")


def _score_item(found: Score, name: str, item: Item | None, row: Sequence[Any]) -> None:
    begins, ends, facts = row[1], row[2], row[3] if len(row) > 3 else {}  # noqa: PLR2004 - the facts are optional
    is_whole = item is not None and item.text.startswith(begins) and item.text.endswith(ends)
    found.count(
        "items", is_right=is_whole, mistake=f"{name}: {item.text if item else None!r} not {begins!r}…{ends!r}"
    )
    item = item or _NOTHING
    _score_who(found, name, item, facts)
    due = _due(item.deadline)
    if "deadline" in facts:
        is_right = due == facts["deadline"]
        found.count("deadlines", is_right=is_right, mistake=f"{name}: {due!r} not {facts['deadline']!r}")
    elif due:
        found.add_invented("deadlines", f"{name}: invented {due!r}")
    for part in ("report_to", "deliverable"):
        actual = _value(getattr(item, part))
        if part in facts:
            mistake = f"{name} {part}: {actual!r} not {facts[part]!r}"
            found.count(part, is_right=actual == facts[part], mistake=mistake)
        elif actual:
            found.add_invented(part, f"{name}: invented {part} {actual!r}")


def _score_who(found: Score, name: str, item: Item, facts: dict[str, Any]) -> None:
    leads = facts.get("lead", [])
    leads = [leads] if isinstance(leads, str) else leads
    support = facts.get("support", [])
    wanted = facts.get("who", leads + support)
    actual = [one.value for one in item.assignees]
    if wanted:
        is_right = sorted(actual) == sorted(wanted) and sorted(item.leads) == sorted(leads)
        mistake = f"{name}: {actual} led by {list(item.leads)} not {wanted} led by {leads}"
        found.count("assignees", is_right=is_right, mistake=mistake)
    doubtful = {one.value for one in item.assignees if one.certainty is Certainty.DOUBTFUL}
    for one in set(actual) - set(wanted):
        found.asked += one in doubtful
        found.add_invented("assignees", f"{name}: invented {one!r}{' (asked)' if one in doubtful else ''}")


def _due(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    if deadline.recurrence:
        return " ".join(
            filter(None, (deadline.operator, deadline.recurrence, str(deadline.recurrence_day or "")))
        )
    if deadline.within_days:
        days = "working" if deadline.within_working else "days"
        return f"{deadline.operator} {deadline.within_days} {days}"
    return f"{deadline.operator} {deadline.on.isoformat() if deadline.on else 'null'}"


def _cited(citation: Citation) -> str:
    when = citation.date.isoformat() if citation.date else "null"
    role = f" {citation.role}" if citation.role else ""
    return f"{citation.type} {citation.number or 'null'} {when} {citation.issuer or 'null'}{role}"


def _value(found: Any) -> Any:
    return found.value if found else None


def _two(number: int | None) -> str:
    return f"{number:02}" if number else "??"


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {what: one.get(what, 0) + other.get(what, 0) for what in (*one, *other)}


def _row(what: str, total: Score, bar: float | None) -> list[str]:
    percent = total.percent(what)
    verdict = f"≥ {bar:g}  {'ok' if percent >= bar else 'UNDER'}" if bar else ""
    numbers = (total.expected[what], total.right[what], f"{percent:.1f}", total.invented.get(what, 0))
    return [what, *map(str, numbers), verdict]
