"""Comments: a section of the initiative's page, and the Office's list of reported ones."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.comments import operations, queries, rules
from cchc_portal.comments.forms import CommentForm, ReportForm
from cchc_portal.comments.models import Comment
from cchc_portal.core.errors import require
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, htmx, piece, show
from cchc_portal.web.pagination import cut, unmark
from cchc_portal.web.security import limiter

blueprint = Blueprint("comments", __name__)

LIST = "/initiatives/<int:initiative_id>/comments"
ONE = "/comments/<int:comment_id>"
COMMENTS_PER_PAGE = 15
RATE = "60 per minute"


@blueprint.get(LIST)
def index(initiative_id: int) -> Response:
    """Show the comments of an initiative, from `after` on."""
    return _list(initiatives.get_head(initiative_id, to=person()), CommentForm(formdata=None))


@blueprint.post(LIST)
@limiter.limit(RATE)
def write(initiative_id: int) -> Response:
    """Write a comment; what was typed stays in the form if it is refused."""
    initiative = initiatives.get_head(initiative_id, to=person())
    form = CommentForm()
    comment = form.perform(operations.write, initiative, by=person(), body=form.body.data)
    if comment is None:
        return _list(initiative, form, "comments/_form.html", status=422)
    if not htmx.wants_fragment:
        return done(_("Đã gửi bình luận."), to=_address(comment))
    return piece(
        "comments/_written.html",
        comment=comment,
        threads=queries.threads([comment]),
        form=CommentForm(formdata=None),
        **_facts(initiative),
    )


@blueprint.get(ONE)
def one(comment_id: int) -> Response:
    """Show a comment, as a page with its thread."""
    return _show("comments/one.html", "comments/_comment.html", _load(comment_id))


@blueprint.get(ONE + "/answers")
def answer_form(comment_id: int) -> Response:
    """Show the form for an answer below the thread."""
    form = CommentForm(formdata=None, place=f"answer-{comment_id}")
    return _show("comments/answer.html", "comments/_answer_form.html", _load(comment_id), form=form)


@blueprint.post(ONE + "/answers")
@limiter.limit(RATE)
def answer(comment_id: int) -> Response:
    """Answer a comment."""
    comment, form = _load(comment_id), CommentForm(place=f"answer-{comment_id}")
    written = form.perform(
        operations.write, comment.initiative, by=person(), body=form.body.data, parent=comment
    )
    if written is None:
        page, fragment = "comments/answer.html", "comments/_answer_form.html"
        return _show(page, fragment, comment, form=form, status=422)
    return _done(written, _("Đã gửi trả lời."), "comments/_answered.html")


@blueprint.get(ONE + "/edit")
def edit_form(comment_id: int) -> Response:
    """Show the form to change a comment."""
    comment = _load(comment_id)
    require(rules.can_edit(person(), comment, minutes=_edit_minutes()))
    form = CommentForm(formdata=None, obj=comment, place=comment_id)
    return _show("comments/edit.html", "comments/_edit.html", comment, form=form)


@blueprint.patch(ONE)
def edit(comment_id: int) -> Response:
    """Change a comment."""
    comment, form = _load(comment_id), CommentForm(place=comment_id)
    edited = form.perform(operations.edit, comment, by=person(), body=form.body.data, minutes=_edit_minutes())
    if edited is None:
        return _show("comments/edit.html", "comments/_edit.html", comment, form=form, status=422)
    return _done(edited, _("Đã lưu bình luận."))


@blueprint.get(ONE + "/deletion")
def deletion(comment_id: int) -> Response:
    """Ask once more, for browsers without JavaScript."""
    comment = _load(comment_id)
    require(rules.can_delete(person(), comment))
    return show("comments/deletion.html", comment=comment, initiative=comment.initiative)


@blueprint.delete(ONE)
def delete(comment_id: int) -> Response:
    """Take a comment back."""
    return _done(operations.delete(_load(comment_id), by=person()), _("Đã xóa bình luận."))


@blueprint.post(ONE)
def change(comment_id: int) -> Response:
    """Do what a form means by its `_method`."""
    return (delete if intended_method() == "DELETE" else edit)(comment_id)


@blueprint.get(ONE + "/reports")
def report_form(comment_id: int) -> Response:
    """Show the form to report a comment."""
    comment, form = _load(comment_id), ReportForm(formdata=None, place=comment_id)
    require(rules.can_report(person(), comment))
    return _show("comments/report.html", "comments/_report_form.html", comment, form=form)


@blueprint.post(ONE + "/reports")
@limiter.limit(RATE)
def report(comment_id: int) -> Response:
    """Report a comment to the Office."""
    comment, form = _load(comment_id), ReportForm(place=comment_id)
    reported = form.perform(operations.report, comment, by=person(), reason=form.reason.data or "")
    if reported is None:
        page, fragment = "comments/report.html", "comments/_report_form.html"
        return _show(page, fragment, comment, form=form, status=422)
    return _done(reported, _("Đã báo cho Văn phòng - Thống kê xem xét."), "comments/_reported.html")


@blueprint.get("/comments/reports")
def reports() -> Response:
    """Show the Office what was reported."""
    return show("comments/reports.html", waiting=queries.reported(to=person()))


@blueprint.post(ONE + "/settlement")
def settle(comment_id: int) -> Response:
    """Hide a reported comment, or leave it."""
    comment = _load(comment_id)
    if request.form.get("outcome") == "hide":
        operations.hide(comment, by=person())
        return done(_("Đã ẩn bình luận."), to=url_for("comments.reports"))
    operations.keep(comment, by=person())
    return done(_("Đã giữ nguyên bình luận."), to=url_for("comments.reports"))


def _list(
    initiative: Initiative, form: CommentForm, fragment: str = "comments/_comments.html", status: int = 200
) -> Response:
    after = unmark(request.args["after"], kinds=(int, int)) if request.args.get("after") else None
    rows = queries.page(initiative, after=after, limit=COMMENTS_PER_PAGE + 1)
    page = cut(rows, key=lambda one: (one.thread_id, one.id), size=COMMENTS_PER_PAGE, is_first=after is None)
    return show(
        "comments/index.html",
        fragment,
        status=status,
        page=page,
        threads=queries.threads(page.rows),
        form=form,
        **_facts(initiative),
    )


def _show(page: str, fragment: str, comment: Comment, *, status: int = 200, **context: Any) -> Response:
    if not htmx.wants_fragment:
        context["threads"] = queries.threads(queries.thread_of(comment))
    return show(page, fragment, status=status, comment=comment, **_facts(comment.initiative), **context)


def _done(comment: Comment, said: str, fragment: str = "comments/_changed.html") -> Response:
    if not htmx.wants_fragment:
        return done(said, to=_address(comment))
    return piece(fragment, toast=said, comment=comment, **_facts(comment.initiative))


def _facts(initiative: Initiative) -> dict[str, Any]:
    return {"initiative": initiative, "user": person(), "rules": rules, "minutes": _edit_minutes()}


def _load(comment_id: int) -> Comment:
    return queries.get(comment_id, to=person())


def _edit_minutes() -> int:
    return int(current_app.config["CCHC_COMMENT_EDIT_MINUTES"])


def _address(comment: Comment) -> str:
    return url_for("comments.one", comment_id=comment.thread_id, _anchor=f"comment-{comment.id}")
