"""What people are told: one line per kind.

A person hears of one event once: by the first kind in this order that concerns them.
"""

from cchc_portal.notifications.kinds.initiatives import INITIATIVE_KINDS
from cchc_portal.notifications.kinds.kind import Kind
from cchc_portal.notifications.kinds.searches import FOUND, SEARCH_KINDS
from cchc_portal.notifications.kinds.tasks import TASK_KINDS

KINDS = INITIATIVE_KINDS + TASK_KINDS + SEARCH_KINDS
BY_NAME = {kind.name: kind for kind in KINDS}

__all__ = ["BY_NAME", "FOUND", "KINDS", "Kind", "telling_of"]


def telling_of(event_name: str) -> list[Kind]:
    """Return the kinds that tell about an event, the most important first."""
    return [kind for kind in KINDS if event_name in kind.events]
