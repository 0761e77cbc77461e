"""Bringing a batch in: look at it, import it piece by piece, undo it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import DataError, IntegrityError

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require, require_step
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold_name
from cchc_portal.imports import queries, rules
from cchc_portal.imports.bundles import Read
from cchc_portal.imports.fates import Fate, Verdict, judge
from cchc_portal.imports.looking import Judged
from cchc_portal.imports.models import Batch, BatchRow, ColumnChoice, State
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received
from cchc_portal.storage.operations import keep as keep_file

NOT_KEPT = N_("Cơ sở dữ liệu không nhận dòng này. Hãy kiểm tra mã số và các ký tự lạ.")
NO_TITLE_COLUMN = N_("Hãy chọn cột nào là tên sáng kiến.")
CHUNK = 200  # rows per transaction: others write in between, and a crash loses no more


def keep(
    judged: Judged, *, by: User | None, file_name: str, files: Mapping[int, Received] | None = None
) -> Batch:
    """Keep the rows of a file with what would become of each, before anything is imported.

    Args:
        judged: what the file holds.
        by: the Office or a leader; None for commands on the server.
        file_name: the name its owner gave it.
        files: what is to be attached, by number of its row.
    """
    require(by is None or rules.can_import(by))
    batch = Batch(file_name=clean_name(file_name), columns=dict(judged.columns))
    batch.counts = _counts(judged.verdicts)
    batch.created_by = by
    db.session.add(batch)
    audit.record("import.kept", on=batch, by=by, rows=len(judged.verdicts))
    file_ids = _kept_files(judged.verdicts, files or {})
    rows = [
        {
            "batch_id": batch.id,
            "number": number,
            "values": dict(values),
            "file_id": file_ids.get(number),
            **_told(verdict),
        }
        for (number, values), verdict in zip(judged.sheet.rows, judged.verdicts, strict=True)
    ]
    for first in range(0, len(rows), CHUNK):
        db.session.execute(insert(BatchRow), rows[first : first + CHUNK])
    return batch


def keep_archive(received: Received, *, by: User | None, file_name: str, paper_count: int) -> Batch:
    """Keep a ZIP of documents; the worker makes a row of each, then it waits to be confirmed.

    Args:
        received: its bytes.
        by: the Office or a leader.
        file_name: the name its owner gave it.
        paper_count: how many files are in it.
    """
    require(by is None or rules.can_import(by))
    batch = Batch(file_name=clean_name(file_name), created_by=by, paper_count=paper_count)
    batch.archive = keep_file(received)
    db.session.add(batch)
    audit.record("import.uploaded", on=batch, by=by, files=paper_count)
    return batch


def keep_papers(batch: Batch, papers: Sequence[Read], *, by: User | None) -> Batch:
    """Add documents as the next rows of a batch; what becomes of them is said by `judge_papers`."""
    require(by is None or rules.can_import(by))
    for number, paper in enumerate(papers, start=queries.row_count(batch) + 1):
        row = BatchRow(batch=batch, number=number, values=paper.values, fate=Fate.ERROR)
        row.file = keep_file(paper.received) if paper.received else None
        db.session.add(row)
    return batch


def judge_papers(batch: Batch, *, by: User | None) -> Batch:
    """Say of each document of a batch what would become of it; files that will not be attached are let go."""
    require(by is None or rules.can_import(by))
    require_step(batch.state, among={State.KEPT})
    _judge_again(batch)
    batch.archive = None
    db.session.execute(
        update(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.fate != Fate.NEW).values(file_id=None)
    )
    audit.record("import.kept", on=batch, by=by, rows=sum(batch.counts.values()))
    return batch


def choose_columns(batch: Batch, *, by: User, columns: Mapping[str, str]) -> Batch:
    """Say what the columns of a file are; its rows are judged anew, and the person's choice is remembered.

    Args:
        batch: one that is not confirmed yet.
        by: the Office or a leader.
        columns: head -> column, "" if it is passed over; heads that the file does not have are ignored.

    Raises:
        InvalidState: it was confirmed before.
        Invalid: no column is the title.
    """
    require(rules.can_import(by))
    require_step(batch.state, among={State.KEPT})
    if "title" not in columns.values():
        raise Invalid({"": NO_TITLE_COLUMN})
    batch.columns = {head: columns.get(head, "") for head in batch.columns}
    for head, column in batch.columns.items():
        db.session.merge(ColumnChoice(user_id=by.id, head=fold_name(head), column=column))
    _judge_again(batch)
    audit.record("import.columns_chosen", on=batch, by=by)
    return batch


def begin(batch: Batch, *, by: User | None) -> Batch:
    """Confirm a batch; `import_some` does the work from then on.

    Raises:
        InvalidState: it was confirmed before, or is not read to its end.
    """
    require(by is None or rules.can_import(by))
    require_step(batch.is_read, among={True})
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
    verdicts = judge([(row.number, row.said) for row in waiting], thoroughly=False)
    news = []
    for row, verdict in zip(waiting, verdicts, strict=True):
        if verdict.fate is Fate.NEW:
            news.append((row, _past(row, verdict)))
        else:  # somebody was quicker
            _tell(row, verdict)
    _import(batch, news, by)
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
            row.initiative_id = row.file_id = None
            row.fate = Fate.UNDONE
            batch.imported_count -= 1
        else:
            row.fate = Fate.KNOWN
    if not rows and batch.state is State.UNDOING:
        batch.move_to(State.UNDONE)
    return len(rows)


def _kept_files(verdicts: Sequence[Verdict], files: Mapping[int, Received]) -> dict[int, int]:
    """Keep the files of rows that will be imported; return the ids of their rows."""
    new = [verdict.number for verdict in verdicts if verdict.fate is Fate.NEW and verdict.number in files]
    kept = {number: keep_file(files[number]) for number in new}
    db.session.flush()
    return {number: file.id for number, file in kept.items()}


def _judge_again(batch: Batch) -> None:
    rows = queries.all_rows(batch)
    verdicts = judge([(row.number, row.said) for row in rows])
    told = [{"batch_id": batch.id, "number": verdict.number, **_told(verdict)} for verdict in verdicts]
    db.session.execute(update(BatchRow), told)
    batch.counts = _counts(verdicts)


def _counts(verdicts: Sequence[Verdict]) -> dict[str, int]:
    return dict(Counter(verdict.fate.value for verdict in verdicts))


def _told(verdict: Verdict) -> dict[str, Any]:
    """Return what a row keeps of its verdict."""
    return {
        "has_code": bool(verdict.code),
        "fate": verdict.fate,
        "problems": list(verdict.problems),
        "same_as_id": verdict.same_as,
        "same_row": verdict.same_row,
    }


def _tell(row: BatchRow, verdict: Verdict) -> None:
    for name, value in _told(verdict).items():
        setattr(row, name, value)


def _finish(batch: Batch, by: User | None) -> None:
    if batch.state is State.RUNNING:
        batch.move_to(State.DONE)
        batch.finished_at = now()
        audit.record("import.finished", on=batch, by=by, imported=batch.imported_count)


def _past(row: BatchRow, verdict: Verdict) -> initiatives.Past:
    return initiatives.Past(
        code=verdict.code,
        state=verdict.state,
        submitted_at=verdict.submitted_at,
        content=verdict.content,
        files=[(row.file, row.values["file"])] if row.file else (),
    )


def _import(batch: Batch, news: Sequence[tuple[BatchRow, initiatives.Past]], by: User | None) -> None:
    """Import rows together; where the database refuses them, each half, until the row is found whose fault it is.

    An outage is no fault of a row: it is tried again with the whole piece.
    """
    try:
        with db.session.begin_nested():
            made = initiatives.import_past([past for _, past in news], by=by)
    except (IntegrityError, DataError):
        middle = len(news) // 2
        for half in (news[:middle], news[middle:]) if middle else ():
            _import(batch, half, by)
        if not middle:
            row = news[0][0]
            row.fate, row.problems = Fate.ERROR, [*row.problems, NOT_KEPT]
        return
    for (row, _), initiative in zip(news, made, strict=True):
        row.initiative_id = initiative.id
    batch.imported_count += len(made)


def _remove(row: BatchRow, by: User | None) -> bool:
    """Remove the initiative of a row unless something hangs on it; say whether it is gone."""
    initiative = db.session.get_one(Initiative, row.initiative_id)
    try:
        with db.session.begin_nested():
            return initiatives.remove_past(initiative, by=by)
    except IntegrityError:  # a decision, say, that refers to it
        return False
