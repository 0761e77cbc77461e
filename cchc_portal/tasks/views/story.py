"""What happened to a task, as its page tells it: notes and requests for more time, the newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from cchc_portal.accounts.models import User
from cchc_portal.tasks.models import Evidence, Extension, Task, TaskNote
from cchc_portal.web.i18n import day


@dataclass(frozen=True)
class Entry:
    """One thing that was said.

    Args:
        what: what kind of word it is, in the person's language.
        who: who said it.
        at: when.
        text: as it was written.
        percent: how far the work was said to be.
        files: what proves it.
    """

    what: str
    who: User | None
    at: datetime
    text: str = ""
    percent: int | None = None
    files: Sequence[Evidence] = ()


def story(task: Task) -> list[Entry]:
    """Return everything that was said about a task, the newest first."""
    entries = [*map(_of_note, task.notes), *(one for extension in task.extensions for one in _of(extension))]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _of_note(note: TaskNote) -> Entry:
    return Entry(_(note.kind.label), note.author, note.written_at, note.text, note.percent, note.files)


def _of(extension: Extension) -> Iterator[Entry]:
    until = day(extension.wanted_on)
    asked = _("Đề nghị gia hạn đến hết %(day)s", day=until)
    yield Entry(asked, extension.asked_by, extension.asked_at, extension.reason)
    if extension.decided_at is not None:
        words = _("Gia hạn đến hết %(day)s", day=until) if extension.is_granted else _("Không gia hạn")
        yield Entry(words, extension.decided_by, extension.decided_at, extension.answer)
