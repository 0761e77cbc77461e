"""Reading the figures: nothing that fewer than three people searched for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.search import index
from cchc_portal.search.analysis import Terms, Wanted
from cchc_portal.search.engines import Hit
from cchc_portal.search.queries.cards import Card, cards
from cchc_portal.search.statistics.models import OpenedResult, SearchTerm

MOST = 20


@dataclass(frozen=True)
class Figures:
    """A month.

    Args:
        months: all there are, the newest first, with their totals.
        searched: what was searched for most.
        empty: what was searched for most without a result.
        opened: what was opened most, with how often.
    """

    months: Sequence[SearchTerm]
    searched: Sequence[SearchTerm]
    empty: Sequence[SearchTerm]
    opened: Sequence[tuple[Card, int]]


def figures(month: str, *, to: User) -> Figures:
    """Return the figures of a month; of what was opened only what the person may see."""
    totals = select(SearchTerm).where(SearchTerm.term == "").order_by(SearchTerm.month.desc())
    return Figures(
        months=db.session.scalars(totals).all(),
        searched=_terms(month, empty=False),
        empty=_terms(month, empty=True),
        opened=_opened(month, to),
    )


def _terms(month: str, *, empty: bool) -> Sequence[SearchTerm]:
    by = SearchTerm.empty if empty else SearchTerm.searched
    shown = (SearchTerm.month == month, SearchTerm.term != "", SearchTerm.is_shown, by > 0)
    return db.session.scalars(
        select(SearchTerm).where(*shown).order_by(by.desc(), SearchTerm.term).limit(MOST)
    ).all()


def _opened(month: str, to: User) -> list[tuple[Card, int]]:
    query = select(OpenedResult.key, OpenedResult.opened).where(OpenedResult.month == month)
    rows = db.session.execute(query.order_by(OpenedResult.opened.desc(), OpenedResult.key).limit(MOST))
    times = {row.key: row.opened for row in rows}
    unmarked = Wanted(Terms(), index.current().dictionary)
    drawn = cards([Hit(key, 0) for key in times], unmarked, to=to)
    return [(card, times[f"{card.kind}:{card.id}"]) for card in drawn]
