"""Everything people do with initiatives; one verb, one function."""

from cchc_portal.initiatives.operations.attaching import attach, detach
from cchc_portal.initiatives.operations.deciding import accept, confirm, publish, refuse, return_
from cchc_portal.initiatives.operations.drafting import DraftConflict, delete, restore, save, start
from cchc_portal.initiatives.operations.importing import Past, import_past, remove_past
from cchc_portal.initiatives.operations.submission import submit, withdraw

__all__ = [
    "DraftConflict",
    "Past",
    "accept",
    "attach",
    "confirm",
    "delete",
    "detach",
    "import_past",
    "publish",
    "refuse",
    "remove_past",
    "restore",
    "return_",
    "save",
    "start",
    "submit",
    "withdraw",
]
