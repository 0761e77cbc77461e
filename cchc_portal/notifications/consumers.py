"""Telling people what happened, from the events, each person once."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload

from cchc_portal.accounts.models import User
from cchc_portal.audit import Event
from cchc_portal.core.db import db, insert_once
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.rules import can_read
from cchc_portal.notifications.kinds import Kind, telling_of
from cchc_portal.notifications.models import MutedKind, Notification

LONGEST_WORDS = 300
CLOSING = ("initiative.withdrawn", "initiative.refused")


def tell(events: Sequence[Event]) -> None:
    """Write a notification for everybody an event concerns, except whoever did it.

    Nobody is told about what they may not see, nor what they have switched off; what was told about
    an initiative that was closed since is taken back from those who may no longer see it.
    """
    initiatives = _initiatives(events)
    for event in events:
        if (initiative := initiatives.get(_initiative_id(event))) is None:
            continue
        if event.name in CLOSING:
            _take_back(initiative)
        told = insert_once(Notification, *_rows(event, initiative))
        _count((notification.user_id for notification in told), 1)


def _rows(event: Event, initiative: Initiative) -> list[dict[str, object]]:
    reached = {event.actor_id}
    rows = []
    for kind in telling_of(event.name):
        willing = _willing({*kind.whom(event, initiative)} - reached, kind, initiative)
        reached |= willing
        rows += [_row(user_id, kind, event, initiative) for user_id in sorted(willing)]
    return rows


def _row(user_id: int, kind: Kind, event: Event, initiative: Initiative) -> dict[str, object]:
    return {
        "user_id": user_id,
        "event_id": event.id,
        "kind": kind.name,
        "initiative_id": initiative.id,
        "words": kind.words(event, initiative)[:LONGEST_WORDS],
    }


def _willing(user_ids: Collection[int], kind: Kind, initiative: Initiative) -> set[int]:
    if not user_ids:
        return set()
    muted = select(MutedKind.user_id).where(MutedKind.kind == kind.name)
    concerned = select(User).where(User.id.in_(user_ids), User.id.not_in(muted), User.disabled_at.is_(None))
    people = db.session.scalars(concerned.options(selectinload(User.grants)))
    return {user.id for user in people if kind.is_for(user) and can_read(user, initiative)}


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


def _initiatives(events: Sequence[Event]) -> dict[int, Initiative]:
    wanted = {_initiative_id(event) for event in events}
    query = select(Initiative).where(Initiative.id.in_(wanted)).options(selectinload(Initiative.authors))
    return {initiative.id: initiative for initiative in db.session.scalars(query)}


def _initiative_id(event: Event) -> int:
    if event.subject_kind == Initiative.__tablename__:
        return event.subject_id
    return int(event.data["initiative_id"])
