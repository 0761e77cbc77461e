"""Who sees what, and loading one initiative through the person who asks."""

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select, union
from sqlalchemy.orm import aliased, joinedload, load_only

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.initiatives.models import OPEN, Attachment, Author, Draft, Initiative, State, Version
from cchc_portal.initiatives.rules import can_read

Key = int | BindParameter[int]
_Own = aliased(Initiative)

# Built once: nearly every request begins with one of them, and putting them together takes longer than asking.
_ONE = select(Initiative).where(Initiative.id == bindparam("initiative_id"), Initiative.deleted_at.is_(None))
_WHOLE = _ONE.options(joinedload(Initiative.unit), joinedload(Initiative.authors))
_HEAD = _ONE.options(
    joinedload(Initiative.authors).load_only(Author.user_id),
    load_only(
        Initiative.title,
        Initiative.state,
        Initiative.created_by_id,
        Initiative.awaits_confirmation,
        Initiative.deleted_at,
        Initiative.vote_count,
        Initiative.comment_count,
    ),
)


def is_open() -> ColumnElement[bool]:
    """Return the condition under which every signed-in colleague may read; `Initiative.is_open` in SQL."""
    return and_(
        Initiative.state.in_(OPEN),
        Initiative.awaits_confirmation.is_(False),
        Initiative.deleted_at.is_(None),
    )


def is_author(user: User) -> ColumnElement[bool]:
    """Return the condition that the person wrote it; `Initiative.is_author` in SQL."""
    return _is_by(user.id)


def visible_to(user: User) -> Select[Initiative]:
    """Return the initiatives a person may see, deleted ones aside; `rules.can_read` in SQL."""
    return visible_by(user.id, office=is_office(user))


def visible_by(user_id: Key, *, office: bool) -> Select[Initiative]:
    """Return what `visible_to` returns; for queries that are built once, with a parameter for the person."""
    # What is deleted is said once and outside the "or": that lets the database walk its index in order.
    seen = Initiative.state != State.DRAFT if office else is_open()
    return select(Initiative).where(Initiative.deleted_at.is_(None), or_(seen, _is_by(user_id)))


def _is_by(user_id: Key) -> ColumnElement[bool]:
    begun = select(_Own.id).where(_Own.created_by_id == user_id)
    named = select(Author.initiative_id).where(Author.user_id == user_id)
    return Initiative.id.in_(union(begun, named))  # two short lists by index; an "or" would read every row


def get(initiative_id: int, *, to: User) -> Initiative:
    """Return an initiative with its unit and authors, in one query.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    return _load(_WHOLE, initiative_id, to)


def get_head(initiative_id: int, *, to: User) -> Initiative:
    """Return an initiative with its authors but without its texts, in one query.

    For what colleagues do to it rather than read of it; a text that is asked for comes by itself.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    return _load(_HEAD, initiative_id, to)


def get_deleted(initiative_id: int, *, to: User) -> Initiative:
    """Return a deleted draft, for whoever began it.

    Raises:
        NotFound: there is none of this person.
    """
    found = db.session.get(Initiative, initiative_id)
    if found is None or found.deleted_at is None or found.created_by_id != to.id:
        raise NotFound
    return found


def draft_of(initiative: Initiative, *, to: User) -> Draft:
    """Return what the authors are writing.

    Raises:
        NotFound: the person is no author.
    """
    draft = db.session.get(Draft, initiative.id, options=[joinedload(Draft.saved_by)])
    if draft is None or not initiative.is_author(to):
        raise NotFound
    return draft


def attachment(initiative: Initiative, attachment_id: int, *, to: User) -> Attachment:
    """Return a file of an initiative the person may see.

    Raises:
        NotFound: there is none, or only its authors may see it: it is not submitted yet, or it was
            taken out and the text that colleagues read no longer names it.
    """
    found = db.session.get(Attachment, attachment_id)
    if found is None or found.initiative_id != initiative.id:
        raise NotFound
    if found.deleted_at is None and (found.is_submitted or initiative.is_author(to)):
        return found
    if found.is_submitted and _is_named(found, initiative):
        return found
    raise NotFound


def _is_named(attachment: Attachment, initiative: Initiative) -> bool:
    newest = newest_version(initiative)
    return newest is not None and any(file["id"] == attachment.id for file in newest.content["attachments"])


def newest_version(initiative: Initiative) -> Version | None:
    """Return the text as it was last submitted; None before the first submission."""
    query = select(Version).where(Version.initiative_id == initiative.id)
    return db.session.scalar(query.order_by(Version.number.desc()).limit(1))


def _load(query: Select[Initiative], initiative_id: int, to: User) -> Initiative:
    found = db.session.scalars(query, {"initiative_id": initiative_id}).unique().one_or_none()
    if found is None or not can_read(to, found):
        raise NotFound
    return found
