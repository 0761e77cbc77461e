"""From what a person asks to what the engine finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, and_, false, or_, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.search import index
from cchc_portal.search.analysis import Phrase, Run, Terms, Wanted, parse, spelled_out, untelexed
from cchc_portal.search.documents import EVERYBODY, Key, marks_of
from cchc_portal.search.engines import Breadth, Found, Hit, Mark, Query, Sort
from cchc_portal.search.models import Entry
from cchc_portal.search.queries.operators import Filters, Meaning, meaning

PAGE_SIZE = 15  # with filters and snippets, twenty would weigh more than a page should
MOST_PAGES = 50
MOST_CHECKED = 500  # entries in which a quoted phrase is looked for
PAIR = 2  # as many words of a phrase stand together in the index


@dataclass(frozen=True)
class Criteria:
    """What a person asks for.

    Args:
        q: as typed.
        filters: facet -> chosen values; a hit needs one of each facet.
        page: from 1.
        after: the last hit of the page before, for pages that follow each other whatever was added.
    """

    q: str = ""
    filters: Filters = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    after: Mark | None = None

    @property
    def terms(self) -> Terms:
        """What was typed, taken apart."""
        return parse(self.q)


@dataclass(frozen=True)
class Asked:
    """What was found, and for which words.

    Args:
        meaning: what was typed, with its operators looked up.
        filters: what was filtered by: facet -> values, chosen or typed.
        instead: words that were asked for because those that were typed found nothing.
    """

    found: Found
    meaning: Meaning
    filters: Filters
    instead: str = ""

    @property
    def terms(self) -> Terms:
        """The words that were asked for."""
        return self.meaning.terms

    @property
    def wanted(self) -> Wanted:
        """What to mark in what is found."""
        return Wanted(self.terms, index.current().dictionary)


def ask(criteria: Criteria, *, to: User | None, limit: int = PAGE_SIZE) -> Asked:
    """Return what the engine finds for a person; None stands for any member of staff.

    Where no thing holds the words that were typed, it is asked again for what they may have meant.
    """
    asked = _found(criteria, meaning(criteria.q, to=to), to, limit)
    if asked.found.breadth is not Breadth.ANY or asked.meaning.terms.phrases:
        return asked
    for words in _other_wordings(asked.meaning.terms):
        other = _found(criteria, asked.meaning.reworded(words), to, limit)
        if other.found.total and other.found.breadth is not Breadth.ANY:
            return replace(other, instead=words)
    return asked


def _other_wordings(terms: Terms) -> Iterator[str]:
    typed = " ".join(word.surface for word in terms.words)
    for words in (spelled_out(terms.words, index.current().dictionary), untelexed(typed)):
        if words != typed:
            yield f"{words} "  # whole words: nobody is typing them


def narrowed(
    asked: Asked,
    criteria: Criteria,
    facet: str,
    values: frozenset[str],
    *,
    to: User | None,
    limit: int,
    is_barred: bool = False,
) -> Found:
    """Return what is found of the same with one of some values of a filter, or with none of them."""
    query = _query(criteria, asked.meaning, asked.filters, to, limit)
    if is_barred:
        return index.search(_with_phrases(replace(query, barred={**query.barred, facet: values})))
    return index.search(_with_phrases(replace(query, filters={**query.filters, facet: values})))


def _found(criteria: Criteria, meant: Meaning, to: User | None, limit: int) -> Asked:
    filters = _joined(criteria.filters, meant.filters)
    query = _query(criteria, meant, filters, to, limit)
    return Asked(index.search(_with_phrases(query)), meant, filters)


def _query(criteria: Criteria, meant: Meaning, filters: Filters, to: User | None, limit: int) -> Query:
    page = min(max(criteria.page, 1), MOST_PAGES)
    return Query(
        audience=marks_of(to) if to else frozenset({EVERYBODY}),
        terms=meant.terms,
        filters=filters,
        barred=meant.barred,
        sort=criteria.sort,
        offset=0 if criteria.after else (page - 1) * limit,
        after=criteria.after,
        limit=limit,
    )


def _joined(chosen: Filters, typed: Filters) -> Filters:
    none: frozenset[str] = frozenset()
    return {facet: chosen.get(facet, none) | typed.get(facet, none) for facet in {**chosen, **typed}}


def _with_phrases(query: Query) -> Query:
    """Return a query narrowed to what holds its phrases in one piece, and none of the excluded ones.

    The index knows pairs of words only: "a b c" finds whatever holds "a b" and "b c".
    """
    terms = query.terms
    if long := [phrase for phrase in terms.phrases if len(phrase) > PAIR]:
        query = replace(query, only=_holding(query, long))
    if long := [run for run in terms.excluded if len(run) > PAIR]:
        others = tuple(run for run in terms.excluded if len(run) <= PAIR)
        query = replace(query, terms=replace(terms, excluded=others))
        for run in long:
            near = replace(query, terms=Terms(runs=(Run(run, is_quoted=True),)))
            query = replace(query, never=query.never | _holding(near, [run]))
    return query


def _holding(query: Query, phrases: Sequence[Phrase]) -> frozenset[str]:
    """Return the keys of things that hold some phrases, among the newest that the index comes up with."""
    candidates = index.search(
        replace(query, filters={}, sort=Sort.NEWEST, offset=0, after=None, limit=MOST_CHECKED)
    )
    keys = [key_of(hit) for hit in candidates.hits]
    held = (f" {' '.join(word.folded for word in phrase)} " for phrase in phrases)
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
