"""Everything people do with tasks; one verb, one function."""

from cchc_portal.tasks.operations.assigning import assign, name_person, set_deadline
from cchc_portal.tasks.operations.checking import cancel, complete, return_, verify
from cchc_portal.tasks.operations.extending import ask_extension, decide_extension
from cchc_portal.tasks.operations.marking import answer, mark_backlog, remark
from cchc_portal.tasks.operations.opening import open_from, open_next
from cchc_portal.tasks.operations.working import note_progress, report, start

__all__ = [
    "answer",
    "ask_extension",
    "assign",
    "cancel",
    "complete",
    "decide_extension",
    "mark_backlog",
    "name_person",
    "note_progress",
    "open_from",
    "open_next",
    "remark",
    "report",
    "return_",
    "set_deadline",
    "start",
    "verify",
]
