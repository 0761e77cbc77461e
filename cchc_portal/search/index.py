"""The index of this application: who reads it, who writes it, who answers while it is missing."""

from collections.abc import Collection
from pathlib import Path
from threading import Lock
from time import monotonic

from flask import Flask, current_app

from cchc_portal.core.db import db
from cchc_portal.jobs import enqueue
from cchc_portal.search.engines import (
    Alike,
    EngineUnavailable,
    Found,
    Likeness,
    Query,
    Reader,
    Term,
    Writer,
    postgres,
    whoosh,
)
from cchc_portal.search.engines.columns import Columns
from cchc_portal.search.synonyms.queries import KeptDictionary

HEAL = "heal_search"  # the job that brings the index back
PAUSE_SECONDS = 5.0


class Index:
    """The index that the setting names, its dictionary, and the call for help when it is broken.

    Args:
        engine: "whoosh" or "postgres".
        root: folder of Whoosh's index.
    """

    def __init__(self, engine: str, root: Path) -> None:
        self.dictionary = KeptDictionary()
        self.reader: Reader
        self.writer: Writer
        if engine == "postgres":
            self.reader = postgres.Reader(lambda: db.engine)
            self.writer = postgres.Writer(lambda: db.engine, lambda: self.dictionary)
        else:
            self.reader = whoosh.Reader(root)
            self.writer = whoosh.Writer(root, self.dictionary)
        self._lock = Lock()
        self._called_at = -PAUSE_SECONDS

    def call_for_help(self) -> None:
        """Have the worker mend the index, once in a while however many requests notice."""
        with self._lock:
            if monotonic() - self._called_at < PAUSE_SECONDS:
                return
            self._called_at = monotonic()
        enqueue(HEAL)


def init_app(app: Flask) -> None:
    """Open the index of this application."""
    engine = app.config["CCHC_SEARCH_ENGINE"]
    app.extensions["search"] = Index(engine, app.config["DATA_DIR"] / "search")


def current() -> Index:
    """Return the index of the running application."""
    index: Index = current_app.extensions["search"]
    return index


def search(query: Query) -> Found:
    """Return one page of what the query finds: from the index, or slowly from the database."""
    try:
        return current().reader.search(query)
    except EngineUnavailable:
        current().call_for_help()
        return Columns().search(query)


def similar(asked: Likeness) -> Alike:
    """Return what holds most of a text's rarer pairs of words; nothing while the index is missing."""
    try:
        return current().reader.similar(asked)
    except EngineUnavailable:
        current().call_for_help()
        return Columns().similar(asked)


def known(words: Collection[str]) -> frozenset[str]:
    """Return which of some folded words stand anywhere; none while the index is missing."""
    try:
        return current().reader.known(words)
    except EngineUnavailable:
        return frozenset()


def frequencies(terms: Collection[Term], *, audience: frozenset[str]) -> dict[Term, int]:
    """Return in how many documents that a person may see each term stands; none while the index is missing."""
    try:
        return current().reader.frequencies(terms, audience=audience)
    except EngineUnavailable:
        return {}
