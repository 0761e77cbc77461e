"""What a unit does with its task: begin, say how far it is, report."""

from collections.abc import Sequence

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received, keep
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.models import Evidence, NoteKind, State, Task, TaskNote
from cchc_portal.tasks.operations.holding import hold, record, require_state
from cchc_portal.tasks.operations.marking import LONG_CODE, LONGEST_CODE

MOST_FILES = 20
LARGEST_SUM = 100 * 1024 * 1024
LONGEST = 4000
DONE = 100  # per cent
NO_TEXT = N_("Hãy ghi đã làm được gì, hoặc kèm tệp minh chứng.")
NO_REPORT = N_("Hãy ghi kết quả thực hiện.")
TOO_LONG = N_("Nội dung không quá 4.000 ký tự.")
NO_PERCENT = N_("Tiến độ là số từ 0 đến 100.")
TOO_MANY = N_("Mỗi nhiệm vụ kèm tối đa 20 tệp minh chứng.")
TOO_LARGE = N_("Các tệp minh chứng của một nhiệm vụ cộng lại không quá 100 MB.")

File = tuple[Received, str]  # bytes from `storage.operations.receive`, and the name they came under


def start(task: Task, *, by: User) -> Task:
    """Begin the work, so that others see that somebody is at it.

    Raises:
        NotAllowed: the person does not work on it.
        InvalidState: it has begun already, or is over.
    """
    require(rules.answers_for(by, hold(task)))
    require_state(rules.can_start(by, task))
    _begin(task)
    record("task.started", on=task, by=by)
    return task


def note_progress(
    task: Task, *, by: User, text: str = "", percent: int | None = None, files: Sequence[File] = ()
) -> TaskNote:
    """Say how far the work is; the first word on a task also begins it.

    Args:
        task: of which it is the unit's turn.
        by: whoever works on it, or the Office.
        text: what was done, what holds it up.
        percent: how much is done; None leaves it as it is.
        files: what proves it.

    Raises:
        NotAllowed: the person does not work on it.
        InvalidState: it was reported, cancelled or completed in the meantime.
        Invalid: nothing said and nothing proven, a percentage that is none, too many or too large files.
    """
    require(rules.answers_for(by, hold(task)))
    require_state(rules.can_note(by, task))
    errors = {"percent": NO_PERCENT} if percent is not None and not 0 <= percent <= DONE else {}
    if not text.strip() and not files and (percent is None or percent == task.percent):
        errors["text"] = NO_TEXT
    note = write(task, NoteKind.PROGRESS, by=by, text=text, percent=percent, files=files, errors=errors)
    if task.state is State.NOT_STARTED:
        _begin(task)
    if percent is not None:
        task.percent = percent
    record("task.progressed", on=task, by=by, percent=task.percent)
    return note


def report(task: Task, *, by: User, text: str, files: Sequence[File] = (), answer_code: str = "") -> TaskNote:
    """Report the result to the Office, which verifies it next.

    Args:
        task: of which it is the unit's turn.
        by: whoever works on it, or the Office, which then leaves the verification to somebody else.
        text: the result.
        files: what proves it.
        answer_code: number of the letter that answers, if one was sent.

    Raises:
        NotAllowed: the person does not work on it.
        InvalidState: it was reported, cancelled or completed in the meantime.
        Invalid: no text, no number of a letter, or too many or too large files.
    """
    require(rules.answers_for(by, hold(task)))
    require_state(rules.can_report(by, task))
    answer_code = answer_code.strip()
    errors = {} if text.strip() else {"text": NO_REPORT}
    if len(answer_code) > LONGEST_CODE:
        errors["answer_code"] = LONG_CODE
    note = write(task, NoteKind.REPORT, by=by, text=text, percent=DONE, files=files, errors=errors)
    if task.state is State.NOT_STARTED:
        _begin(task)
    task.move_to(State.REPORTED)
    task.reported_at, task.reported_by = now(), by
    task.percent = DONE
    task.answer_code = answer_code or task.answer_code
    record("task.reported", on=task, by=by, days_late=_days_late(task))
    return note


def write(
    task: Task,
    kind: NoteKind,
    *,
    by: User,
    text: str,
    percent: int | None = None,
    files: Sequence[File] = (),
    errors: dict[str, str] | None = None,
) -> TaskNote:
    """Add a note to a task; for the operations of this package.

    Raises:
        Invalid: the errors given, a text that is too long, too many or too large files.
    """
    errors = dict(errors or {})
    if len(text) > LONGEST:
        errors["text"] = TOO_LONG
    if files and (refusal := _too_much(task, files)):
        errors["files"] = refusal
    if errors:
        raise Invalid(errors)
    kept = [Evidence(file=keep(received), name=clean_name(name)) for received, name in files]
    note = TaskNote(task=task, kind=kind, text=text.strip(), percent=percent, author=by, files=kept)
    db.session.add(note)
    return note


def _begin(task: Task) -> None:
    task.move_to(State.IN_PROGRESS)
    task.started_at = task.started_at or now()


def _too_much(task: Task, files: Sequence[File]) -> str:
    count, total = queries.evidence_kept(task)
    if count + len(files) > MOST_FILES:
        return TOO_MANY
    return TOO_LARGE if total + sum(received.size for received, _name in files) > LARGEST_SUM else ""


def _days_late(task: Task) -> int:
    return max(0, -(task.days_left or 0))
