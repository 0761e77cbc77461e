"""Who an event concerns; every function returns ids of people, in any order and with doubles."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select

from cchc_portal.accounts.models import Role, RoleGrant, Unit, User
from cchc_portal.accounts.queries import holding
from cchc_portal.audit import Event
from cchc_portal.comments.models import Comment
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.following.queries import follower_ids
from cchc_portal.initiatives.models import Initiative
from cchc_portal.tasks.models import Task


def authors(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Whoever wrote it and everybody named as author with an account."""
    ids = (initiative.created_by_id, *(author.user_id for author in initiative.authors))
    return {user_id for user_id in ids if user_id}


def followers(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Everybody who follows."""
    return follower_ids(initiative)


def nominated(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Authors who were nominated and have not agreed yet."""
    if not initiative.awaits_confirmation:
        return ()
    return [author.user_id for author in initiative.authors if author.user_id and not author.confirmed_at]


def nominator(_event: Event, initiative: Initiative) -> Iterable[int]:
    """Whoever wrote down a colleague's practice."""
    return [initiative.created_by_id] if initiative.created_by_id else []


def target_units(event: Event, _initiative: Initiative) -> Iterable[int]:
    """The people of the units that an act names, and their heads."""
    return people_of_units(event.data["units"])


def mentioned(event: Event, _initiative: Initiative) -> Iterable[int]:
    """Whom a comment mentions."""
    return event.data["mentioned"]  # type: ignore[no-any-return]


def answered(event: Event, _initiative: Initiative) -> Iterable[int]:
    """Whoever is answered, and whoever began the thread in which a comment answers."""
    parent = select(Comment.parent_id).where(Comment.id == event.subject_id).scalar_subquery()
    began = db.session.scalars(select(Comment.author_id).where(Comment.id == parent))
    return {*began, *([event.data["answered"]] if "answered" in event.data else [])}


def writer(event: Event, _initiative: Initiative) -> Iterable[int]:
    """Whoever wrote the comment."""
    return db.session.scalars(select(Comment.author_id).where(Comment.id == event.subject_id))


def office(_event: Event, _thing: Any) -> Iterable[int]:
    """The Office – Statistics."""
    return [user.id for user in holding(Role.OFFICE)]


def unit_of_task(_event: Event, task: Task) -> Iterable[int]:
    """The people of the unit that has to do it, and its head."""
    return people_of_units([task.unit_id])


def person_of_task(_event: Event, task: Task) -> Iterable[int]:
    """Whoever was named to do it."""
    return [task.person_id] if task.person_id else ()


def answering_for_task(event: Event, task: Task) -> Iterable[int]:
    """Whoever was named to do it with the unit's head; the whole unit while nobody is named."""
    if task.person_id is None:
        return unit_of_task(event, task)
    return {task.person_id, *heads_of_units([task.unit_id])}


def unit_urged(_event: Event, unit: Unit) -> Iterable[int]:
    """The people of the unit, and its head."""
    return people_of_units([unit.id])


def addressee(event: Event, _thing: Any) -> Iterable[int]:
    """To whom the event says it is."""
    return [event.data["to"]]


def people_of_units(unit_ids: Collection[int]) -> Iterable[int]:
    """Return everybody who sits in one of the units, and its heads, who may sit elsewhere."""
    seated = db.session.scalars(select(User.id).where(User.unit_id.in_(unit_ids)))
    return {*seated, *heads_of_units(unit_ids)}


def heads_of_units(unit_ids: Collection[int]) -> Iterable[int]:
    """Return who heads one of the units today."""
    return db.session.scalars(
        select(RoleGrant.user_id).where(
            RoleGrant.role == Role.DEPT_HEAD,
            RoleGrant.unit_id.in_(unit_ids),
            RoleGrant.valid(today()),
        )
    ).all()
