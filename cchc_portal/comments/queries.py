"""Reading comments: threads, the newest first, with their answers in the order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.comments.models import Comment, CommentReport
from cchc_portal.comments.rules import can_settle
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative

THREAD = func.coalesce(Comment.parent_id, Comment.id)


@dataclass(frozen=True)
class Thread:
    """A comment and answers to it; without the comment where a page begins in the middle."""

    id: int
    root: Comment | None
    answers: Sequence[Comment]


@dataclass(frozen=True)
class Reported:
    """A comment that waits for the Office, with what was said against it."""

    comment: Comment
    reports: list[CommentReport] = field(default_factory=list)


def get(comment_id: int, *, to: User) -> Comment:
    """Return a comment with its writer and initiative, deleted ones included.

    Raises:
        NotFound: there is none, or the person may not see its initiative.
    """
    visible = initiatives.visible_to(to).with_only_columns(Initiative.id)
    query = _with_writers().where(Comment.id == comment_id, Comment.initiative_id.in_(visible))
    found = db.session.scalar(query.options(joinedload(Comment.initiative)))
    if found is None:
        raise NotFound
    return found


def page(initiative: Initiative, *, after: tuple[int, int] | None = None, limit: int) -> Sequence[Comment]:
    """Return comments of an initiative as they are read: thread after thread.

    Args:
        initiative: which the person may see.
        after: thread and id of the last comment already shown.
        limit: how many at most.
    """
    query = _with_writers().where(Comment.initiative_id == initiative.id)
    if after is not None:
        query = query.where(tuple_(-THREAD, Comment.id) > (-after[0], after[1]))
    return db.session.scalars(query.order_by(-THREAD, Comment.id).limit(limit)).all()


def thread_of(comment: Comment) -> Sequence[Comment]:
    """Return the whole thread in which a comment stands."""
    number = comment.thread_id
    query = _with_writers().where(or_(Comment.id == number, Comment.parent_id == number))
    return db.session.scalars(query.order_by(Comment.id)).all()


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """Group comments that come thread after thread."""
    return [_thread(number, list(group)) for number, group in groupby(comments, lambda one: one.thread_id)]


def colleagues_named(usernames: Iterable[str]) -> set[int]:
    """Return the ids of active people with these user names."""
    query = select(User.id).where(User.username.in_(list(usernames)), User.disabled_at.is_(None))
    return set(db.session.scalars(query))


def reported(*, to: User) -> list[Reported]:
    """Return the comments that wait for the Office, the longest waiting first.

    Raises:
        NotFound: the person is not the Office.
    """
    if not can_settle(to):
        raise NotFound
    query = (
        select(CommentReport)
        .where(CommentReport.settled_at.is_(None))
        .options(
            joinedload(CommentReport.reporter),
            joinedload(CommentReport.comment).joinedload(Comment.author),
            joinedload(CommentReport.comment).joinedload(Comment.initiative),
        )
    )
    waiting: dict[int, Reported] = {}
    for report in db.session.scalars(query.order_by(CommentReport.id)):
        waiting.setdefault(report.comment_id, Reported(report.comment)).reports.append(report)
    return list(waiting.values())


def _with_writers() -> Select[Comment]:
    return select(Comment).options(joinedload(Comment.author).joinedload(User.unit))


def _thread(number: int, comments: list[Comment]) -> Thread:
    root = comments[0] if comments[0].id == number else None
    return Thread(number, root, comments[1:] if root else comments)
