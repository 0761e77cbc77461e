"""Answering queries from the index in PostgreSQL."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cchc_portal.search.analysis.fields import pairs
from cchc_portal.search.engines import (
    SECONDS,
    Alike,
    Breadth,
    Damaged,
    EngineUnavailable,
    Found,
    Hit,
    Likeness,
    Query,
    Sort,
    Term,
)
from cchc_portal.search.engines.likeness import rarest
from cchc_portal.search.engines.plan import (
    BIGRAM_WEIGHT,
    BIGRAMS,
    ENOUGH,
    MANY_WORDS,
    TEXT,
    Plan,
    Slot,
)
from cchc_portal.search.engines.postgres import statements, tables
from cchc_portal.search.engines.postgres.filing import lexeme, quoted

_TIMED_OUT = "57014"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a statement told: hits before the filters of facets, hits behind them, a page of these."""

    matching: int
    total: int
    counts: Mapping[str, int]
    page: Sequence[Hit]


class Reader:
    """The index in a database, for any number of threads and hosts.

    It asks over connections of its own, so that a missing index spoils nobody's transaction.

    Args:
        engine: returns the database's connections.
    """

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def search(self, query: Query) -> Found:
        """Return one page of what the query finds, with counts; the newest unranked if time runs out."""
        if query.seconds > 0:
            try:
                return self._found(query)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") != _TIMED_OUT:
                    raise EngineUnavailable from error
        newest = replace(query, sort=Sort.NEWEST, seconds=SECONDS)
        try:
            return replace(self._found(newest), is_complete=False)
        except DBAPIError as error:
            raise EngineUnavailable from error

    def similar(self, asked: Likeness) -> Alike:
        """Return what holds most of a text's rarer pairs of words."""
        text_pairs = pairs(asked.words)
        with self._answering() as connection:
            frequencies, size = _standing(connection, asked, set(text_pairs))
            worth = rarest(text_pairs, frequencies, size=size)
            if not worth:
                return Alike()
            weights = {lexeme((BIGRAMS, pair)): weight for pair, weight in worth.items()}
            statement, values = statements.similar(asked, weights)
            rows = connection.execute(text(statement), values).all()
        return Alike(tuple(Hit(row.key, row.share) for row in rows), tuple(worth))

    def known(self, words: Collection[str]) -> frozenset[str]:
        """Return which of some folded words stand anywhere."""
        lexemes = {lexeme((TEXT, word)): word for word in words}
        with self._answering() as connection:
            held = connection.scalars(statements.KNOWN, {"terms": list(lexemes)}).all()
        return frozenset(lexemes[term] for term in held)

    def frequencies(self, terms: Collection[Term], *, audience: frozenset[str]) -> dict[Term, int]:
        """Return in how many documents that a person may see each term stands, without those in none."""
        wanted = {quoted(lexeme(term)): term for term in terms}
        values = {"marks": sorted(audience), "terms": list(wanted)}
        with self._answering() as connection:
            counts = connection.execute(statements.FREQUENCIES, values).all()
        return {wanted[row.term]: row.documents for row in counts if row.documents}

    def revisions(self) -> dict[str, int]:
        """Return which documents the index holds, key -> revision.

        Raises:
            EngineUnavailable: it cannot be read.
        """
        with self._answering(seconds=0) as connection:
            rows = connection.execute(text("SELECT key, revision FROM search_index.document")).all()
        return {row.key: row.revision for row in rows}

    def close(self) -> None:
        """Do nothing: the connections are the database's."""

    def _found(self, query: Query) -> Found:
        plan = Plan.of(query.terms)
        with self._connection(query.seconds) as connection:
            weights = {} if query.sort is not Sort.RELEVANCE else _weights(connection, plan)

            def ask(matching: str) -> _Answer:
                statement, values = statements.search(query, matching, weights)
                return _answer(connection, statement, values)

            answer, breadth = _widened(ask, plan)
        return Found(
            hits=tuple(answer.page[: query.limit]),
            total=answer.total,
            counts=_by_facet(answer.counts),
            breadth=breadth,
            has_more=len(answer.page) > query.limit,
            is_complete=not weights or answer.total <= statements.MOST_RANKED,
        )

    @contextmanager
    def _answering(self, seconds: float = SECONDS) -> Iterator[Connection]:
        """Give a connection for what is not worth waiting for; 0 seconds set no limit."""
        try:
            with self._connection(seconds) as connection:
                yield connection
        except DBAPIError as error:
            raise EngineUnavailable from error

    @contextmanager
    def _connection(self, seconds: float) -> Iterator[Connection]:
        """Give a connection; turn everything that a missing index can raise into one error."""
        try:
            with self._engine().begin() as connection:
                # Compiling a statement takes longer than most of them run.
                connection.exec_driver_sql(
                    f"SET LOCAL statement_timeout = {int(seconds * 1000)}; SET LOCAL jit = off"
                )
                tables.check(connection)
                yield connection
        except (SQLAlchemyError, Damaged) as error:
            if getattr(getattr(error, "orig", None), "sqlstate", "") == _TIMED_OUT:
                raise
            log.warning("search_index_unavailable", reason=type(error).__name__)
            raise EngineUnavailable from error


