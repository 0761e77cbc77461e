"""What a search engine takes and gives; which one answers is decided in `search.index`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from cchc_portal.search.analysis import Terms, Word

SECONDS = 1.0


class EngineUnavailable(Exception):
    """The engine cannot answer now; the caller falls back to the database."""


class Damaged(Exception):
    """The index is missing, of another version, or not what was written; it must be rebuilt."""


class Busy(Exception):
    """Another process is writing the index; try again later."""


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class Breadth(StrEnum):
    """How many of the words a hit had to hold for there to be any."""

    ALL = "all"
    MOST = "most"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as it is filed.

    Args:
        key: "<kind>:<id>".
        title: its name.
        body: all its other text; every piece on its own, their edges are no neighbours.
        audience: marks of those who may find it.
        facets: facet -> values.
        stamp: seconds since 1970 by which the newest come first.
        revision: which version of the thing this is; kept so that index and database can be compared.
    """

    key: str
    title: str
    body: tuple[str, ...] = ()
    audience: frozenset[str] = frozenset()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stamp: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and for whom.

    Args:
        audience: marks of the person; a document is counted only if it carries one of them.
        terms: the words; without any, everything is found.
        filters: facet -> values of which a hit must have one.
        only: keys to which the search is narrowed; None for no such limit.
        seconds: time after which what was found so far is the answer.
    """

    audience: frozenset[str]
    terms: Terms = field(default_factory=Terms)
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only: frozenset[str] | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, and how well it fits."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer.

    Args:
        hits: one page of them.
        total: how many there are.
        counts: facet -> value -> how many there would be with that value instead of the chosen
            ones of the same facet.
        breadth: how many of the words they hold.
        is_complete: False if time ran out.
        is_fallback: True if the database answered because the index could not.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    breadth: Breadth = Breadth.ALL
    is_complete: bool = True
    is_fallback: bool = False


class Engine(Protocol):
    """Answers queries."""

    def search(self, query: Query) -> Found:
        """Return one page of what the query finds, with counts.

        Raises:
            EngineUnavailable: it cannot answer now.
        """

    def similar(self, words: tuple[Word, ...], *, audience: frozenset[str], limit: int) -> tuple[Hit, ...]:
        """Return what shares most pairs of neighbouring words with a text; scores lie in 0…1.

        Raises:
            EngineUnavailable: it cannot answer now.
        """
