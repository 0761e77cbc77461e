"""What a search engine takes and gives; which one answers is decided in `search.index`."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from cchc_portal.search.analysis import Terms, Word

SECONDS = 1.0
LONGEST_MARK = 120
LATEST_STAMP = 1 << 62


Term = tuple[str, str]  # field, text


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
    VOTES = "votes"
    ADOPTED = "adopted"


# What else than relevance and age things are ordered by: the names of `Document.figures`.
FIGURES: Mapping[Sort, str] = {Sort.VOTES: "votes", Sort.ADOPTED: "adoptions"}


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
        figures: "votes" and "adoptions", by which things can be ordered; what is missing counts as 0.
    """

    key: str
    title: str
    body: tuple[str, ...] = ()
    audience: frozenset[str] = frozenset()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stamp: int = 0
    revision: int = 0
    figures: Mapping[str, int] = field(default_factory=dict)


class Mark(NamedTuple):
    """The place of a hit among all: hits come by rank, then by stamp, then as the engine files them.

    It is handed out in addresses and read back from them, so it may say anything.
    """

    rank: float
    stamp: int
    key: str

    def __str__(self) -> str:
        """Return it as an address holds it."""
        return f"{self.rank!r}~{self.stamp}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """Return the mark that a text stands for, None if it is none.

        >>> Mark.read("2.5~1700000000~initiative:7")
        Mark(rank=2.5, stamp=1700000000, key='initiative:7')
        """
        rank, _, rest = text[:LONGEST_MARK].partition("~")
        stamp, _, key = rest.partition("~")
        try:
            mark = cls(float(rank), int(stamp), key)
        except ValueError:
            return None
        return mark if math.isfinite(mark.rank) and abs(mark.stamp) < LATEST_STAMP else None


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and for whom.

    Args:
        audience: marks of the person; a document is counted only if it carries one of them.
        terms: the words; without any, everything is found. What holds one of `terms.excluded` is
            neither found nor counted.
        filters: facet -> values of which a hit must have one.
        barred: facet -> values of which a hit may have none; such hits are not counted either.
        lesser: facet -> values of hits that count half, however well they fit: short remarks about a
            thing hold its words more densely than the thing itself.
        only: keys to which the search is narrowed; None for no such limit.
        never: keys that are neither found nor counted.
        after: the last hit of the page before; instead of an offset.
        seconds: time after which what was found so far is the answer.
    """

    audience: frozenset[str]
    terms: Terms = field(default_factory=Terms)
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    barred: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lesser: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    after: Mark | None = None
    limit: int = 20
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found.

    Args:
        score: what it was ranked by: how well it fits, its stamp or a figure.
        stamp: of hits with the same score, the newer one comes first.
    """

    key: str
    score: float
    stamp: int = 0

    @property
    def mark(self) -> Mark:
        """Its place, for the page that follows it."""
        return Mark(self.score, self.stamp, self.key)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer.

    Args:
        hits: one page of them.
        total: how many there are.
        counts: facet -> value -> how many there would be with that value instead of the chosen
            ones of the same facet.
        breadth: how many of the words they hold.
        has_more: whether hits follow behind this page.
        is_complete: False if time ran out.
        is_fallback: True if the database answered because the index could not.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    breadth: Breadth = Breadth.ALL
    has_more: bool = False
    is_complete: bool = True
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text that things are compared with.

    Args:
        words: of the text, in order.
        audience: marks of the person; what they may not see is neither found nor weighs.
        filters: facet -> values of which a hit must have one.
        but: key of the thing the text is from, which is not compared with itself.
    """

    words: tuple[Word, ...]
    audience: frozenset[str]
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    but: str = ""
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """What is like a text.

    Args:
        hits: the closest first; the score is the share as `likeness.rarest` defines it.
        pairs: the pairs of neighbouring words, `cai_cach`, that were looked for.
    """

    hits: tuple[Hit, ...] = ()
    pairs: tuple[str, ...] = ()


class Reader(Protocol):
    """Answers queries; any number of threads may ask at once."""

    def search(self, query: Query) -> Found:
        """Return one page of what the query finds, with counts.

        Raises:
            EngineUnavailable: it cannot answer now.
        """

    def similar(self, asked: Likeness) -> Alike:
        """Return what holds most of a text's rarer pairs of words; see `likeness.rarest`.

        Raises:
            EngineUnavailable: it cannot answer now.
        """

    def known(self, words: Collection[str]) -> frozenset[str]:
        """Return which of some folded words stand anywhere, be it where a person may not look.

        Raises:
            EngineUnavailable: it cannot answer now.
        """

    def frequencies(self, terms: Collection[Term], *, audience: frozenset[str]) -> dict[Term, int]:
        """Return in how many documents that a person may see each term stands, without those in none.

        Raises:
            EngineUnavailable: it cannot answer now.
        """

    def revisions(self) -> dict[str, int]:
        """Return which documents are filed, key -> revision.

        Raises:
            EngineUnavailable: it cannot be read.
        """

    def close(self) -> None:
        """Let go of what is open."""


class Writer(Protocol):
    """Files documents; the worker alone and commands have one."""

    def check(self) -> None:
        """Compare the index with what was written.

        Raises:
            Damaged: it must be rebuilt.
        """

    def update(self, documents: Collection[Document], *, gone: Collection[str] = ()) -> None:
        """File some documents, replacing those of the same key, and forget others, in one commit.

        Raises:
            Busy: another process is writing.
            Damaged: there is no sound index to add to.
        """

    def tidy(self) -> bool:
        """Do what keeps reading quick, in an idle moment; return whether there was anything to do."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the present one and switch to it; return how many documents.

        Raises:
            Busy: another process is writing.
        """
