"""What importing a sheet of past initiatives does to each of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import or_, select

from cchc_portal.accounts import queries as accounts
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean_line, fold, fold_name
from cchc_portal.directives.models import ReformField
from cchc_portal.imports.columns import TEXTS
from cchc_portal.initiatives.content.reading import FIRST_YEAR, as_date
from cchc_portal.initiatives.content.words import LONGEST
from cchc_portal.initiatives.models import EntryMode, Initiative, Kind, State

NO_TITLE = N_("Thiếu tên sáng kiến.")
NO_TEXT = N_("Thiếu nội dung: cần ít nhất một trong các cột thực trạng, giải pháp, kết quả.")
LONG_TITLE = N_("Tên dài quá 300 ký tự.")
LONG_TEXT = N_("Một phần nội dung dài quá 20.000 ký tự.")
LONG_CODE = N_("Mã số dài quá 30 ký tự.")
UNKNOWN_KIND = N_("Loại không có trong danh mục.")
UNKNOWN_STATUS = N_("Trạng thái không có trong danh mục.")
UNFIT_STATUS = N_("Trạng thái này không dùng cho loại này.")
BAD_YEAR = N_("Năm không đúng.")
UNKNOWN_UNIT = N_("Không có bộ phận này; tên được ghi là nơi công tác của tác giả.")
LONGEST_CODE = 30
MOST_AUTHORS = 30

# Where a sheet names no status, what is brought in stands where colleagues read it and leaders may select it.
USUAL = {Kind.INITIATIVE: State.RECOGNISED}
ALLOWED = frozenset(State) - {State.DRAFT}
_KINDS = {fold_name(name): kind for kind in Kind for name in (kind.value, kind.label)} | {
    "giai phap": Kind.INITIATIVE,
    "sang kien kinh nghiem": Kind.INITIATIVE,
    "practice": Kind.GOOD_PRACTICE,
}
_STATES = {fold_name(name): state for state in ALLOWED for name in (state.value, state.label)} | {
    "cong nhan": State.RECOGNISED,
    "da cong nhan": State.RECOGNISED,
    "dat": State.RECOGNISED,
    "khong dat": State.NOT_RECOGNISED,
    "cong bo": State.PUBLISHED,
    "nhan rong": State.SELECTED,
}
_MODES = {fold_name(name): mode for mode in EntryMode for name in (mode.value, mode.label)}
# A practice is published where an initiative is recognised (Nghị định 13/2012/NĐ-CP).
_OF_PRACTICE = {
    State.RECOGNISED: State.PUBLISHED,
    State.ACCEPTED: State.SUBMITTED,
    State.UNDER_REVIEW: State.SUBMITTED,
}
_OF_INITIATIVE = {State.PUBLISHED: State.RECOGNISED}

Identity = str | tuple[str, int | None]  # a code, or a folded title with its year


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
        same_as: id of the initiative that is there already.
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


def judge(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[Verdict]:
    """Say for each row what importing it would do, in the order of the file.

    A row is there already if an initiative has its code, or, where the row has none, its title in
    the same year whatever the diacritics.
    """
    parsed = [(number, _Row(values)) for number, values in rows]
    judge_one = _Judge([row for _number, row in parsed])
    return [judge_one(number, row) for number, row in parsed]


def _there(rows: Sequence["_Row"]) -> dict[Identity, int]:
    """Return identity -> id of the initiatives that some rows could be, and of no others.

    A file of 10,000 rows is judged anew piece by piece; each time all that was ever submitted would be read.
    """
    codes = [row.code for row in rows if row.code]
    years = {row.submitted_at.year for row in rows if not row.code}
    query = select(Initiative.id, Initiative.code, Initiative.title, Initiative.year).where(
        Initiative.code.is_not(None),
        Initiative.deleted_at.is_(None),
        or_(Initiative.code.in_(codes), Initiative.year.in_(years)),
    )
    found: dict[Identity, int] = {}
    for number, code, title, year in db.session.execute(query):
        found[str(code)] = found[fold(title), year] = number
    return found


class _Judge:
    """Judges rows one after another, knowing what is there and what came before."""

    def __init__(self, rows: Sequence["_Row"]) -> None:
        self.units = {name: unit for unit in accounts.units() for name in unit.names}
        self.fields = {fold_name(one.name): one.code for one in db.session.scalars(select(ReformField))}
        self.there = _there(rows)
        self.seen: set[Identity] = set()

    def __call__(self, number: int, row: "_Row") -> Verdict:
        same = self.there.get(row.identity)
        if row.errors:
            fate = Fate.ERROR
        elif same is not None:
            fate = Fate.KNOWN
        else:
            fate = Fate.DOUBLE if self._was_seen(row.identity) else Fate.NEW
        named = row.values.get("unit", "")
        unit = self.units.get(fold_name(named))
        lost_unit = [UNKNOWN_UNIT] if named and unit is None else []
        content = row.content | {"unit_id": str(unit.id) if unit else "", "fields": self._fields(row.values)}
        return Verdict(
            number,
            fate,
            row.title,
            row.code,
            [*row.errors, *lost_unit],
            row.kind,
            row.state,
            row.submitted_at,
            content,
            same,
        )

    def _was_seen(self, identity: Identity) -> bool:
        if identity in self.seen:
            return True
        self.seen.add(identity)
        return False

    def _fields(self, values: Mapping[str, str]) -> list[str]:
        codes = []
        for word in _split(values.get("fields", "")):
            code = whole(word) if whole(word) is not None else self.fields.get(fold_name(word))
            if code is not None and code in self.fields.values():
                codes.append(str(code))
        return codes


class _Row:
    """One row as understood."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.errors: list[str] = []
        self.title, self.code = (clean_line(values.get(name, "")) for name in ("title", "code"))
        self.kind = self._word("kind", _KINDS, Kind.GOOD_PRACTICE, UNKNOWN_KIND)
        self.state = self._state()
        self.submitted_at = self._moment()
        self._check_texts()

    @property
    def identity(self) -> Identity:
        """What tells it from others: its code, or its title and year where it has none."""
        return self.code or (fold(self.title), self.submitted_at.year)

    @property
    def content(self) -> dict[str, Any]:
        """The text in the shape of `initiatives.content`."""
        given = self.values
        return {
            "kind": self.kind.value,
            "entry_mode": _MODES.get(fold_name(given.get("entry_mode", "")), EntryMode.PROPOSE).value,
            "title": self.title,
            **{name: given.get(name, "") for name in TEXTS},
            **{name: clean_line(given.get(name, ""))[: LONGEST[name]] for name in _SHORT},
            "authors": self._authors(),
        }

    def _authors(self) -> list[dict[str, str]]:
        workplace = clean_line(self.values.get("unit", ""))
        names = _split(self.values.get("authors", ""))[:MOST_AUTHORS]
        return [{"user_id": "", "name": name, "workplace": workplace, "share": ""} for name in names]

    def _state(self) -> State:
        usual = USUAL.get(self.kind, State.PUBLISHED)
        state: State = self._word("status", _STATES, usual, UNKNOWN_STATUS)
        if self.kind is Kind.INITIATIVE:
            return _OF_INITIATIVE.get(state, state)
        if state is State.NOT_RECOGNISED:
            self.errors.append(UNFIT_STATUS)
        return _OF_PRACTICE.get(state, state)

    def _moment(self) -> datetime:
        """Return when it was handed in: the day, else the year's last day but never the future."""
        day = as_date(self.values.get("submitted_on", "").split(" ")[0])
        year = whole(self.values.get("year", "").removesuffix(",0"), digits=4)
        if self.values.get("year") and (year is None or not FIRST_YEAR <= year <= now().year):
            self.errors.append(BAD_YEAR)
            return now()
        if day is None and year is not None:
            day = as_date(f"31/12/{year}")
        return min(datetime.combine(day, time(5), UTC), now()) if day else now()

    def _word(self, column: str, words: Mapping[str, Any], usual: Any, why: str) -> Any:
        typed = fold_name(self.values.get(column, ""))
        if typed and typed not in words:
            self.errors.append(why)
        return words.get(typed, usual)

    def _check_texts(self) -> None:
        texts = [self.values.get(name, "") for name in TEXTS]
        too_long = any(len(text) > LONGEST["problem"] for text in texts)
        wrong = {
            NO_TITLE: not self.title,
            LONG_TITLE: len(self.title) > LONGEST["title"],
            NO_TEXT: not any(text.strip() for text in texts),
            LONG_TEXT: too_long,
            LONG_CODE: len(self.values.get("code", "")) > LONGEST_CODE,
        }
        self.errors += [why for why, is_wrong in wrong.items() if is_wrong]


_SHORT = ("tags", "first_applied_on", "source_name", "source_link", "source_contact")


def _split(text: str) -> list[str]:
    words = text.replace(";", ",").replace("\n", ",").split(",")
    return [clean_line(word) for word in words if word.strip()]
