"""Keeping the table of synonyms; what holds the words of a changed row is filed anew by the worker."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, hold_row
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import clean_line
from cchc_portal.search.analysis import Dictionary, column_text, words
from cchc_portal.search.synonyms.models import LONGEST_FOLDED, Synonym
from cchc_portal.search.synonyms.rules import can_keep

FEWEST, MOST = 2, 10  # ways to say one thing
LONGEST, MOST_WORDS = 80, 10  # of one way
MOST_ROWS = 2_000
TOO_FEW = N_("Ghi ít nhất hai cách viết khác nhau, mỗi dòng một cách.")
TOO_MANY = N_("Mỗi mục không quá 10 cách viết; hãy tách thành mục khác.")
NO_WORD = N_("Mỗi cách viết cần có chữ hoặc số, dài ít nhất 2 ký tự.")
TOO_LONG = N_("Mỗi cách viết không quá 80 ký tự và 10 tiếng.")
TAKEN = N_("Có cách viết đã nằm ở mục khác; hãy sửa mục đó.")
CHANGED = N_("Mục này vừa được người khác sửa. Hãy đối chiếu với bản đang lưu bên dưới rồi lưu lại.")
FULL = N_("Bảng đã đủ 2.000 mục; hãy xóa bớt trước khi thêm.")


def add(phrases: Iterable[str], *, by: User) -> Synonym:
    """Write down words that mean the same.

    Raises:
        NotAllowed: the person does not keep the table.
        Invalid: fewer than two ways, too many or too long ones, or one that another row has.
    """
    require(can_keep(by))
    if (db.session.scalar(select(func.count(Synonym.id))) or 0) >= MOST_ROWS:
        raise Invalid({"phrases": FULL})
    kept = _checked(phrases)
    synonym = Synonym(phrases=kept, folded=_folded(kept))
    db.session.add(synonym)
    audit.record("synonym.added", on=synonym, by=by, phrases=kept)
    return synonym


def correct(synonym: Synonym, *, by: User, phrases: Iterable[str], seen: str) -> Synonym:
    """Write a row anew.

    Args:
        synonym: the row.
        by: the Office or a leader.
        phrases: ways to say one thing.
        seen: the `version` that the person has looked at.

    Raises:
        NotAllowed: the person does not keep the table.
        Invalid: as in `add`; or somebody else was quicker.
    """
    require(can_keep(by))
    if hold_row(synonym, "phrases", "changed_at").version != seen:
        raise Invalid({"phrases": CHANGED})
    kept, former = _checked(phrases, apart_from=synonym.id), synonym.phrases
    synonym.phrases, synonym.folded, synonym.changed_at = kept, _folded(kept), now()
    audit.record("synonym.corrected", on=synonym, by=by, phrases=[*dict.fromkeys([*kept, *former])])
    return synonym


def remove(synonym: Synonym, *, by: User) -> Synonym:
    """Take a row out of the table: its words mean only themselves again."""
    require(can_keep(by))
    audit.record("synonym.removed", on=synonym, by=by, phrases=synonym.phrases)
    db.session.delete(synonym)
    return synonym


def _checked(phrases: Iterable[str], *, apart_from: int | None = None) -> list[str]:
    kept = list({_key(phrase): phrase for text in phrases if (phrase := clean_line(text))}.values())
    if any(len("".join(_key(phrase))) < 2 for phrase in kept):  # noqa: PLR2004 - one letter means too much
        raise Invalid({"phrases": NO_WORD})
    if any(len(phrase) > LONGEST or len(_key(phrase)) > MOST_WORDS for phrase in kept) or (
        len(_folded(kept)) > LONGEST_FOLDED  # letters of other scripts fold to several
    ):
        raise Invalid({"phrases": TOO_LONG})
    if not FEWEST <= len(kept) <= MOST:
        raise Invalid({"phrases": TOO_FEW if len(kept) < FEWEST else TOO_MANY})
    if _taken(apart_from) & set(map(_key, kept)):
        raise Invalid({"phrases": TAKEN})
    return kept


def _taken(apart_from: int | None) -> set[tuple[str, ...]]:
    others = select(Synonym.phrases).where(Synonym.id != (apart_from or 0))
    return {_key(phrase) for phrases in db.session.scalars(others) for phrase in phrases}


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(word.canonical for word in words(phrase))


def _folded(phrases: Sequence[str]) -> str:
    return column_text(phrases, Dictionary())
