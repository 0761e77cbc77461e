"""One row as understood: what it says of a past initiative, and what is wrong with it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from cchc_portal.core.clock import now
from cchc_portal.core.i18n import N_
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean_line, fold, fold_name
from cchc_portal.imports.columns import TEXTS
from cchc_portal.initiatives.content.reading import FIRST_YEAR, as_date
from cchc_portal.initiatives.content.words import LONGEST
from cchc_portal.initiatives.models import EntryMode, Kind, State

NO_TITLE = N_("Thiếu tên sáng kiến.")
NO_TEXT = N_("Thiếu nội dung: cần ít nhất một trong các cột thực trạng, giải pháp, kết quả.")
LONG_TITLE = N_("Tên dài quá 300 ký tự.")
LONG_TEXT = N_("Một phần nội dung dài quá 20.000 ký tự.")
LONG_CODE = N_("Mã số dài quá 30 ký tự.")
UNKNOWN_KIND = N_("Loại không có trong danh mục.")
UNKNOWN_STATUS = N_("Trạng thái không có trong danh mục.")
UNFIT_STATUS = N_("Trạng thái này không dùng cho loại này.")
BAD_YEAR = N_("Năm không đúng.")
NO_YEAR = N_("Không thấy năm trong văn bản hay tên thư mục; được ghi năm nay.")
HAS_SECRET = N_(
    "Văn bản có mục “thông tin cần được bảo mật”; mục này chỉ có trong tệp đính kèm. Hãy xem lại trước khi nhập."
)
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


class Row:
    """One row as understood."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.errors: list[str] = []
        self.sum = values.get("sum", "")  # of its file, if it is a document
        self.title, self.code = (clean_line(values.get(name, "")) for name in ("title", "code"))
        self.kind = self._word("kind", _KINDS, Kind.GOOD_PRACTICE, UNKNOWN_KIND)
        self.state = self._state()
        self.submitted_at = self._moment()
        self._check_texts()

    @property
    def remarks(self) -> list[str]:
        """What is worth a look in a document."""
        said = self.values
        has_secret = fold_name(said.get("secret", "")) not in _NOTHING
        has_day = said.get("year") or said.get("submitted_on")
        notes = {NO_YEAR: self.sum and not has_day, HAS_SECRET: has_secret}
        return [note for note, applies in notes.items() if applies]

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
        names = split(self.values.get("authors", ""))[:MOST_AUTHORS]
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
        if refused := self.values.get("refused"):
            self.errors = [refused]
            return
        texts = [self.values.get(name, "") for name in TEXTS]
        too_long = not self.sum and any(len(text) > LONGEST["problem"] for text in texts)
        wrong = {
            NO_TITLE: not self.title,
            LONG_TITLE: len(self.title) > LONGEST["title"],
            NO_TEXT: not any(text.strip() for text in texts),
            LONG_TEXT: too_long,
            LONG_CODE: len(self.values.get("code", "")) > LONGEST_CODE,
        }
        self.errors += [why for why, is_wrong in wrong.items() if is_wrong]


_NOTHING = frozenset({"", "khong", "khong co", "khong co thong tin can bao mat"})
_SHORT = ("tags", "first_applied_on", "source_name", "source_link", "source_contact")


def split(text: str) -> list[str]:
    """Return the words of a cell that holds several."""
    words = text.replace(";", ",").replace("\n", ",").split(",")
    return [clean_line(word) for word in words if word.strip()]
