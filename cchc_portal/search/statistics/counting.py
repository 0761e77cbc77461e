"""Counting: requests only remember, in memory; the worker writes.

A page that is looked at must not wait for the database's one writer. What a process remembers goes
to the queue every few seconds; a process that is killed loses the last of it, which a count survives.
"""

from collections import Counter
from threading import Lock
from time import monotonic

import structlog
from flask import Flask, current_app
from sqlalchemy import delete, or_, update

from cchc_portal.core.clock import today
from cchc_portal.core.db import db, insert_once, unit_of_work
from cchc_portal.jobs import enqueue, job
from cchc_portal.search.statistics.models import OpenedResult, SearchTerm
from cchc_portal.search.statistics.terms import mark_of, term_of

PAUSE_SECONDS = 10.0
ENOUGH = 3  # people, before a term is shown to anybody
MONTHS_KEPT = 12

log = structlog.get_logger()

Seen = list[str | int | bool]  # month, term, mark, whether nothing was found
Opened = list[str | int]  # month, key, times


class Memory:
    """What this process has seen since it last handed it on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._handed_at = -PAUSE_SECONDS
        self._searches: list[Seen] = []
        self._opened: Counter[tuple[str, str]] = Counter()

    def search(self, seen: Seen) -> None:
        """Remember a search."""
        with self._lock:
            self._searches.append(seen)
        self._hand_on()

    def open(self, month: str, key: str) -> None:
        """Remember that a result was opened."""
        with self._lock:
            self._opened[month, key] += 1
        self._hand_on()

    def take(self) -> tuple[list[Seen], list[Opened]]:
        """Return what was remembered and forget it."""
        with self._lock:
            searches, opened = self._searches, self._opened
            self._searches, self._opened = [], Counter()
            return searches, [[month, key, times] for (month, key), times in opened.items()]

    def _hand_on(self) -> None:
        with self._lock:
            if monotonic() - self._handed_at < PAUSE_SECONDS:
                return
            self._handed_at = monotonic()
        try:
            enqueue(count_searches.__name__, *self.take())
        except Exception:
            log.exception("searches_not_counted")  # nobody's search fails for a figure


def init_app(app: Flask) -> None:
    """Give this application a memory."""
    app.extensions["search_statistics"] = Memory()


def note_search(q: str, *, user_id: int, is_empty: bool) -> None:
    """Remember that somebody searched."""
    secret, here = str(current_app.config["SECRET_KEY"]), month()
    memory().search([here, term_of(q), mark_of(user_id, month=here, secret=secret), is_empty])


def note_opened(key: str) -> None:
    """Remember that a result was opened."""
    memory().open(month(), key)


def memory() -> Memory:
    """Return what this process remembers."""
    kept: Memory = current_app.extensions["search_statistics"]
    return kept


def month() -> str:
    """Return the month it is in the office, as tables name it."""
    return f"{today():%Y-%m}"


@job
def count_searches(searches: list[Seen], opened: list[Opened]) -> None:
    """Write down what a process has remembered."""
    with unit_of_work():
        for here, term, mark, is_empty in searches:
            for counted in dict.fromkeys((term, "")):
                _count(str(here), str(counted), str(mark), is_empty=bool(is_empty))
        for here, key, times in opened:
            insert_once(OpenedResult, {"month": here, "key": key, "opened": 0})
            row = (OpenedResult.month == here, OpenedResult.key == key)
            db.session.execute(update(OpenedResult).where(*row).values(opened=OpenedResult.opened + times))


@job
def forget_searches() -> None:
    """Let go of what is older than a year, and of former months' terms that too few people searched for."""
    here = today()
    oldest = f"{here.year - MONTHS_KEPT // 12}-{here.month:02}"
    rare = (SearchTerm.month < month()) & SearchTerm.is_shown.is_(False) & (SearchTerm.term != "")
    with unit_of_work():
        db.session.execute(delete(SearchTerm).where(or_(SearchTerm.month < oldest, rare)))
        db.session.execute(delete(OpenedResult).where(OpenedResult.month < oldest))


def _count(here: str, term: str, mark: str, *, is_empty: bool) -> None:
    first = {"searched": 0, "empty": 0, "people": [], "is_shown": not term}
    insert_once(SearchTerm, {"month": here, "term": term, **first})
    row = db.session.get_one(SearchTerm, (here, term), with_for_update=True, populate_existing=True)
    row.searched += 1
    row.empty += is_empty
    if not row.is_shown:
        people = sorted({*row.people, mark})
        row.is_shown = len(people) >= ENOUGH
        row.people = [] if row.is_shown else people
