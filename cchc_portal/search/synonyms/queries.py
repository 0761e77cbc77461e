"""Reading synonyms: a page of the table, one row, the dictionary that the search uses."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.search.analysis import Dictionary, Word, words
from cchc_portal.search.analysis.dictionary import Equivalence
from cchc_portal.search.synonyms.models import Synonym
from cchc_portal.search.synonyms.rules import can_keep

PAGE_SIZE = 25

Place = tuple[str, int]  # of a row in the table: its folded words, its id


class KeptDictionary(Dictionary):
    """The dictionary as the table has it; every process sees a change at its next `renew`."""

    def __init__(self) -> None:
        super().__init__()
        self._version: tuple[Any, ...] | None = None

    def renew(self) -> None:
        """Read the table again if it was changed."""
        version = tuple(
            db.session.execute(select(func.max(Synonym.changed_at), func.count(Synonym.id))).one()
        )
        if version != self._version:
            self.take(db.session.scalars(select(Synonym.phrases).order_by(Synonym.id)))
            self._version = version

    def within(self, text: Sequence[Word]) -> Iterator[Equivalence]:
        """Yield every known phrase in a run of words, inner ones too."""
        if self._version is None:
            self.renew()
        return super().within(text)


def page_of(q: str, *, after: Place | None = None, size: int = PAGE_SIZE) -> Sequence[Synonym]:
    """Return the rows that hold some words, one more than a page has, in the order of their words.

    Args:
        q: as typed; nothing finds all.
        after: place of the last row of the page before.
        size: rows of a page.
    """
    query = select(Synonym).order_by(Synonym.folded, Synonym.id).limit(size + 1)
    for word in words(q)[:8]:
        query = query.where(Synonym.folded.contains(f" {word.folded}", autoescape=True))
    if after is not None:
        folded, row_id = after
        query = query.where((Synonym.folded > folded) | ((Synonym.folded == folded) & (Synonym.id > row_id)))
    return db.session.scalars(query).all()


def get(synonym_id: int, *, to: User) -> Synonym:
    """Return one row, for those who keep the table.

    Raises:
        NotFound: there is none, or the person does not keep the table.
    """
    synonym = db.session.get(Synonym, synonym_id)
    if synonym is None or not can_keep(to):
        raise NotFound
    return synonym
