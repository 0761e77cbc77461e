"""Writing the index: one writer at a time, small commits, a rebuild beside the live index."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for

from cchc_portal.search.analysis import Dictionary
from cchc_portal.search.engines import Busy, Damaged, Document
from cchc_portal.search.engines.whoosh import arrays
from cchc_portal.search.engines.whoosh.generations import Generations, changing, check, seal
from cchc_portal.search.engines.whoosh.schema import KEY, row, schema

LOCK_SECONDS = 5.0
BUILD_BATCH = 800  # more at once would not fit into the package's memory and take twice as long
SMALL, MOST_SMALL = 500, 8  # segments with fewer documents are joined when there are more of them


class Writer:
    """Writes the index under a folder.

    Args:
        root: folder of the generations.
        dictionary: abbreviations and synonyms to file under.
    """

    def __init__(self, root: Path, dictionary: Dictionary) -> None:
        self._generations = Generations(root)
        self._dictionary = dictionary

    def check(self) -> None:
        """Compare the index with its seal.

        Raises:
            Damaged: it is missing or not what was written, and must be rebuilt.
        """
        check(self._generations.current())

    def update(self, documents: Collection[Document], *, gone: Collection[str] = ()) -> None:
        """File some documents, replacing those of the same key, and forget others, in one commit.

        Raises:
            Busy: another process is writing.
            Damaged: there is no sound index to add to.
        """
        unique = {document.key: document for document in documents}

        def fill(writer: Any) -> None:
            with writer.searcher() as searcher:
                for key in {*unique, *gone}:
                    writer.delete_by_term(KEY, key, searcher=searcher)
            self._add(writer, unique.values())

        with self._alone():
            folder = self._generations.current()
            check(folder)
            _commit(folder, fill, merge=False)

    def tidy(self) -> bool:
        """Join small segments if there are many, export large ones; return whether there were. For idle moments."""
        with self._alone():
            folder = self._generations.current()
            check(folder)
            has_joined = self._join(folder)
            return _export(folder) or has_joined

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the present one and switch to it; return how many documents.

        Raises:
            Busy: another process is writing.
        """
        self._generations.prepare()
        with self._alone():
            folder = self._generations.create()
            try:
                count = self._build(folder, iter(documents))
                _export(folder)
                self._generations.publish(folder)
            except BaseException:
                rmtree(folder, ignore_errors=True)
                raise
        return count

    def _join(self, folder: Path) -> bool:
        if _small_segments(folder) <= MOST_SMALL:
            return False
        exported = _exported(folder)
        _commit(folder, lambda _writer: None, mergetype=partial(_join_small, exported=exported))
        return True

    def _build(self, folder: Path, documents: Iterator[Document]) -> int:
        FileStorage(str(folder)).create_index(schema())
        seal(folder)
        count = 0
        while batch := list(islice(documents, BUILD_BATCH)):
            _commit(folder, partial(self._add, documents=batch), merge=False)
            count += len(batch)
        return count

    def _add(self, writer: Any, documents: Iterable[Document]) -> None:
        for document in documents:
            writer.add_document(**row(document, self._dictionary))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._generations.root.is_dir():
            raise Damaged("no index")
        lock = FileStorage(str(self._generations.root)).lock("WRITER")
        if not try_for(lock.acquire, timeout=LOCK_SECONDS, delay=0.05):
            raise Busy
        try:
            yield
        finally:
            lock.release()


def _commit(folder: Path, fill: Callable[[Any], None], **how: Any) -> None:
    index = FileStorage(str(folder)).open_index()
    with changing(folder):
        writer = index.writer(timeout=LOCK_SECONDS, compound=False)
        try:
            fill(writer)
            writer.commit(**how)
        except BaseException:
            _abandon(writer)
            raise
        seal(folder)


def _abandon(writer: Any) -> None:
    """Drop a writer; the package keeps its lock after an error until the process ends."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


def _small_segments(folder: Path) -> int:
    exported = _exported(folder)
    with FileStorage(str(folder)).open_index().reader() as reader:
        return sum(
            leaf.doc_count_all() < SMALL and leaf.segment().segment_id() not in exported
            for leaf, _ in reader.leaf_readers()
        )


def _join_small(writer: Any, segments: Iterable[Any], *, exported: Collection[str]) -> list[Any]:
    """Read the small segments into the writer's new one; return those that stay as they are.

    What was exported stays: a block stands for its very segments.
    """
    kept = []
    for segment in segments:
        if segment.doc_count_all() < SMALL and segment.segment_id() not in exported:
            with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
                writer.add_reader(reader)
        else:
            kept.append(segment)
    return kept


def _export(folder: Path) -> bool:
    """Export the segments behind those that were, if together they are worth it."""
    exported = _exported(folder)
    with FileStorage(str(folder)).open_index().reader() as reader:
        waiting = [
            leaf
            for leaf, _ in reader.leaf_readers()
            if leaf.doc_count_all() and leaf.segment().segment_id() not in exported
        ]
        if sum(leaf.doc_count_all() for leaf in waiting) < arrays.LEAST_DOCUMENTS:
            return False
        name = f"{waiting[0].segment().segment_id()}{arrays.SUFFIX}"
        draft = folder / f"{name}.draft"
        arrays.export(waiting, draft)
    with changing(folder):
        draft.replace(folder / name)
        seal(folder)
    return True


def _exported(folder: Path) -> frozenset[str]:
    """Return the segments that blocks stand for; a block that lost one of its own stands for none."""
    blocks = [arrays.opened(path) for path in folder.glob(f"*{arrays.SUFFIX}")]
    if not blocks:
        return frozenset()
    with FileStorage(str(folder)).open_index().reader() as reader:
        held = {leaf.segment().segment_id() for leaf, _ in reader.leaf_readers()}
    whole = (block.segments for block in blocks if held.issuperset(block.segments))
    return frozenset(segment for segments in whole for segment in segments)
