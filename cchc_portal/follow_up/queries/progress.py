"""How far letters have come: shares of their tasks."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import State, Task


@dataclass(frozen=True)
class Progress:
    """How many tasks of a letter stand where; each is counted once, cancelled ones not at all.

    Args:
        done: confirmed as done.
        verified: checked, not yet confirmed.
        reported: reported, waiting to be checked.
        overdue: the unit's turn, and the last day is over.
        at_work: begun, in time.
        waiting: not begun, in time.
    """

    done: int = 0
    verified: int = 0
    reported: int = 0
    at_work: int = 0
    waiting: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """All tasks."""
        return self.done + self.verified + self.reported + self.at_work + self.waiting + self.overdue

    @property
    def percent(self) -> int:
        """The share that is done, in whole per cent; 100 only if nothing is left."""
        return 100 * self.done // self.total if self.total else 0


def progress(letters: Collection[int], *, to: User) -> dict[int, Progress]:
    """Return how far letters have come, in one statement: id -> shares; letters without tasks are missing.

    Args:
        letters: ids.
        to: the person who asks.
    """
    late = case((Task.is_overdue, 1), else_=0).label("late")
    query = tasks.visible_to(to).where(Item.directive_id.in_(letters), Task.state != State.CANCELLED)
    found: dict[int, dict[str, int]] = {}
    for letter_id, state, is_late, number in db.session.execute(
        query.with_only_columns(Item.directive_id, Task.state, late, func.count()).group_by(
            Item.directive_id, Task.state, "late"
        )
    ):
        shares = found.setdefault(letter_id, {})
        name = "overdue" if is_late else _SHARES[state]
        shares[name] = shares.get(name, 0) + number
    return {letter_id: Progress(**shares) for letter_id, shares in found.items()}


_SHARES = {
    State.DONE: "done",
    State.VERIFIED: "verified",
    State.REPORTED: "reported",
    State.IN_PROGRESS: "at_work",
    State.NOT_STARTED: "waiting",
}
