"""What notifications can be about, and who may see it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.audit import Event
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.rules import can_read as can_read_letter
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.rules import can_read as can_read_initiative
from cchc_portal.tasks.models import Task

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Subject:
    """A kind of thing that something can happen to.

    Args:
        table: its table, as events name it.
        query: loads such things with what rules and titles ask for.
        can_read: who may see one.
    """

    table: str
    query: Select[Any]
    can_read: Callable[[User, Any], bool]

    def load(self, ids: Collection[int]) -> Mapping[int, Any]:
        """Return the things of these ids, by id, in one query."""
        model = self.query.column_descriptions[0]["entity"]
        return {thing.id: thing for thing in db.session.scalars(self.query.where(model.id.in_(ids)))}

    def id_in(self, event: Event) -> int:
        """Return which one an event is about: it happened to it, or the event names it."""
        if event.subject_kind == self.table:
            return event.subject_id
        return int(event.data[f"{self.table}_id"])


def title_of(task: Task) -> str:
    """Return what a task is called in one line: the item's summary, else the beginning of its text."""
    words = task.item.title
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"


def titles_of(tasks: Sequence[Task]) -> str:
    """Return what several tasks are called, in one line."""
    return "; ".join(title_of(task) for task in tasks)


def can_read_task(user: User, task: Task) -> bool:
    """Whoever may read its letter."""
    return can_read_letter(user, task.item.directive)


INITIATIVE = Subject(
    Initiative.__tablename__,
    select(Initiative).options(selectinload(Initiative.authors)),
    can_read_initiative,
)
TASK = Subject(
    Task.__tablename__,
    select(Task).options(joinedload(Task.item).joinedload(Item.directive)),
    can_read_task,
)
LETTER = Subject(Directive.__tablename__, select(Directive), can_read_letter)
UNIT = Subject(Unit.__tablename__, select(Unit), lambda _user, _unit: True)
