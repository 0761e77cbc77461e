"""From what a person asks to what the engine finds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import ColumnElement, and_, false, or_, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.search import index
from cchc_portal.search.analysis import Terms, Wanted, parse, spelled_out, untelexed
from cchc_portal.search.documents import EVERYBODY, Key, marks_of
from cchc_portal.search.engines import Breadth, Found, Hit, Query, Sort
from cchc_portal.search.models import Entry

PAGE_SIZE = 15  # with filters and snippets, twenty would weigh more than a page should
MOST_PAGES = 50
MOST_CHECKED = 500  # entries in which a quoted phrase is looked for


@dataclass(frozen=True)
class Criteria:
    """What a person asks for.

    Args:
        q: as typed.
        filters: facet -> chosen values; a hit needs one of each facet.
        page: from 1.
    """

    q: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    @cached_property
    def terms(self) -> Terms:
        """What was typed, taken apart."""
        return parse(self.q)


@dataclass(frozen=True)
class Asked:
    """What was found, and for which words.

    Args:
        instead: words that were asked for because those that were typed found nothing.
    """

    found: Found
    terms: Terms
    instead: str = ""

    @property
    def wanted(self) -> Wanted:
        """What to mark in what is found."""
        return Wanted(self.terms, index.current().dictionary)


def ask(criteria: Criteria, *, to: User | None, limit: int = PAGE_SIZE) -> Asked:
    """Return what the engine finds for a person; None stands for any member of staff.

    Where no thing holds the words that were typed, it is asked again for what they may have meant.
    """
    asked = Asked(_find(criteria, to, limit), criteria.terms)
    if asked.found.breadth is not Breadth.ANY or asked.terms.phrases:
        return asked
    for words in _other_wordings(criteria):
        meant = replace(criteria, q=words)
        found = _find(meant, to, limit)
        if found.total and found.breadth is not Breadth.ANY:
            return Asked(found, meant.terms, words)
    return asked


def _other_wordings(criteria: Criteria) -> Iterator[str]:
    typed = " ".join(word.surface for word in criteria.terms.words)
    for words in (spelled_out(criteria.terms.words, index.current().dictionary), untelexed(typed)):
        if words != typed:
            yield f"{words} "  # whole words: nobody is typing them


def _find(criteria: Criteria, to: User | None, limit: int) -> Found:
    page = min(max(criteria.page, 1), MOST_PAGES)
    query = Query(
        audience=marks_of(to) if to else frozenset({EVERYBODY}),
        terms=criteria.terms,
        filters=criteria.filters,
        sort=criteria.sort,
        offset=(page - 1) * limit,
        limit=limit,
    )
    if any(len(phrase) > 2 for phrase in criteria.terms.phrases):  # noqa: PLR2004 - pairs are filed as such
        query = replace(query, only=_holding_phrases(query))
    return index.search(query)


def _holding_phrases(query: Query) -> frozenset[str]:
    """Return the keys of entries that hold the quoted words in one piece.

    The index knows pairs of words only: "a b c" finds whatever holds "a b" and "b c".
    """
    candidates = index.search(replace(query, filters={}, sort=Sort.NEWEST, offset=0, limit=MOST_CHECKED))
    keys = [key_of(hit) for hit in candidates.hits]
    held = (f" {' '.join(word.folded for word in phrase)} " for phrase in query.terms.phrases)
    chosen = select(Entry.kind, Entry.thing_id).where(
        of_keys(keys),
        *(Entry.folded.contains(phrase, autoescape=True) for phrase in held),
    )
    return frozenset(f"{kind}:{thing_id}" for kind, thing_id in db.session.execute(chosen))


def key_of(hit: Hit) -> Key:
    """Return which thing a hit is."""
    kind, _, thing_id = hit.key.partition(":")
    return kind, int(thing_id)


def of_keys(keys: Sequence[Key]) -> ColumnElement[bool]:
    """Return the condition of being one of some things' entries, in a form for which SQLite uses its index."""
    ids: dict[str, list[int]] = {}
    for kind, thing_id in keys:
        ids.setdefault(kind, []).append(thing_id)
    return or_(false(), *(and_(Entry.kind == kind, Entry.thing_id.in_(found)) for kind, found in ids.items()))
