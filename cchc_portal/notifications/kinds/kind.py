"""What a kind of notification is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_portal.accounts.models import User
from cchc_portal.audit import Event
from cchc_portal.notifications.subjects import INITIATIVE, Subject
from cchc_portal.notifications.words import none as nothing


@dataclass(frozen=True)
class Kind:
    """A kind of notification.

    Args:
        name: what is stored.
        events: names of the events it tells about.
        text: Vietnamese sentence with %(title)s and, where a colleague acted, %(actor)s.
        label: what its switch says.
        icon: name in static/icons.svg.
        whom: ids of the people an event concerns.
        words: what stands below the sentence, a reason say.
        are_words_ours: whether they are the portal's and may be translated, not somebody's.
        opens: endpoint to which it leads.
        is_for: who gets it at all.
        about: what kind of thing the events happen to; None if to nothing that is looked at.
        place: columns of the notification that say what it leads to.
        title: what it is about, where it leads to no single thing.
        groups: whether one line is enough for all that happens to the same place at a time.
    """

    name: str
    events: tuple[str, ...]
    text: str
    label: str
    icon: str
    whom: Callable[[Event, Any], Iterable[int]]
    words: Callable[[Event, Any], str] = nothing
    are_words_ours: bool = False
    opens: str = "initiatives.show"
    is_for: Callable[[User], bool] = lambda _user: True
    about: Subject | None = INITIATIVE
    place: Callable[[Any], Mapping[str, int]] = lambda initiative: {"initiative_id": initiative.id}
    title: Callable[[Event, Any], str] = nothing
    groups: bool = False

    def can_read(self, user: User, thing: Any) -> bool:
        """Say whether the person may see what it is about."""
        return self.about is None or self.about.can_read(user, thing)
