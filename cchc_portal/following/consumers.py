"""Authors and commenters follow without asking; who has left may come back by commenting again."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from cchc_portal.audit import Event
from cchc_portal.core.db import db, insert_once
from cchc_portal.following.models import Follower
from cchc_portal.initiatives.models import Author, Initiative


def follow_along(events: Sequence[Event]) -> None:
    """Let the authors of submitted initiatives and the writers of comments follow."""
    wanted = {pair for event in events for pair in _pairs(event)}
    rows = [{"user_id": user_id, "initiative_id": initiative_id} for user_id, initiative_id in sorted(wanted)]
    insert_once(Follower, *rows)


def _pairs(event: Event) -> Iterator[tuple[int, int]]:
    if event.name == "comment.written" and event.actor_id:
        yield event.actor_id, event.data["initiative_id"]
    elif event.name == "initiative.submitted" and event.data.get("version", 1) == 1:
        yield from ((user_id, event.subject_id) for user_id in _author_ids(event.subject_id))


def _author_ids(initiative_id: int) -> set[int]:
    named = select(Author.user_id).where(Author.initiative_id == initiative_id, Author.user_id.is_not(None))
    creator = select(Initiative.created_by_id).where(Initiative.id == initiative_id)
    return {user_id for user_id in db.session.scalars(named.union(creator)) if user_id}