def _widened(ask: Callable[[str], _Answer], plan: Plan) -> tuple[_Answer, Breadth]:
    """Ask for all words, then for fewer, until something is found."""
    if plan.cited and (cited := ask(_also(plan, statements.holding_all(plan.cited)))).matching:
        return cited, Breadth.ALL
    every = ask(_also(plan, statements.holding_all(plan.words)))
    if not plan.words or every.matching >= (ENOUGH if len(plan.words) >= MANY_WORDS else 1):
        return every, Breadth.ALL
    if len(plan.words) > 2:  # noqa: PLR2004 - one word of two says nothing
        most = ask(_also(plan, statements.holding_most(plan.words)))
        if most.matching > every.matching:
            return most, Breadth.MOST
    if plan.begun and not every.matching:
        every = ask(_also(plan, statements.holding_any([plan.begun])))
    if every.matching:
        return every, Breadth.ALL
    return ask(_also(plan, statements.holding_any(plan.words))), Breadth.ANY


def _also(plan: Plan, matching: str) -> str:
    """Return a tsquery narrowed to what holds the quoted phrases and nothing that is excluded."""
    narrowed = (statements.holding_all(plan.phrases), statements.holding_none(plan.excluded), matching)
    return " & ".join(f"({part})" for part in narrowed if part)


def _answer(connection: Connection, statement: str, values: Mapping[str, object]) -> _Answer:
    row = connection.execute(text(statement), values).one()
    page = [Hit(key, rank, stamp) for key, rank, stamp in row.page or ()]
    return _Answer(row.matching, row.total, row.counts or {}, page)


def _weights(connection: Connection, plan: Plan) -> dict[str, float]:
    """Return what adds to the rank: a term or a beginning as a tsquery -> rarity times importance."""
    rarity = _rarities(connection, [lexeme(term) for term in plan.weights])
    weights = {quoted(lexeme(term)): weight * rarity[lexeme(term)] for term, weight in plan.weights.items()}
    open_slots: list[Slot] = [*plan.words, *([plan.begun] if plan.begun else [])]
    return weights | dict.fromkeys(statements.beginnings(open_slots), BIGRAM_WEIGHT)


def _rarities(connection: Connection, lexemes: Sequence[str]) -> dict[str, float]:
    """Return how rare terms are; one that was never counted is as rare as can be."""
    query = text("SELECT term, documents FROM search_index.term WHERE term = ANY(:terms)")
    rows = connection.execute(query, {"terms": [tables.EVERYTHING, *lexemes]}).all()
    held = {row.term: row.documents for row in rows}
    size = 1 + held.get(tables.EVERYTHING, 0)
    return {term: math.log(1 + size / (1 + held.get(term, 0))) for term in lexemes}


def _standing(connection: Connection, asked: Likeness, found: Collection[str]) -> tuple[dict[str, int], int]:
    """Return in how many things that a text is compared with each pair stands, and how many there are."""
    wanted = {quoted(lexeme((BIGRAMS, pair))): pair for pair in found}
    statement, values = statements.standing(asked, (lexeme((BIGRAMS, pair)) for pair in found))
    counts = {row.term: row.documents for row in connection.execute(text(statement), values)}
    size = counts.pop("")
    return {wanted[term]: count for term, count in counts.items()}, size


def _by_facet(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for mark, count in counts.items():
        facet, _, value = mark.partition("=")
        found.setdefault(facet, {})[value] = count
    return found
