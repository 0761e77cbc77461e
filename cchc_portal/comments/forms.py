"""Forms of comments and reports."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from cchc_portal.comments.models import LONGEST, LONGEST_REASON
from cchc_portal.web.forms import Form


class CommentForm(Form):
    """The text of a comment.

    Args:
        place: what tells this form's field from those of other forms on the page.
    """

    body = TextAreaField(_("Nội dung bình luận"), [InputRequired(), Length(max=LONGEST)])

    def __init__(self, *args: Any, place: object = "new", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.id = f"comment-body-{place}"


class ReportForm(Form):
    """Why the Office should look at a comment."""

    reason = TextAreaField(_("Lý do (không bắt buộc)"), [Length(max=LONGEST_REASON)])

    def __init__(self, *args: Any, place: object = "new", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.id = f"report-reason-{place}"
