"""Tasks of units."""

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.tasks.models import DeadlineSource, Evidence, State, Task, TaskNote
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.replication import in_days
from tests.factories.storage import keep_file


def make_task(
    *,
    item: Item | None = None,
    unit: Unit | None = None,
    days: int | None = None,
    state: State = State.NOT_STARTED,
    **columns: object,
) -> Task:
    """Make a task; its last day is so many days from today, none unless told.

    States that come after a report get the moments and people that they need.
    """
    task = Task(item=item or make_directive().items[0], unit=unit or make_unit(), **columns)
    if days is not None:
        task.be_due(in_days(days), source=DeadlineSource.INTERNAL)
    task.state = state
    if state in {State.REPORTED, State.VERIFIED, State.DONE}:
        task.reported_at, task.reported_by = task.reported_at or now(), task.reported_by or make_user()
    if state in {State.VERIFIED, State.DONE}:
        task.verified_at, task.verified_by = now(), make_user()
    if state in {State.DONE, State.CANCELLED}:
        task.closed_at = now()
    db.session.add(task)
    db.session.commit()
    return task


def make_evidence(task: Task, *, by: User | None = None, name: str = "Biên bản.pdf") -> Evidence:
    """Make a file that proves a word of progress."""
    file = keep_file()
    db.session.add(file)
    note = TaskNote(task=task, author=by or make_user(), text="Đã làm.", files=[])
    evidence = Evidence(file=file, name=name)
    note.files.append(evidence)
    db.session.add(note)
    db.session.commit()
    return evidence
