"""Comments, with the stored count."""

from cchc_portal.accounts.models import User
from cchc_portal.comments.models import Comment, CommentReport
from cchc_portal.core.db import db
from cchc_portal.core.markdown import to_html
from cchc_portal.initiatives.models import Initiative
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative


def make_comment(
    initiative: Initiative | None = None,
    *,
    by: User | None = None,
    body: str = "Nên thử ở cả ba tổ dân phố.",
    answer_to: Comment | None = None,
    **columns: object,
) -> Comment:
    """Make a comment of a colleague, or an answer to one."""
    about = answer_to.initiative if answer_to else initiative or make_initiative()
    comment = Comment(
        initiative=about,
        author=by or make_user(),
        body=body,
        body_html=to_html(body),
        parent_id=answer_to.thread_id if answer_to else None,
        **columns,
    )
    about.comment_count += not comment.is_deleted
    db.session.add(comment)
    db.session.commit()
    return comment


def make_report(
    comment: Comment, *, by: User | None = None, reason: str = "Lời lẽ khó nghe"
) -> CommentReport:
    """Make a report that waits for the Office."""
    report = CommentReport(comment=comment, reporter=by or make_user(), reason=reason)
    db.session.add(report)
    db.session.commit()
    return report
