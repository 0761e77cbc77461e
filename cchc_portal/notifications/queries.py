"""Reading notifications and switches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from cchc_portal.accounts.models import User
from cchc_portal.audit import Event
from cchc_portal.core.clock import local
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import queries as directives
from cchc_portal.directives.models import Directive
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.notifications.kinds import BY_NAME, Kind
from cchc_portal.notifications.models import MutedKind, Notification
from cchc_portal.notifications.subjects import title_of
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task


@dataclass(frozen=True)
class Entry:
    """A notification as it is shown: with who acted ("" for the portal) and on what."""

    notification: Notification
    subject_id: int
    actor: str

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return BY_NAME[self.notification.kind]

    @property
    def title(self) -> str:
        """The title of what it is about."""
        told = self.notification
        if told.task:
            return title_of(told.task)
        thing = told.initiative or told.directive
        return thing.title if thing else told.title

    @property
    def is_unread(self) -> bool:
        """True until the person has opened it."""
        return self.notification.read_at is None


def page(*, to: User, before: int | None = None, limit: int) -> list[Entry]:
    """Return a person's notifications, the newest first.

    Args:
        to: whose.
        before: id of the last one already shown.
        limit: how many at most.
    """
    query = _entries(to).order_by(Notification.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Notification.id < before)
    return [_entry(row) for row in db.session.execute(query)]


def get(notification_id: int, *, to: User) -> Entry:
    """Return one notification of a person.

    Raises:
        NotFound: there is none, it is somebody else's, or its initiative is no longer to be seen.
    """
    row = db.session.execute(_entries(to).where(Notification.id == notification_id)).one_or_none()
    if row is None:
        raise NotFound
    return _entry(row)


def by_day(entries: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Group entries by the day on which the office's clock showed them."""
    days = groupby(entries, lambda entry: local(entry.notification.created_at).date())
    return [(day, list(group)) for day, group in days]


def kinds_for(user: User) -> list[Kind]:
    """Return the kinds a person can get."""
    return [kind for kind in BY_NAME.values() if kind.is_for(user)]


def muted_by(user: User) -> set[str]:
    """Return the names of the kinds a person has switched off."""
    return set(db.session.scalars(select(MutedKind.kind).where(MutedKind.user_id == user.id)))


def _entries(user: User) -> Select[Notification, int, str | None]:
    return (
        select(Notification, Event.subject_id, User.full_name)
        .join(Event, Event.id == Notification.event_id)
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(Notification.initiative)
        .outerjoin(Notification.directive)
        .outerjoin(Notification.task)
        .outerjoin(Task.item)
        .options(
            contains_eager(Notification.initiative),
            contains_eager(Notification.directive),
            contains_eager(Notification.task).contains_eager(Task.item),
        )
        .where(
            Notification.user_id == user.id,
            Notification.kind.in_(BY_NAME),
            _nothing_or_in(Notification.initiative_id, initiatives.visible_to(user), Initiative.id),
            _nothing_or_in(Notification.task_id, tasks.visible_to(user), Task.id),
            _nothing_or_in(Notification.directive_id, directives.visible_to(user), Directive.id),
        )
    )


def _nothing_or_in(
    subject_id: InstrumentedAttribute[int | None], visible: Select[Any], key: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    return or_(subject_id.is_(None), subject_id.in_(visible.with_only_columns(key)))


def _entry(row: Sequence[object]) -> Entry:
    notification, subject_id, actor = row
    return Entry(notification, subject_id, actor or "")  # type: ignore[arg-type]
