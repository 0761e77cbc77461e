import hashlib
import io
import os
from datetime import timedelta
from pathlib import Path

import time_machine
from sqlalchemy import select

from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.storage import backends
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.operations import receive, store
from cchc_portal.storage.sweeping import BATCH, forget_unused, sweep_drafts, sweep_files, sweep_orphans
from tests.factories.directives import make_directive

NOTE = "Một cửa liên thông".encode()
LATER = timedelta(hours=1)


def stored_note(content: bytes = NOTE) -> StoredFile:
    with unit_of_work():
        return store(io.BytesIO(content), name="ghi chú.txt")


def kept_bytes() -> set[str]:
    return set(backends.current().keys(before=now() + LATER))


def put_orphans(count: int) -> None:
    for number in range(count):
        draft = backends.incoming() / "draft"
        draft.write_bytes(b"x")
        backends.current().put(draft, hashlib.sha256(bytes([number])).hexdigest())


def test_sweep_files_after_a_day(folder: Path) -> None:
    make_directive(file=stored_note())
    stored_note(b"khong ai dung")
    put_orphans(BATCH + 1)

    sweep_files()
    kept_today = len(kept_bytes())
    with time_machine.travel(now() + timedelta(days=1, hours=1)):
        sweep_files()

    assert kept_today == BATCH + 3
    assert kept_bytes() == {hashlib.sha256(NOTE).hexdigest()}


def test_sweep_takes_bytes_without_row_alone(place: backends.Backend) -> None:
    stored = stored_note()
    receive(io.BytesIO(b"mo coi"), name="a.txt")

    with unit_of_work():
        swept = sweep_orphans(older_than=now() + LATER)

    assert swept == 1
    assert kept_bytes() == {stored.sha256}


def test_sweep_spares_young_bytes_and_drafts(folder: Path) -> None:
    receive(io.BytesIO(NOTE), name="a.txt")
    draft = backends.incoming() / "dang-tai"
    draft.write_bytes(b"x")

    sweep_drafts(older_than=now() - LATER)
    with unit_of_work():
        swept = sweep_orphans(older_than=now() - LATER)

    assert swept == 0
    assert kept_bytes() == {hashlib.sha256(NOTE).hexdigest()}
    assert draft.exists()


def test_sweep_takes_drafts_of_killed_processes(folder: Path) -> None:
    draft = backends.incoming() / "bo-do"
    draft.write_bytes(b"x")
    os.utime(draft, (0, 0))

    sweep_drafts(older_than=now() - LATER)

    assert not draft.exists()


def test_sweep_goes_batch_by_batch(folder: Path) -> None:
    put_orphans(BATCH + 1)

    counts = []
    for _ in range(3):
        with unit_of_work():
            counts.append(sweep_orphans(older_than=now() + LATER))

    assert counts == [BATCH, 1, 0]


def test_receiving_orphaned_content_again_makes_it_young(folder: Path) -> None:
    received = receive(io.BytesIO(NOTE), name="a.txt")
    os.utime(folder / received.sha256[:2] / received.sha256, (0, 0))

    receive(io.BytesIO(NOTE), name="b.txt")

    with unit_of_work():
        assert sweep_orphans(older_than=now() - LATER) == 0


def test_forget_rows_to_which_nothing_points(folder: Path) -> None:
    used = stored_note()
    stored_note(b"khong ai dung")
    make_directive(file=used)

    with unit_of_work():
        forgotten = forget_unused(older_than=now() + LATER)
    with unit_of_work():
        swept = sweep_orphans(older_than=now() + LATER)

    assert (forgotten, swept) == (1, 1)
    assert kept_bytes() == {used.sha256}
    assert db.session.scalars(select(StoredFile.sha256)).all() == [used.sha256]


def test_forget_spares_young_rows(folder: Path) -> None:
    stored_note()

    with unit_of_work():
        assert forget_unused(older_than=now() - LATER) == 0
