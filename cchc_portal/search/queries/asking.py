"""From what a person asks to what the engine finds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.search import index
from cchc_portal.search.analysis import Phrase, Run, Terms, Wanted, Word, parse, spelled_out
from cchc_portal.search.analysis import words as analysed
from cchc_portal.search.documents import COMMENT, DECISION, EVERYBODY, Key, marks_of
from cchc_portal.search.engines import Breadth, Found, Mark, Query, Sort
from cchc_portal.search.models import Entry
from cchc_portal.search.queries.corrections import Correction, corrected, spelled
from cchc_portal.search.queries.operators import Filters, Meaning, meaning

PAGE_SIZE = 15  # with filters and snippets, twenty would weigh more than a page should
MOST_PAGES = 50
MOST_CHECKED = 500  # entries in which a quoted phrase is looked for
MOST_READ, LONGEST_READ = 5, 4_000  # hits that show how words are spelled, characters of each
# By how much other words must be likelier to be asked for at once, and where some things hold those typed.
SURE, SURER = 3.0, 4.5
RARER = 10  # what is offered finds at least this part of what was found
_LESSER = {"type": frozenset({COMMENT, DECISION})}
PAIR = 2  # as many words of a phrase stand together in the index

_BREADTHS = (Breadth.ALL, Breadth.MOST, Breadth.ANY)


@dataclass(frozen=True)
class Criteria:
    """What a person asks for.

    Args:
        q: as typed.
        filters: facet -> chosen values; a hit needs one of each facet.
        page: from 1.
        is_literal: whether no other words may be asked for.
        after: the last hit of the page before, for pages that follow each other whatever was added.
    """

    q: str = ""
    filters: Filters = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    after: Mark | None = None
    is_literal: bool = False

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
        offered: words that are far likelier than those that were typed and found.
    """

    found: Found
    meaning: Meaning
    filters: Filters
    instead: str = ""
    offered: str = ""

    @property
    def terms(self) -> Terms:
        """The words that were asked for."""
        return self.meaning.terms

    @property
    def wanted(self) -> Wanted:
        """What to mark in what is found."""
        return Wanted(self.terms, index.current().dictionary)


def ask(criteria: Criteria, *, to: User | None, limit: int = PAGE_SIZE, is_typing: bool = False) -> Asked:
    """Return what the engine finds for a person; None stands for any member of staff.

    Where no thing holds the words that were typed, it is asked again for what they may have meant;
    where some do but others are far likelier, these are offered.

    Args:
        criteria: what is asked.
        to: the person.
        limit: hits on a page.
        is_typing: whether the query is still being typed, and nothing need be offered.
    """
    index.current().dictionary.renew()
    asked = _found(criteria, meaning(criteria.q, to=to), to, limit)
    if not asked.terms.words or asked.found.is_fallback or criteria.is_literal:
        return asked
    is_poor = asked.found.breadth is Breadth.ANY or not asked.found.total
    if is_poor and not asked.terms.phrases and (better := _spelled_out(asked, criteria, to, limit)):
        return better
    return asked if is_typing and not is_poor else _corrected(asked, criteria, to, limit)


def _spelled_out(asked: Asked, criteria: Criteria, to: User | None, limit: int) -> Asked | None:
    """Return what is found for abbreviations in full, if that is more than anything."""
    words = spelled_out(asked.terms.words, index.current().dictionary)
    if words == " ".join(word.surface for word in asked.terms.words):
        return None
    other = _found(criteria, asked.meaning.reworded(words), to, limit)
    return replace(other, instead=words) if _is_found(other) else None


def _corrected(asked: Asked, criteria: Criteria, to: User | None, limit: int) -> Asked:
    """Return what is found for words spelled otherwise if that is what was meant; or offer them."""
    is_whole = asked.found.breadth is Breadth.ALL and asked.found.total > 0
    kept = [
        range(at, at + len(said))
        for said in asked.meaning.unknown
        if (at := asked.meaning.text.find(said)) >= 0
    ]
    found = corrected(asked.terms, audience=_marks(to), keep_last=is_whole, kept=kept)
    if not found:
        return asked
    other = _found(criteria, asked.meaning.reworded(_put(found, asked)), to, limit)
    if not _is_found(other) or _BREADTHS.index(other.found.breadth) > _BREADTHS.index(asked.found.breadth):
        return asked
    words = _put(found, asked, _texts(other))
    gain = sum(one.gain for one in found)
    is_needed = any(one.is_needed for one in found)
    is_meant = is_needed or gain > SURE
    if is_whole:
        is_meant = gain > (SURE if is_needed else SURER) and other.found.total >= asked.found.total
    if is_meant:
        return replace(other, meaning=asked.meaning.reworded(words), instead=words)
    return replace(asked, offered=words) if other.found.total >= asked.found.total // RARER else asked


def _put(found: Sequence[Correction], asked: Asked, texts: Sequence[Sequence[Word]] = ()) -> str:
    """Return the query with corrections put in, spelled as texts have them."""
    text = asked.meaning.text
    for one in reversed(found):
        text = one.into(text, spelled(one.words, texts) if texts else one.words)
    return text


def _texts(asked: Asked) -> list[list[Word]]:
    """Return the beginnings of the best things found, as words."""
    keys = [key_of(hit.key) for hit in asked.found.hits[:MOST_READ]]
    query = select(Entry.title, func.substr(Entry.text, 1, LONGEST_READ)).where(of_keys(keys))
    return [analysed(f"{title}\n{text}") for title, text in db.session.execute(query)]


def _is_found(asked: Asked) -> bool:
    return asked.found.total > 0 and asked.found.breadth is not Breadth.ANY


def _marks(to: User | None) -> frozenset[str]:
    return marks_of(to) if to else frozenset({EVERYBODY})


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
        audience=_marks(to),
        terms=meant.terms,
        filters=filters,
        barred=meant.barred,
        lesser=_LESSER,
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
    keys = [key_of(hit.key) for hit in candidates.hits]
    held = (f" {' '.join(word.folded for word in phrase)} " for phrase in phrases)
    chosen = select(Entry.kind, Entry.thing_id).where(
        of_keys(keys),
        *(Entry.folded.contains(phrase, autoescape=True) for phrase in held),
    )
    return frozenset(f"{kind}:{thing_id}" for kind, thing_id in db.session.execute(chosen))


def key_of(text: str) -> Key:
    """Return which thing a key of the index stands for."""
    kind, _, thing_id = text.partition(":")
    return kind, int(thing_id)


def of_keys(keys: Sequence[Key]) -> ColumnElement[bool]:
    """Return the condition of being one of some things' entries, in a form for which SQLite uses its index."""
    ids: dict[str, list[int]] = {}
    for kind, thing_id in keys:
        ids.setdefault(kind, []).append(thing_id)
    return or_(false(), *(and_(Entry.kind == kind, Entry.thing_id.in_(found)) for kind, found in ids.items()))
