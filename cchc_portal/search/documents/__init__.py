"""What is findable: of which things, their words, who may find them, what they can be filtered by.

To make something searchable, write a file that reads it and add a line to `SOURCES`. Drafts are no
such thing: nothing of them is ever filed, so that nobody can learn of them (see `queries.drafts`).
"""

from collections.abc import Callable, Iterable

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.search.documents import comments, decisions, initiatives, letters
from cchc_portal.search.documents.comments import COMMENT
from cchc_portal.search.documents.decisions import DECISION
from cchc_portal.search.documents.findable import EVERYBODY, OFFICE, File, Findable, Key, Source
from cchc_portal.search.documents.initiatives import INITIATIVE
from cchc_portal.search.documents.letters import ITEM, LETTER

__all__ = [
    "COMMENT",
    "DECISION",
    "EVERYBODY",
    "INITIATIVE",
    "ITEM",
    "LETTER",
    "OFFICE",
    "SOURCES",
    "File",
    "Findable",
    "Key",
    "bearers_of",
    "marks_of",
    "touched_by",
]


def _parts_of(initiative_id: int) -> list[Key]:
    return [*comments.of_initiative(initiative_id), *decisions.of_initiative(initiative_id)]


SOURCES: dict[str, Source] = {
    INITIATIVE: Source(initiatives.ids, initiatives.read, parts=_parts_of),
    LETTER: Source(letters.letter_ids, letters.read_letters, parts=letters.items_of),
    ITEM: Source(letters.item_ids, letters.read_items),
    COMMENT: Source(comments.ids, comments.read),
    DECISION: Source(decisions.ids, decisions.read),
}

# What bears the name of something that is not findable itself.
_BEARERS: dict[str, Callable[[int], Iterable[Key]]] = {
    "unit": lambda unit_id: [*initiatives.of_unit(unit_id), *decisions.of_unit(unit_id)],
    "user": comments.of_user,
}


def marks_of(user: User) -> frozenset[str]:
    """Return the marks a person carries; each opens what bears it in its audience."""
    own = {EVERYBODY, f"u:{user.id}"}
    return frozenset(own | {OFFICE} if is_office(user) else own)


def touched_by(kind: str, thing_id: int) -> Iterable[Key]:
    """Return the keys of what must be read again when something happens to a thing of any kind."""
    if kind in SOURCES:
        return [(kind, thing_id)]
    return _BEARERS[kind](thing_id) if kind in _BEARERS else ()


def bearers_of(file_id: int) -> list[Key]:
    """Return the keys of the things a stored file lies with."""
    return [*initiatives.with_file(file_id), *letters.with_file(file_id)]
