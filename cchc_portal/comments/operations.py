"""Writing, changing, removing and reporting comments."""

from sqlalchemy import update

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.comments import queries, rules
from cchc_portal.comments.mentions import names_in
from cchc_portal.comments.models import LONGEST, LONGEST_REASON, Comment, CommentReport
from cchc_portal.core.clock import now
from cchc_portal.core.db import count_up, db, insert_once
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.core.markdown import to_html
from cchc_portal.core.text import clean
from cchc_portal.initiatives.models import Initiative

NOT_OPEN = N_("Sáng kiến này hiện không mở để bình luận.")
EMPTY = N_("Vui lòng nhập nội dung bình luận.")
TOO_LONG = N_("Bình luận dài tối đa 5.000 ký tự.")
TOO_LATE = N_("Đã hết thời gian sửa bình luận này. Bạn có thể viết bình luận mới.")
ELSEWHERE = N_("Bình luận được trả lời thuộc sáng kiến khác.")


def write(initiative: Initiative, *, by: User, body: str, parent: Comment | None = None) -> Comment:
    """Write a comment, or an answer to one; the initiative's `comment_count` is exact afterwards.

    Args:
        initiative: what it is about.
        by: the writer.
        body: Markdown; @name tells a colleague.
        parent: the comment that is answered; an answer to an answer joins its thread.

    Raises:
        InvalidState: the initiative is not open to colleagues.
        Invalid: the text is empty or too long.
    """
    if not initiative.is_open:
        raise InvalidState(NOT_OPEN)
    require(rules.can_comment(by, initiative))
    if parent is not None and parent.initiative_id != initiative.id:
        raise Invalid({"": ELSEWHERE})
    comment = Comment(
        initiative=initiative, author=by, parent_id=parent.thread_id if parent else None, **_text(body)
    )
    db.session.add(comment)
    count_up(initiative, "comment_count", 1)
    answered = {"answered": parent.author_id} if parent else {}
    _record("comment.written", comment, by, mentioned=_mentioned(comment.body), **answered)
    return comment


def edit(comment: Comment, *, by: User, body: str, minutes: int) -> Comment:
    """Change the text of one's comment.

    Args:
        comment: which is changed.
        by: its writer.
        body: Markdown; only colleagues who were not mentioned before are told.
        minutes: how long a comment may be changed.

    Raises:
        NotAllowed: somebody else wrote it, it is deleted, or the minutes have passed.
        Invalid: the text is empty or too long.
    """
    require(rules.can_edit(by, comment, minutes=minutes), TOO_LATE if comment.author_id == by.id else "")
    told = set(_mentioned(comment.body))
    text = _text(body)
    if text["body"] == comment.body:
        return comment
    comment.body, comment.body_html, comment.edited_at = text["body"], text["body_html"], now()
    _record("comment.edited", comment, by, mentioned=sorted(set(_mentioned(comment.body)) - told))
    return comment


def delete(comment: Comment, *, by: User) -> Comment:
    """Take one's comment back; its place in the thread stays."""
    require(rules.can_delete(by, comment))
    _remove(comment, by)
    _record("comment.deleted", comment, by)
    return comment


def report(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Ask the Office to look at a comment; a second report of the same person changes nothing."""
    require(rules.can_report(by, comment))
    row = {"comment_id": comment.id, "reporter_id": by.id, "reason": clean(reason)[:LONGEST_REASON]}
    if insert_once(CommentReport, row):
        _record("comment.reported", comment, by)
    return comment


def hide(comment: Comment, *, by: User) -> Comment:
    """Settle the reports about a comment by hiding it from everybody."""
    require(rules.can_settle(by))
    _remove(comment, by)
    _record("comment.hidden", comment, by)
    return comment


def keep(comment: Comment, *, by: User) -> Comment:
    """Settle the reports about a comment by leaving it as it is."""
    require(rules.can_settle(by))
    _settle_reports(comment, by)
    _record("comment.kept", comment, by)
    return comment


def _text(body: str) -> dict[str, str]:
    text = clean(body)
    if not text:
        raise Invalid({"body": EMPTY})
    if len(text) > LONGEST:
        raise Invalid({"body": TOO_LONG})
    return {"body": text, "body_html": to_html(text)}


def _mentioned(body: str) -> list[int]:
    names = names_in(body)
    return sorted(queries.colleagues_named(names)) if names else []


def _remove(comment: Comment, by: User) -> None:
    gone = (
        update(Comment)
        .where(Comment.id == comment.id, Comment.deleted_at.is_(None))
        .values(deleted_at=now(), deleted_by_id=by.id)
        .returning(Comment.id)
    )
    if db.session.scalars(gone).all():  # of two who remove it at once, one lowers the count
        count_up(comment.initiative, "comment_count", -1)
    _settle_reports(comment, by)


def _settle_reports(comment: Comment, by: User) -> None:
    waiting = update(CommentReport).where(
        CommentReport.comment_id == comment.id, CommentReport.settled_at.is_(None)
    )
    db.session.execute(waiting.values(settled_at=now(), settled_by_id=by.id))


def _record(name: str, comment: Comment, by: User, **data: object) -> None:
    audit.record(name, on=comment, by=by, initiative_id=comment.initiative_id, **data)
