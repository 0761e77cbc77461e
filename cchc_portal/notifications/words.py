"""What stands below the sentence of a notification."""

from collections.abc import Callable
from typing import Any

from cchc_portal.audit import Event
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.models import Initiative
from cchc_portal.replication.models import Selection
from cchc_portal.tasks.models import NoteKind, Task

STEPS = {
    "initiative.accepted": N_("Đã tiếp nhận"),
    "initiative.published": N_("Đã công bố"),
    "initiative.selected": N_("Được chọn nhân rộng"),
    "initiative.declined": N_("Chưa được chọn nhân rộng"),
}


def none(_event: Event, _thing: Any) -> str:
    """Nothing."""
    return ""


def state_reason(_event: Event, initiative: Initiative) -> str:
    """Why it was returned or refused."""
    return initiative.state_reason


def decision(event: Event, _initiative: Initiative) -> str:
    """What the leader wrote to the decision."""
    return db.session.get_one(Selection, event.data["selection"]).note


def step(event: Event, _initiative: Initiative) -> str:
    """Where it has come to."""
    return STEPS[event.name]


def note_of(kind: NoteKind) -> Callable[[Event, Task], str]:
    """Return what finds the last note of a kind that somebody wrote on a task."""

    def find(_event: Event, task: Task) -> str:
        return next((note.text for note in reversed(task.notes) if note.kind is kind), "")

    return find


def extension_reason(_event: Event, task: Task) -> str:
    """Why more time is asked for."""
    return task.extensions[-1].reason if task.extensions else ""


def extension_answer(_event: Event, task: Task) -> str:
    """What was answered to the request for more time."""
    return task.extensions[-1].answer if task.extensions else ""


def said(event: Event, _thing: Any) -> str:
    """What the one who acted wrote."""
    return str(event.data.get("words", ""))


def named(event: Event, _thing: Any) -> str:
    """What the event is about: tasks, or a saved search."""
    return str(event.data.get("titles", ""))
