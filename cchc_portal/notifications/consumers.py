"""Telling people what happened, from the events, each person once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import selectinload

from cchc_portal.accounts.models import User
from cchc_portal.audit import Event
from cchc_portal.core.db import db, insert_once
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.rules import can_read
from cchc_portal.notifications.kinds import Kind, telling_of
from cchc_portal.notifications.models import MutedKind, Notification
from cchc_portal.notifications.subjects import INITIATIVE, Subject

LONGEST_WORDS = 300
CLOSING = ("initiative.withdrawn", "initiative.refused")
TOGETHER = timedelta(hours=1)  # what happens to a letter within it is one line

Things = Mapping[Subject, Mapping[int, Any]]


def tell(events: Sequence[Event]) -> None:
    """Write a notification for everybody an event concerns, except whoever did it.

    Nobody is told about what they may not see, nor what they have switched off; what was told about
    an initiative that was closed since is taken back from those who may no longer see it.
    """
    things = _things(events)
    for event in events:
        if event.name in CLOSING and (closed := things[INITIATIVE].get(event.subject_id)):
            _take_back(closed)
        told = insert_once(Notification, *_rows(event, things))
        _count((notification.user_id for notification in told), 1)


def _things(events: Sequence[Event]) -> Things:
    """Load what the events are about, one query for each kind of thing."""
    wanted: dict[Subject, set[int]] = {INITIATIVE: set()}
    for event in events:
        if event.name in CLOSING:
            wanted[INITIATIVE].add(event.subject_id)
        for kind in telling_of(event.name):
            if kind.about is not None:
                wanted.setdefault(kind.about, set()).add(kind.about.id_in(event))
    return {subject: subject.load(ids) for subject, ids in wanted.items()}


def _rows(event: Event, things: Things) -> list[dict[str, object]]:
    reached = {event.actor_id}
    rows = []
    for kind in telling_of(event.name):
        thing = things[kind.about].get(kind.about.id_in(event)) if kind.about else None
        if kind.about and thing is None:
            continue
        willing = _willing({*kind.whom(event, thing)} - reached, kind, thing)
        reached |= willing
        if kind.groups:
            willing -= _told_already(event, kind, thing)
        rows += [_row(user_id, kind, event, thing) for user_id in sorted(willing)]
    return rows


def _row(user_id: int, kind: Kind, event: Event, thing: Any) -> dict[str, object]:
    place: dict[str, object] = {"initiative_id": None, "task_id": None, "directive_id": None}
    return {
        "user_id": user_id,
        "event_id": event.id,
        "kind": kind.name,
        "title": kind.title(event, thing)[:LONGEST_WORDS],
        "words": kind.words(event, thing)[:LONGEST_WORDS],
        **place,
        **kind.place(thing),
    }


def _told_already(event: Event, kind: Kind, thing: Any) -> set[int]:
    """Return who has an unread or a quite new line about the same already: many tasks, one letter."""
    same: Iterator[ColumnElement[bool]] = (
        getattr(Notification, column) == value for column, value in kind.place(thing).items()
    )
    recent = or_(Notification.read_at.is_(None), Event.at > event.at - TOGETHER)
    query = select(Notification.user_id).join(Event, Event.id == Notification.event_id)
    return set(db.session.scalars(query.where(Notification.kind == kind.name, recent, *same)))


def _willing(user_ids: Collection[int], kind: Kind, thing: Any) -> set[int]:
    if not user_ids:
        return set()
    muted = select(MutedKind.user_id).where(MutedKind.kind == kind.name)
    concerned = select(User).where(User.id.in_(user_ids), User.id.not_in(muted), User.disabled_at.is_(None))
    people = db.session.scalars(concerned.options(selectinload(User.grants)))
    return {user.id for user in people if kind.is_for(user) and kind.can_read(user, thing)}


def _take_back(initiative: Initiative) -> None:
    told = select(Notification.user_id).where(Notification.initiative_id == initiative.id)
    people = db.session.scalars(select(User).where(User.id.in_(told)).options(selectinload(User.grants)))
    shut_out = [user.id for user in people if not can_read(user, initiative)]
    gone = delete(Notification).where(
        Notification.initiative_id == initiative.id, Notification.user_id.in_(shut_out)
    )
    rows = db.session.execute(gone.returning(Notification.user_id, Notification.read_at)).all()
    _count((user_id for user_id, read_at in rows if read_at is None), -1)


def _count(user_ids: Iterable[int], change: int) -> None:
    """Move the stored number of unread notifications, by one for each time a person is named."""
    for number, people in groupby(sorted(Counter(user_ids).items(), key=itemgetter(1)), key=itemgetter(1)):
        moved = update(User).where(User.id.in_([user_id for user_id, _times in people]))
        db.session.execute(moved.values(unread_count=User.unread_count + number * change))
