"""A page of results."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from cchc_portal.accounts.models import User
from cchc_portal.search.engines import Breadth, Mark, Sort
from cchc_portal.search.queries.asking import PAGE_SIZE, Asked, Criteria, ask
from cchc_portal.search.queries.cards import Card, cards
from cchc_portal.search.queries.drafts import FoundDraft, own_drafts
from cchc_portal.search.queries.excerpts import excerpts
from cchc_portal.search.queries.facets import Facet, facets
from cchc_portal.search.queries.operators import Meaning, Understood


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results.

    Args:
        total: how many there are on all pages.
        breadth: whether all words are in each of them.
        instead: words that were asked for because those that were typed are nowhere.
        offered: words that are likelier than those that were typed, to be asked with one click.
        asked: what was asked and answered, to ask more of the same.
        operators: what was asked beside words, as it was understood.
        unknown: what looks like that but means nothing, as typed; it was taken for words.
        is_fallback: True if the index is missing and the database answered, slowly.
        is_complete: False if time ran out and there may be more.
        drafts: the person's own that hold the words; only beside the first page.
        last: what the next page comes after (`Criteria.after`); None on the last one.
    """

    criteria: Criteria
    asked: Asked
    cards: Sequence[Card]
    total: int
    facets: Sequence[Facet]
    breadth: Breadth
    instead: str
    offered: str
    operators: Sequence[Understood]
    unknown: Sequence[str]
    is_fallback: bool
    is_complete: bool
    drafts: Sequence[FoundDraft]
    last: Mark | None

    @property
    def meaning(self) -> Meaning:
        """What was typed, with its operators looked up."""
        return self.asked.meaning


def results(criteria: Criteria, *, to: User | None, limit: int = PAGE_SIZE, whole: str = "") -> Results:
    """Return a page of what a person finds.

    Args:
        criteria: what is asked for.
        to: the person; None stands for any member of staff.
        limit: cards on the page.
        whole: name of the filter that is wanted with all its values.
    """
    asked = ask(criteria, to=to, limit=limit)
    found, wanted = asked.found, asked.wanted
    return Results(
        criteria=criteria,
        asked=asked,
        cards=cards(found.hits, wanted, to=to, show=partial(excerpts, wanted=wanted, terms=asked.terms)),
        total=found.total,
        facets=facets(found.counts, asked.filters, total=found.total, whole=whole),
        breadth=found.breadth,
        instead=asked.instead.strip(),
        offered=asked.offered,
        operators=asked.meaning.operators,
        unknown=asked.meaning.unknown,
        is_fallback=found.is_fallback,
        is_complete=found.is_complete,
        drafts=own_drafts(asked, to=to) if criteria.page == 1 and criteria.after is None else [],
        last=found.hits[-1].mark if found.hits and found.has_more else None,
    )


def matching(criteria: Criteria, *, to: User, limit: int) -> list[str] | None:
    """Return the keys of the newest things that hold all that is asked for, as far as the index knows.

    Args:
        criteria: what is asked for; nothing is put in its place.
        to: the person.
        limit: how many at most.

    Returns:
        None if the answer would not be the whole one: the index is missing, or time ran out.
    """
    whole = replace(criteria, sort=Sort.NEWEST, page=1, after=None, is_literal=True)
    found = ask(whole, to=to, limit=limit).found
    if found.is_fallback or not found.is_complete:
        return None
    return [hit.key for hit in found.hits] if found.breadth is Breadth.ALL else []
