"""Bringing a batch in: look at it, import it piece by piece, undo it."""

from collections import Counter

from sqlalchemy import insert
from sqlalchemy.exc import DataError, IntegrityError

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import require
from cchc_portal.core.i18n import N_
from cchc_portal.imports import queries, rules
from cchc_portal.imports.fates import Fate, Verdict, judge
from cchc_portal.imports.models import Batch, BatchRow, State
from cchc_portal.imports.sources import Sheet
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.storage.names import clean_name

NOT_KEPT = N_("Cơ sở dữ liệu không nhận dòng này. Hãy kiểm tra mã số và các ký tự lạ.")
CHUNK = 200  # rows per transaction: others write in between, and a crash loses no more


def keep(sheet: Sheet, *, by: User | None, file_name: str) -> Batch:
    """Keep the rows of a file with what would become of each, before anything is imported.

    Args:
        sheet: what the file holds.
        by: the Office or a leader; None for commands on the server.
        file_name: the name its owner gave it.
    """
    require(by is None or rules.can_import(by))
    verdicts = judge(sheet.rows)
    counts = Counter(verdict.fate.value for verdict in verdicts)
    batch = Batch(file_name=clean_name(file_name), passed_over=list(sheet.passed_over), counts=dict(counts))
    batch.created_by = by
    db.session.add(batch)
    audit.record("import.kept", on=batch, by=by, rows=len(verdicts))
    rows = [
        {
            "batch_id": batch.id,
            "number": number,
            "has_code": bool(verdict.code),
            "values": dict(values),
            "fate": verdict.fate,
            "problems": list(verdict.problems),
        }
        for (number, values), verdict in zip(sheet.rows, verdicts, strict=True)
    ]
    for first in range(0, len(rows), CHUNK):
        db.session.execute(insert(BatchRow), rows[first : first + CHUNK])
    return batch


def begin(batch: Batch, *, by: User | None) -> Batch:
    """Confirm a batch; `import_some` does the work from then on.

    Raises:
        InvalidState: it was confirmed before.
    """
    require(by is None or rules.can_import(by))
    batch.move_to(State.RUNNING)
    audit.record("import.begun", on=batch, by=by)
    return batch


def import_some(batch: Batch, *, by: User | None) -> int:
    """Import the next rows of a confirmed batch; return how many were dealt with, 0 at the end.

    Each row is judged anew: what somebody else has brought in meanwhile is passed over. Original
    authors and dates are kept; whoever imports is not shown as author. What an interruption left
    is done by calling again.
    """
    require(by is None or rules.can_import(by))
    waiting = queries.waiting(batch, limit=CHUNK)
    if not waiting:
        _finish(batch, by)
        return 0
    verdicts = judge([(row.number, row.values) for row in waiting])
    for row, verdict in zip(waiting, verdicts, strict=True):
        row.fate, row.problems = verdict.fate, list(verdict.problems)
        if verdict.fate is Fate.NEW:
            _import(batch, row, verdict, by)
    return len(waiting)


def undo(batch: Batch, *, by: User | None) -> Batch:
    """Take a batch back; `undo_some` does the work from then on.

    Raises:
        InvalidState: it is not imported, or was undone before.
    """
    require(by is None or rules.can_import(by))
    batch.move_to(State.UNDOING)
    audit.record("import.undone", on=batch, by=by)
    return batch


def undo_some(batch: Batch, *, by: User | None) -> int:
    """Remove the next initiatives of a batch; return how many rows were dealt with, 0 at the end.

    Those stay about which somebody has voted, commented or decided since; `imported_count` says
    how many.
    """
    require(by is None or rules.can_import(by))
    rows = queries.brought_in(batch, limit=CHUNK)
    for row in rows:
        if _remove(row, by):
            row.initiative_id = None
            row.fate = Fate.UNDONE
            batch.imported_count -= 1
        else:
            row.fate = Fate.KNOWN
    if not rows and batch.state is State.UNDOING:
        batch.move_to(State.UNDONE)
    return len(rows)


def _finish(batch: Batch, by: User | None) -> None:
    if batch.state is State.RUNNING:
        batch.move_to(State.DONE)
        batch.finished_at = now()
        audit.record("import.finished", on=batch, by=by, imported=batch.imported_count)


def _import(batch: Batch, row: BatchRow, verdict: Verdict, by: User | None) -> None:
    past = initiatives.Past(
        code=verdict.code,
        state=verdict.state,
        submitted_at=verdict.submitted_at,
        content=verdict.content,
    )
    try:
        with db.session.begin_nested():
            row.initiative_id = initiatives.import_past(past, by=by).id
    except (IntegrityError, DataError):  # the row's fault; an outage is tried again with the whole piece
        row.initiative_id, row.fate, row.problems = None, Fate.ERROR, [*row.problems, NOT_KEPT]
        return
    batch.imported_count += 1


def _remove(row: BatchRow, by: User | None) -> bool:
    """Remove the initiative of a row unless something hangs on it; say whether it is gone."""
    initiative = db.session.get_one(Initiative, row.initiative_id)
    try:
        with db.session.begin_nested():
            return initiatives.remove_past(initiative, by=by)
    except IntegrityError:  # a decision, say, that refers to it
        return False
