"""Tables of tasks, their notes, evidence and extensions."""

from cchc_portal.tasks.models.notes import Evidence, Extension, TaskNote
from cchc_portal.tasks.models.states import (
    CLOSED,
    OPEN,
    TO_CHECK,
    TRANSITIONS,
    DeadlineSource,
    ExtensionState,
    NoteKind,
    State,
)
from cchc_portal.tasks.models.task import Task

__all__ = [
    "CLOSED",
    "OPEN",
    "TO_CHECK",
    "TRANSITIONS",
    "DeadlineSource",
    "Evidence",
    "Extension",
    "ExtensionState",
    "NoteKind",
    "State",
    "Task",
    "TaskNote",
]
