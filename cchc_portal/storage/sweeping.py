"""Taking away what nobody points to: rows, then bytes, then what killed processes left half-way."""

import contextlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, select, text

from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.storage import backends
from cchc_portal.storage.models import StoredFile

AGE = timedelta(days=1)  # longer than any request or form takes from upload to row
BATCH = 50  # deletions while nobody else can write


def sweep_files() -> None:
    """Take away all files that nobody has pointed to for a day; a job, each step its own transaction."""
    older_than = now() - AGE
    sweep_drafts(older_than=older_than)
    with unit_of_work():
        forget_unused(older_than=older_than)
    swept = BATCH
    while swept == BATCH:
        with unit_of_work():
            swept = sweep_orphans(older_than=older_than)


def sweep_drafts(*, older_than: datetime) -> None:
    """Delete unfinished uploads last written before a moment."""
    for draft in backends.incoming().iterdir():
        with contextlib.suppress(FileNotFoundError):
            if datetime.fromtimestamp(draft.stat().st_mtime, UTC) < older_than:
                draft.unlink()


def forget_unused(*, older_than: datetime) -> int:
    """Delete rows to which no other table points any more; return how many.

    Their bytes go with the next `sweep_orphans`.
    """
    file = StoredFile.__table__
    pointers = [
        exists().where(key.parent == StoredFile.id)
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.references(file)  # type: ignore[arg-type]
    ]
    unused = delete(StoredFile).where(StoredFile.created_at < older_than, *(~used for used in pointers))
    return db.session.execute(unused.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined, no-any-return]


def sweep_orphans(*, older_than: datetime) -> int:
    """Delete bytes without a row that were put before a moment, a batch at most; return how many.

    Run it in a unit of work of its own: while it deletes no row can be added, so that bytes are not
    taken from under one.
    """
    backend = backends.current()
    old = set(backend.keys(before=older_than))  # listed before anybody has to wait
    _stop_additions()
    orphans = sorted(old.difference(db.session.scalars(select(StoredFile.sha256))))[:BATCH]
    for key in orphans:
        backend.delete(key)
    return len(orphans)


def _stop_additions() -> None:
    """Let no row be added until the transaction ends; SQLite has one writer at a time anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE stored_file IN SHARE ROW EXCLUSIVE MODE"))
