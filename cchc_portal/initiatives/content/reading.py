"""From what was typed to what is meant: dates, numbers, rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cchc_portal.core.calendar import typed_day
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean_line, fold
from cchc_portal.initiatives.models.states import EntryMode, Kind

MOST_TAGS = 12
FIRST_YEAR = 1945  # before, a year was mistyped
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_PLAIN = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


@dataclass(frozen=True)
class AuthorRow:
    """One author as understood; `share` is None if it is missing or no number."""

    user_id: int | None
    name: str
    workplace: str
    share: Decimal | None


@dataclass(frozen=True)
class FigureRow:
    """One figure; `before` and `after` are None if they are missing or no numbers."""

    name: str
    measure: str
    before: Decimal | None
    after: Decimal | None
    is_readable: bool


@dataclass(frozen=True)
class AnswerRow:
    """One item of a letter with the sentence on how it is answered."""

    item_id: int
    sentence: str


@dataclass(frozen=True)
class Content:
    """A draft as understood; rows without anything in them are left out."""

    kind: Kind
    entry_mode: EntryMode
    texts: Mapping[str, str]
    first_applied_on: date | None
    is_date_readable: bool
    is_trial: bool
    is_breakthrough: bool
    field_codes: Sequence[int] = ()
    tags: Sequence[str] = ()
    unit_id: int | None = None
    authors: Sequence[AuthorRow] = ()
    figures: Sequence[FigureRow] = ()
    answers: Sequence[AnswerRow] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)


TEXT_NAMES = (
    "title",
    "problem",
    "solution",
    "result",
    "novelty",
    "conditions",
    "source_name",
    "source_link",
    "source_contact",
)


def read(raw: Mapping[str, Any]) -> Content:
    """Return what a draft's content means; whatever cannot be understood is None or left out."""
    typed_date = _text(raw, "first_applied_on")
    entry_mode = _member(EntryMode, raw.get("entry_mode"), EntryMode.PROPOSE)
    day = as_date(typed_date)
    return Content(
        kind=_member(Kind, raw.get("kind"), Kind.GOOD_PRACTICE),
        entry_mode=entry_mode,
        texts={name: _text(raw, name) if _counts(name, entry_mode) else "" for name in TEXT_NAMES},
        first_applied_on=day,
        is_date_readable=bool(day) or not typed_date,
        is_trial=bool(raw.get("is_trial")),
        is_breakthrough=bool(raw.get("is_breakthrough")),
        field_codes=sorted({code for value in _list(raw, "fields") if (code := whole(value)) is not None}),
        tags=as_tags(_text(raw, "tags")),
        unit_id=whole(raw.get("unit_id")),
        authors=[author for given in _list(raw, "authors") if (author := _author(given))],
        figures=[figure for given in _list(raw, "figures") if (figure := _figure(given))],
        answers=_answers(_list(raw, "answers")),
        raw=raw,
    )


def as_date(typed: str) -> date | None:
    """Return a date typed as 05/03/2023 or as browsers send it; None if it is none."""
    day = typed_day(typed)
    return day if day and day.year >= FIRST_YEAR else None


def as_number(typed: str) -> Decimal | None:
    """Return a number typed the Vietnamese way ("1.234,5", "97,2%"); None if it is none."""
    bare = typed.strip().removesuffix("%").replace(" ", "")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    elif not _PLAIN.fullmatch(bare):
        return None
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None
    return value if abs(value) < Decimal(10) ** 14 else None


def as_tags(typed: str) -> list[str]:
    """Return the words between commas, each once whatever its diacritics."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", typed):
        if tag := clean_line(part).lstrip("#")[:60]:
            found.setdefault(fold(tag), tag)
    return list(found.values())[:MOST_TAGS]


def _author(row: Mapping[str, Any]) -> AuthorRow | None:
    user_id, name = whole(row.get("user_id")), _text(row, "name")[:120]
    if user_id is None and not name:
        return None
    return AuthorRow(user_id, name, _text(row, "workplace")[:200], as_number(_text(row, "share")))


def _figure(row: Mapping[str, Any]) -> FigureRow | None:
    name, before, after = (_text(row, key) for key in ("name", "before", "after"))
    if not (name or before or after):
        return None
    values = as_number(before), as_number(after)
    readable = all(
        value is not None or not typed for value, typed in zip(values, (before, after), strict=True)
    )
    return FigureRow(name[:200], _text(row, "measure")[:40], *values, readable)


def _answers(rows: Sequence[Mapping[str, Any]]) -> list[AnswerRow]:
    found: dict[int, AnswerRow] = {}
    for row in rows:
        item_id = whole(row.get("item_id"))
        if item_id is not None:
            found.setdefault(item_id, AnswerRow(item_id, _text(row, "sentence")[:500]))
    return list(found.values())


def _counts(name: str, entry_mode: EntryMode) -> bool:
    """Say whether a part of the text belongs to the way in: only what is introduced has a source."""
    return entry_mode is EntryMode.INTRODUCE or not name.startswith("source_")


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    value = raw.get(name)
    return value if isinstance(value, list) else []


def _member(kind: Any, value: Any, default: Any) -> Any:
    return kind(value) if value in set(kind) else default
