"""Tables and states of initiatives."""

from cchc_portal.initiatives.models.initiative import (
    Answer,
    Attachment,
    Author,
    CodeCounter,
    Figure,
    Follower,
    Initiative,
    Version,
)
from cchc_portal.initiatives.models.states import CANDIDATES, OPEN, WRITABLE, EntryMode, Kind, State, leads_to

__all__ = [
    "CANDIDATES",
    "OPEN",
    "WRITABLE",
    "Answer",
    "Attachment",
    "Author",
    "CodeCounter",
    "EntryMode",
    "Figure",
    "Follower",
    "Initiative",
    "Kind",
    "State",
    "Version",
    "leads_to",
]
