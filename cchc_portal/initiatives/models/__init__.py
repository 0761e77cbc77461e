"""Tables and states of initiatives."""

from cchc_portal.initiatives.models.initiative import (
    Answer,
    Attachment,
    Author,
    CodeCounter,
    Draft,
    Figure,
    InFieldOf,
    Initiative,
    Tag,
    Version,
)
from cchc_portal.initiatives.models.limits import REQUEST_RECOGNITION, TimeLimit
from cchc_portal.initiatives.models.states import CANDIDATES, OPEN, WRITABLE, EntryMode, Kind, State, leads_to

__all__ = [
    "CANDIDATES",
    "OPEN",
    "REQUEST_RECOGNITION",
    "WRITABLE",
    "Answer",
    "Attachment",
    "Author",
    "CodeCounter",
    "Draft",
    "EntryMode",
    "Figure",
    "InFieldOf",
    "Initiative",
    "Kind",
    "State",
    "Tag",
    "TimeLimit",
    "Version",
    "leads_to",
]
