"""Reading the index: kept open between queries, opened anew after every commit."""

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

import structlog
from whoosh import scoring
from whoosh.filedb.filestore import FileStorage

from cchc_portal.search.engines import Alike, Damaged, EngineUnavailable, Found, Likeness, Query, Term
from cchc_portal.search.engines.whoosh import arrays
from cchc_portal.search.engines.whoosh.answering import alike, answer, frequencies
from cchc_portal.search.engines.whoosh.generations import Generations, State, check, is_changing
from cchc_portal.search.engines.whoosh.postings import Segment
from cchc_portal.search.engines.whoosh.schema import KEY, REVISION
from cchc_portal.search.engines.whoosh.view import Block, View

CHECK_SECONDS = 1.0
PATIENCE, PAUSE_SECONDS = 25, 0.02
MOST_VIEWS = 16
MOST_POSTINGS = 2_000_000  # kept in memory, 24 MB

log = structlog.get_logger()


class Reader:
    """The index under a folder, for any number of threads.

    Searchers share file positions between the threads that use them, so each query takes one for
    itself; those given back are used again until the index changes.

    Args:
        root: folder of the generations.
    """

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root)
        self._lock = Lock()
        self._kept: list[tuple[State, View]] = []
        self._known: dict[Path, dict[str, Segment]] = {}
        self._blocks: dict[Path, Block] = {}
        self._checked: tuple[State | None, float] = (None, 0.0)

    def search(self, query: Query) -> Found:
        """Return one page of what the query finds, with counts."""
        with self._view() as view:
            return answer(view, query)

    def similar(self, asked: Likeness) -> Alike:
        """Return what holds most of a text's rarer pairs of words."""
        with self._view() as view:
            return alike(view, asked)

    def known(self, words: Collection[str]) -> frozenset[str]:
        """Return which of some folded words stand anywhere."""
        with self._view() as view:
            return view.holding(words)

    def frequencies(self, terms: Collection[Term], *, audience: frozenset[str]) -> dict[Term, int]:
        """Return in how many documents that a person may see each term stands, without those in none."""
        with self._view() as view:
            return frequencies(view, terms, audience=audience)

    def revisions(self) -> dict[str, int]:
        """Return which documents the index holds, key -> revision.

        Raises:
            EngineUnavailable: it cannot be read.
        """
        with self._guarded(), self._open(self._generations.state()) as searcher:
            rows = list(searcher.reader().all_stored_fields())
        return {row[KEY]: row[REVISION] for row in rows}

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            kept, self._kept = self._kept, []
        for _, view in kept:
            view.close()

    @contextmanager
    def _view(self) -> Iterator[View]:
        with self._guarded():
            state, view = self._lease()
            try:
                yield view
            except BaseException:
                view.close()
                raise
            self._give_back(state, view)

    def _lease(self) -> tuple[State, View]:
        """Return an open view; waits a moment while a writer's files run ahead of their seal."""
        for _ in range(PATIENCE):
            state = self._generations.state()
            try:
                self._check(state)
                return state, self._take(state) or self._view_on(state)
            except (Damaged, OSError):
                is_settled = not is_changing(state[0]) and self._generations.state() == state
                if is_settled:
                    self.close()
                    raise
            if kept := self._take(state):
                return state, kept
            time.sleep(PAUSE_SECONDS)
        raise Damaged("the index did not come to rest")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn everything that a missing or damaged index can raise into one error."""
        try:
            yield
        except Exception as error:
            log.warning("search_index_unavailable", reason=type(error).__name__)
            raise EngineUnavailable from error

    def _check(self, state: State) -> None:
        checked, at = self._checked
        if checked != state or time.monotonic() - at >= CHECK_SECONDS:
            check(state[0])
            self._checked = (state, time.monotonic())

    def _open(self, state: State) -> Any:
        check(state[0])
        index = FileStorage(str(state[0])).open_index()
        return index.searcher(weighting=scoring.BM25F())

    def _view_on(self, state: State) -> View:
        known = self._known.get(state[0], {})
        return View(self._open(state), known, self._blocks_of(state[0]))

    def _blocks_of(self, folder: Path) -> Sequence[Block]:
        """Return what was exported of a folder's segments, each mapped once for all views."""
        paths = sorted(folder.glob(f"*{arrays.SUFFIX}"))
        with self._lock:
            self._blocks = {path: block for path, block in self._blocks.items() if path in paths}
            for path in paths:
                if path not in self._blocks:
                    self._blocks[path] = arrays.opened(path)
            return [self._blocks[path] for path in paths]

    def _take(self, state: State) -> View | None:
        with self._lock:
            stale = [view for opened, view in self._kept if opened != state]
            self._kept = [(opened, view) for opened, view in self._kept if opened == state]
            taken = self._kept.pop()[1] if self._kept else None
        for view in stale:
            with suppress(Exception):
                view.close()
        return taken

    def _give_back(self, state: State, view: View) -> None:
        with self._lock:
            self._known = {state[0]: view.known}
            if sum(segment.kept for segment in view.known.values()) > MOST_POSTINGS:
                for segment in view.known.values():
                    segment.forget()
            if len(self._kept) < MOST_VIEWS:
                self._kept.append((state, view))
                return
        view.close()
