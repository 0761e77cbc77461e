"""What is findable of comments: by whoever may read what they are about."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from cchc_portal.accounts.models import User
from cchc_portal.comments.models import Comment
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Author, Initiative, State
from cchc_portal.search.documents.findable import Findable, Key
from cchc_portal.search.documents.initiatives import INITIATIVE, audience_of

COMMENT = "comment"


def ids() -> Sequence[int]:
    """Return all that were neither taken back nor hidden."""
    return db.session.scalars(_shown().with_only_columns(Comment.id)).all()


def read(comment_ids: Sequence[int]) -> dict[int, Findable]:
    """Return comments with their writers."""
    query = _shown().where(Comment.id.in_(comment_ids)).options(*_WHOLE)
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return {comment.id: _findable(comment) for comment in found}


def of_initiative(initiative_id: int) -> list[Key]:
    """Return the keys of the comments on an initiative."""
    return _keys(Comment.initiative_id == initiative_id)


def of_user(user_id: int) -> list[Key]:
    """Return the keys of what a person has written."""
    return _keys(Comment.author_id == user_id)


def _keys(condition: ColumnElement[bool]) -> list[Key]:
    return [(COMMENT, comment_id) for comment_id in db.session.scalars(select(Comment.id).where(condition))]


def _shown() -> Select[Comment]:
    return (
        select(Comment)
        .join(Comment.initiative)
        .where(Comment.deleted_at.is_(None), Initiative.deleted_at.is_(None), Initiative.state != State.DRAFT)
    )


def _findable(comment: Comment) -> Findable:
    return Findable(
        code="",
        title="",  # the initiative's title would find it and all comments beside it
        pieces=(Markup(comment.body_html).striptags(),),  # noqa: S704  taken apart, not shown as markup
        keywords=(comment.author.full_name,),
        audience=audience_of(comment.initiative),
        facets={
            "type": [COMMENT],
            "author": [str(comment.author_id)],
            "year": [str(comment.created_at.year)],
        },
        stamp=int(comment.created_at.timestamp()),
        owner=(INITIATIVE, comment.initiative_id),
    )


_WHOLE = (
    joinedload(Comment.author).load_only(User.full_name),
    contains_eager(Comment.initiative).options(
        load_only(
            Initiative.state, Initiative.awaits_confirmation, Initiative.deleted_at, Initiative.created_by_id
        ),
        selectinload(Initiative.authors).load_only(Author.user_id),
    ),
)
