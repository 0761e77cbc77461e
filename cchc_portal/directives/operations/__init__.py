"""Everything the office does with letters, one verb each."""

from cchc_portal.directives.operations.addressing import acknowledge
from cchc_portal.directives.operations.amending import CHANGED, NO_REASON, NOTHING_NEW, amend, correct
from cchc_portal.directives.operations.attaching import attach, detach
from cchc_portal.directives.operations.booking import EARLY, TAKEN
from cchc_portal.directives.operations.filling import IN_USE, NO_DAY, NO_TEXT, TWICE
from cchc_portal.directives.operations.importing import enter_outgoing, import_file, import_letter
from cchc_portal.directives.operations.issuing import close, discard, enter_number, issue
from cchc_portal.directives.operations.relating import ITSELF, NAMELESS, THERE, relate, unrelate

__all__ = [
    "CHANGED",
    "EARLY",
    "IN_USE",
    "ITSELF",
    "NAMELESS",
    "NOTHING_NEW",
    "NO_DAY",
    "NO_REASON",
    "NO_TEXT",
    "TAKEN",
    "THERE",
    "TWICE",
    "acknowledge",
    "amend",
    "attach",
    "close",
    "correct",
    "detach",
    "discard",
    "enter_number",
    "enter_outgoing",
    "import_file",
    "import_letter",
    "issue",
    "relate",
    "unrelate",
]
