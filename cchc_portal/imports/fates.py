"""What importing past initiatives does to each of their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cchc_portal.accounts import queries as accounts
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import fold_name
from cchc_portal.directives.models import ReformField
from cchc_portal.imports import present
from cchc_portal.imports.rows import Identity, Row, split
from cchc_portal.initiatives.models import Kind, State

UNKNOWN_UNIT = N_("Không có bộ phận này; tên được ghi là nơi công tác của tác giả.")
SAME_IN_FILE = N_("Trùng với một dòng phía trên; chỉ nhập dòng đầu tiên.")


class Fate(Labelled):
    """What becomes of a row."""

    NEW = "new", N_("Nhập mới")
    KNOWN = "known", N_("Đã có, bỏ qua")
    DOUBLE = "double", N_("Trùng trong tệp, bỏ qua")
    ERROR = "error", N_("Lỗi, không nhập")
    UNDONE = "undone", N_("Đã hoàn tác")


@dataclass(frozen=True)
class Verdict:
    """A row and what importing it does.

    Args:
        number: its line in the file.
        fate: what becomes of it.
        title: as it will be kept.
        code: its own code; "" if it gets one.
        problems: why it cannot be imported, or what is worth a look.
        kind: what it is.
        state: where it will stand.
        submitted_at: when it was handed in, as far as the sheet says.
        content: its text in the shape of `initiatives.content`.
        same_as: id of the initiative that is there already, or is much like it.
        same_row: line of the row above that says the same.
    """

    number: int
    fate: Fate
    title: str
    code: str = ""
    problems: Sequence[str] = ()
    kind: Kind = Kind.GOOD_PRACTICE
    state: State = State.PUBLISHED
    submitted_at: datetime = field(default_factory=now)
    content: Mapping[str, Any] = field(default_factory=dict)
    same_as: int | None = None
    same_row: int | None = None


def judge(rows: Sequence[tuple[int, Mapping[str, str]]], *, thoroughly: bool = True) -> list[Verdict]:
    """Say for each row what importing it would do, in the order of the file.

    A row is there already if an initiative has its file or its code, or, where the row has none, its title in
    the same year whatever the diacritics.

    Args:
        rows: line in the file, and text by column.
        thoroughly: look among all initiatives for what is much like a new row as well.
    """
    parsed = [(number, Row(values)) for number, values in rows]
    there = (present.all_there if thoroughly else present.there)([row for _number, row in parsed])
    judge_one = _Judge(there)
    return [judge_one(number, row) for number, row in parsed]


class _Judge:
    """Judges rows one after another, knowing what is there and what came before."""

    def __init__(self, there: present.There) -> None:
        self.units = {name: unit for unit in accounts.units() for name in unit.names}
        self.fields = {fold_name(one.name): one.code for one in db.session.scalars(select(ReformField))}
        self.there = there
        self.seen: dict[Identity, int] = {}

    def __call__(self, number: int, row: Row) -> Verdict:
        fate, why, same_as, same_row = self._compare(number, row)
        named = row.values.get("unit", "")
        unit = self.units.get(fold_name(named))
        lost_unit = [UNKNOWN_UNIT] if named and unit is None else []
        return Verdict(
            number,
            fate,
            row.title,
            row.code,
            [*row.errors, *why, *lost_unit, *row.remarks],
            row.kind,
            row.state,
            row.submitted_at,
            row.content | {"unit_id": str(unit.id) if unit else "", "fields": self._fields(row.values)},
            same_as,
            same_row,
        )

    def _compare(self, number: int, row: Row) -> tuple[Fate, list[str], int | None, int | None]:
        """Return the fate, why, and the initiative or the row above that it equals."""
        if row.errors:
            return Fate.ERROR, [], None, None
        if same := self.there.same(row):
            return Fate.KNOWN, [same.why], same.initiative_id, None
        above = [self.seen.setdefault(mark, number) for mark in (row.identity, row.sum) if mark]
        if min(above) != number:
            return Fate.DOUBLE, [SAME_IN_FILE], None, min(above)
        alike = self.there.alike(row)
        return Fate.NEW, [alike.why] if alike else [], alike.initiative_id if alike else None, None

    def _fields(self, values: Mapping[str, str]) -> list[str]:
        codes = []
        for word in split(values.get("fields", "")):
            code = whole(word) if whole(word) is not None else self.fields.get(fold_name(word))
            if code is not None and code in self.fields.values():
                codes.append(str(code))
        return codes
