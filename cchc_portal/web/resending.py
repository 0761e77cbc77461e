"""What was typed and could not be taken: held on a page, ready to be sent once more."""

from flask import Response, render_template, request

from cchc_portal.core.i18n import N_
from cchc_portal.web.htmx import answer

SESSION_OVER = N_(
    "Phiên làm việc đã hết hạn hoặc đã đổi. Nội dung đang gõ vẫn ở trên trang: hãy đăng nhập ở thẻ khác rồi bấm lưu lại."
)
SECRET = frozenset({"password", "current", "new"})  # a page must not hold passwords
NOT_TYPED = frozenset({"csrf_token", "_method", "next"})
PASSING = frozenset({429, 500, 503})  # statuses of refusals that may be over at the next try


def is_worth_keeping() -> bool:
    """Say whether the running request carries text that a person would have to type again."""
    typed = request.form.keys() - NOT_TYPED
    has_files = any(
        file.filename for _name, file in request.files.items(multi=True)
    )  # an empty field is none
    return request.method == "POST" and bool(typed) and not has_files and SECRET.isdisjoint(typed)


def is_own() -> bool:
    """Say whether the browser vouches that the request comes from a page of this portal.

    Without that, a page elsewhere could have its own text held here for somebody to send.
    """
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def may_help(status: int) -> bool:
    """Say whether sending the running request again may succeed, and is its sender's own wish."""
    return status in PASSING and is_own() and is_worth_keeping()


def send_again(*, status: int, message: str = "", sign_in_url: str = "") -> Response:
    """Answer with a page that holds what was typed and sends it again.

    Args:
        status: HTTP status of the refusal.
        message: what went wrong; empty if the session was over.
        sign_in_url: where to sign in first, in another tab; empty if the person is signed in.
    """
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    page = render_template(
        "errors/held.html",
        typed=typed,
        target=request.full_path.rstrip("?"),
        message=message,
        sign_in_url=sign_in_url,
    )
    return answer(page, status)
