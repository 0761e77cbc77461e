"""From events to the index: entries are rewritten first, then the index follows them.

Only the worker runs this, and commands. A crash anywhere loses nothing: the cursor moves last,
what waits is filed by the next run, and filing twice is filing once.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import structlog
from sqlalchemy import delete, select, update

from cchc_portal.audit import Event
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.jobs import job
from cchc_portal.search import entries, files, index
from cchc_portal.search.documents import Key, bearers_of, touched_by
from cchc_portal.search.engines import Busy, Damaged, Document
from cchc_portal.search.models import Entry
from cchc_portal.search.synonyms.models import Synonym
from cchc_portal.storage.formats import Passage
from cchc_portal.storage.models import StoredFile

SYNONYM = Synonym.__tablename__
# What happens often and concerns a thing alone: its comments are not read again for each vote.
COUNTED = frozenset({"vote.cast", "vote.taken_back"})
MOST_FILES = 20  # read in one run, so that new entries never wait long behind them

log = structlog.get_logger()

Seen = tuple[int, int]  # id and revision of an entry that the index holds now


def follow(events: Sequence[Event]) -> None:
    """Read again what some events touched and bring the index up to date: the consumer.

    Safe to be called again with the same events.
    """
    said = {phrase for event in events if event.subject_kind == SYNONYM for phrase in event.data["phrases"]}
    changed = _touched(event for event in events if event.name not in COUNTED) | entries.holding(said)
    counted = _touched(event for event in events if event.name in COUNTED) - changed
    entries.refresh(changed)
    entries.refresh(counted, parts=False)
    catch_up()


@job
def heal_search() -> None:
    """Check the index, rebuild it if it is broken, catch up, join small segments; runs by the clock."""
    try:
        index.current().writer.check()
    except Damaged as damage:
        _mend(damage)
    catch_up()
    with suppress(Busy, Damaged):
        index.current().writer.tidy()


def catch_up() -> None:
    """File what waits, then read new files and file what they say; rebuild a broken index."""
    try:
        file_waiting()
        if read_files():
            file_waiting()
    except Busy:
        log.info("search_index_busy")  # the clock comes by within a minute
    except Damaged as damage:
        _mend(damage)


def rebuild() -> int:
    """Build a new index from the entries beside the old one and switch; return how many it holds.

    Raises:
        Busy: another process is writing the index.
    """
    index.current().dictionary.renew()
    seen: list[Seen] = []
    count = index.current().writer.rebuild(_documents(seen))
    _mark_filed(seen)
    return count


def file_waiting() -> int:
    """Bring the index up to the entries; return how many were filed.

    Raises:
        Busy: another process is writing the index.
        Damaged: there is no index to write to.
    """
    index.current().dictionary.renew()
    filed = 0
    waiting = select(Entry).where(Entry.is_waiting).order_by(Entry.id).limit(entries.BATCH)
    while rows := entries.detached(waiting):
        held = [entries.document(entry) for entry in rows if not entry.is_gone]
        index.current().writer.update(held, gone=[entry.key for entry in rows if entry.is_gone])
        _mark_filed([(entry.id, entry.revision) for entry in rows])
        filed += len(rows)
    return filed


def read_files() -> int:
    """Read the text of attached files that were not read yet; return how many were."""
    read = 0
    for stored in entries.detached(files.UNREAD.limit(MOST_FILES)):
        passages = files.passages_of(stored)
        if passages is not None:
            _keep(stored, passages)
            read += 1
    return read


def unfiled() -> Iterator[str]:
    """Yield the keys of entries that the index holds otherwise or not at all, and the reverse.

    Raises:
        EngineUnavailable: the index cannot be read.
    """
    query = select(Entry.kind, Entry.thing_id, Entry.revision).where(Entry.is_gone.is_(False))
    wanted = {f"{kind}:{thing_id}": revision for kind, thing_id, revision in db.session.execute(query)}
    held = index.current().reader.revisions()
    yield from sorted(key for key in wanted.keys() | held.keys() if wanted.get(key) != held.get(key))


def _touched(events: Iterable[Event]) -> set[Key]:
    happened = {(event.subject_kind, event.subject_id) for event in events}
    return {key for kind, thing_id in happened for key in touched_by(kind, thing_id)}


def _mend(damage: Damaged) -> None:
    log.warning("search_index_rebuilt", reason=str(damage))
    with suppress(Busy):  # somebody is at it already
        rebuild()


def _documents(seen: list[Seen]) -> Iterator[Document]:
    for entry in entries.all_entries():
        seen.append((entry.id, entry.revision))
        if not entry.is_gone:
            yield entries.document(entry)


def _mark_filed(seen: Iterable[Seen]) -> None:
    """Note what the index holds; an entry that has changed meanwhile goes on waiting."""
    rows = list(seen)
    for start in range(0, len(rows), entries.BATCH):
        with unit_of_work():
            for entry_id, revision in rows[start : start + entries.BATCH]:
                same = (Entry.id == entry_id, Entry.revision == revision)
                db.session.execute(delete(Entry).where(*same, Entry.is_gone))
                db.session.execute(update(Entry).where(*same, Entry.is_waiting).values(is_waiting=False))


def _keep(stored: StoredFile, passages: Sequence[Passage]) -> None:
    with unit_of_work():
        files.keep(stored.sha256, passages)
        entries.rewrite(bearers_of(stored.id))
