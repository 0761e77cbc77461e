"""What is there already, asked whether a row of an import is the same or much like it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import ceil
from typing import NamedTuple

from sqlalchemy import Executable, or_, select

from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold
from cchc_portal.imports.rows import Identity, Row
from cchc_portal.initiatives.models import Attachment, Initiative
from cchc_portal.storage.models import StoredFile

SAME_CODE = N_("Cùng mã số với mục đã có; bỏ qua.")
SAME_TITLE = N_("Cùng tên, cùng năm với mục đã có; bỏ qua.")
SAME_FILE = N_("Tệp này đã được nhập; bỏ qua.")
SAME_TITLE_ONLY = N_("Cùng tên với mục đã có nhưng khác năm hoặc khác mã số; vẫn nhập.")
ALIKE = N_("Tên gần giống mục đã có; vẫn nhập.")
ALIKE_FROM = 0.8  # share of common words among all words of two titles
FEWEST_WORDS = 5  # shorter titles are alike by chance

_SUBMITTED = select(Initiative.id, Initiative.code, Initiative.title, Initiative.year).where(
    Initiative.code.is_not(None), Initiative.deleted_at.is_(None)
)


class Same(NamedTuple):
    """An initiative that a row equals or is much like, and in what."""

    initiative_id: int
    why: str


class There:
    """Initiatives by what tells them apart."""

    def __init__(self, query: Executable, sums: Collection[str]) -> None:
        self._found: dict[Identity, int] = {}
        self._titles: dict[str, int] = {}
        self._by_sum = _with_files(sums) if sums else {}
        for number, code, title, year in db.session.execute(query):
            folded = fold(title)
            self._found[str(code)] = self._found[folded, year] = self._titles[folded] = number

    def same(self, row: Row) -> Same | None:
        """Return the initiative that a row is: by its file or code, or by title and year where it has none."""
        if number := self._by_sum.get(row.sum):
            return Same(number, SAME_FILE)
        found = self._found.get(row.identity)
        return Same(found, SAME_CODE if row.code else SAME_TITLE) if found else None

    def alike(self, _row: Row) -> Same | None:
        """Return nothing: not all initiatives are known."""
        return None


class AllThere(There):
    """All initiatives, so that also what is much like a row is found."""

    def __init__(self, query: Executable, sums: Collection[str]) -> None:
        super().__init__(query, sums)
        self._alike = Titles(self._titles)

    def alike(self, row: Row) -> Same | None:
        """Return the initiative of the same or nearly the same title, if any."""
        folded = fold(row.title)
        if number := self._titles.get(folded):
            return Same(number, SAME_TITLE_ONLY)
        closest = self._alike.closest(folded)
        return Same(self._titles[closest], ALIKE) if closest else None


class Titles:
    """Folded titles, asked for the one most like another; the time needed hardly grows with their number.

    Two sets of words of which 80 % are common share one of their rarest 20 %: only titles that do are
    compared (prefix filtering, Bayardo et al. 2007).
    """

    def __init__(self, titles: Iterable[str]) -> None:
        titles = list(titles)
        self._count = Counter(word for title in titles for word in set(title.split()))
        self._by_rare: defaultdict[str, list[str]] = defaultdict(list)
        for title in titles:
            for word in self._rare(title):
                self._by_rare[word].append(title)

    def closest(self, title: str) -> str | None:
        """Return the title that is most like another; None if none is much like it."""
        words = set(title.split())
        candidates = {one for word in self._rare(title) for one in self._by_rare.get(word, ())}
        share, found = max(((_common(words, set(one.split())), one) for one in candidates), default=(0.0, ""))
        return found if share >= ALIKE_FROM else None

    def _rare(self, title: str) -> list[str]:
        words = sorted(set(title.split()), key=lambda word: (self._count[word], word))
        if len(words) < FEWEST_WORDS:
            return []
        return words[: len(words) - ceil(ALIKE_FROM * len(words)) + 1]


def all_there(rows: Sequence[Row]) -> There:
    """Return all that was ever submitted, and which of it has the files of some rows."""
    return AllThere(_SUBMITTED, _sums(rows))


def there(rows: Sequence[Row]) -> There:
    """Return the initiatives that some rows could be, and no others.

    A file of 10,000 rows is judged anew piece by piece; each time all that was ever submitted would be read.
    """
    codes = [row.code for row in rows if row.code]
    years = {row.submitted_at.year for row in rows if not row.code}
    return There(_SUBMITTED.where(or_(Initiative.code.in_(codes), Initiative.year.in_(years))), _sums(rows))


def _sums(rows: Sequence[Row]) -> set[str]:
    return {row.sum for row in rows if row.sum}


def _with_files(sums: Collection[str]) -> dict[str, int]:
    query = (
        select(StoredFile.sha256, Attachment.initiative_id).join(Attachment.file).join(Attachment.initiative)
    )
    query = query.where(
        StoredFile.sha256.in_(sums),
        Attachment.deleted_at.is_(None),
        Initiative.deleted_at.is_(None),
        Initiative.code.is_not(None),
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _common(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others)
