"""What is findable: of which things, their words, who may find them, what they can be filtered by.

To make something searchable, write a file that reads it and add a line to `SOURCES`.
"""

from collections.abc import Callable, Iterable

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.search.documents import initiatives, letters
from cchc_portal.search.documents.findable import EVERYBODY, OFFICE, Findable, Key, Source
from cchc_portal.search.documents.initiatives import INITIATIVE
from cchc_portal.search.documents.letters import ITEM, LETTER

__all__ = [
    "EVERYBODY",
    "INITIATIVE",
    "ITEM",
    "LETTER",
    "OFFICE",
    "SOURCES",
    "Findable",
    "Key",
    "marks_of",
    "touched_by",
]

SOURCES: dict[str, Source] = {
    INITIATIVE: Source(initiatives.ids, initiatives.read),
    LETTER: Source(letters.letter_ids, letters.read_letters, parts=letters.items_of),
    ITEM: Source(letters.item_ids, letters.read_items),
}

# What bears the name of something that is not findable itself.
_BEARERS: dict[str, Callable[[int], Iterable[Key]]] = {"unit": initiatives.of_unit}


def marks_of(user: User) -> frozenset[str]:
    """Return the marks a person carries; each opens what bears it in its audience."""
    own = {EVERYBODY, f"u:{user.id}"}
    return frozenset(own | {OFFICE} if is_office(user) else own)


def touched_by(kind: str, thing_id: int) -> Iterable[Key]:
    """Return the keys of what must be read again when something happens to a thing of any kind."""
    if kind in SOURCES:
        return [(kind, thing_id)]
    return _BEARERS[kind](thing_id) if kind in _BEARERS else ()
