"""Denied by default: sign-in, CSRF, limits, headers; opening an address is a visible word."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session
from flask_babel import gettext
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge

from cchc_portal.web import resending
from cchc_portal.web.counters import Counters  # noqa: F401  makes "counters://" known
from cchc_portal.web.htmx import answer, go, htmx
from cchc_portal.web.transaction import SAFE_METHODS

_F = TypeVar("_F", bound=Callable[..., Any])

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

REFUSED = 400  # statuses from here on

csrf = CSRFProtect()
login_manager = LoginManager()


def _who() -> str:
    return session.get("_user_id") or get_remote_address()


limiter = Limiter(_who, default_limits=["6000 per minute"], strategy="fixed-window", headers_enabled=False)


def public(view: _F) -> _F:
    """Open a view to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def takes_up_to(size: int) -> Callable[[_F], _F]:
    """Let people who are signed in send a view more than others take.

    Args:
        size: bytes of the whole request.
    """

    def mark(view: _F) -> _F:
        view.takes_up_to = size  # type: ignore[attr-defined]
        return view

    return mark


def is_public(view: Callable[..., Any] | None) -> bool:
    """Say whether a view was opened; unknown addresses get their 404 without signing in."""
    return view is None or getattr(view, "is_public", False)


def own_path(target: str | None) -> str:
    """Return a target that is a path of this portal, else "/".

    Browsers read back-slashes as slashes and skip control characters, so anything unusual is
    refused rather than understood.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return "/"
    if "\\" in target or any(char <= " " for char in target):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else target


def init_app(app: Flask) -> None:
    """Put the guards in front of every view of the application."""
    app.before_request(_take_more)
    app.before_request(_refuse_bombs)
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    login_manager.session_protection = "basic"
    public(app.view_functions["static"])
    app.before_request(_require_text)
    app.before_request(_require_sign_in)
    app.after_request(_add_headers)
    app.after_request(_leave_session_alone)


def _require_text() -> None:
    """Refuse addresses that hold NUL: no text has it, and PostgreSQL takes no text with it."""
    if "\x00" in request.path or any("\x00" in value for _, value in request.args.items(multi=True)):
        abort(400)


def _take_more() -> None:
    size = getattr(app_view(), "takes_up_to", None)
    if size and current_user.is_authenticated:
        request.max_content_length = size


def _refuse_bombs() -> None:
    """Hold plain forms to the limits that Werkzeug knows for forms with files alone.

    Raises:
        RequestEntityTooLarge: twenty megabytes of "a&a&a" would become seven million fields.
    """
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    request.max_content_length = request.max_form_memory_size
    if request.get_data(cache=True).count(b"&") >= (request.max_form_parts or 0):
        raise RequestEntityTooLarge


def _require_sign_in() -> Response | None:
    view = app_view()
    if is_public(view) or current_user.is_authenticated:
        return None
    return login_manager.unauthorized()  # type: ignore[no-any-return]


def app_view() -> Callable[..., Any] | None:
    """Return the view function of the running request; None if no address matched."""
    return current_app.view_functions.get(request.endpoint or "")


def ask_to_sign_in(sign_in_url: str) -> Response:
    """Answer a request without a valid sign-in; a fragment must not receive the sign-in page.

    What somebody was typing stays: pages that save by themselves, or ask for something while a field
    is being filled in, are not sent away, and a form that was sent is held for another try.
    """
    is_typing = "HX-Trigger-Name" in request.headers  # the name of the field that asks
    if htmx.wants_fragment and (is_typing or request.method not in SAFE_METHODS):
        trigger = {"toast": {"message": gettext(resending.SESSION_OVER), "kind": "error"}}
        return answer("", 401, trigger=trigger, reswap="none")
    if not htmx.is_htmx and resending.is_worth_keeping():
        return resending.send_again(status=401, sign_in_url=sign_in_url)
    if htmx.is_htmx:
        sent_away = go(sign_in_url)
        sent_away.status_code = 401
        sent_away.headers["HX-Redirect"] = sign_in_url
        return sent_away
    return go(sign_in_url)


def _leave_session_alone(answer: Response) -> Response:
    """Give no session to what another site sends and is refused.

    Browsers send it without the person's session, and would put a new one in its place.
    """
    origin = request.headers.get("Origin")
    if answer.status_code >= REFUSED and origin is not None and not resending.is_own():
        session.modified = False
    return answer


def _add_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.vary.add("HX-Request")
    if request.endpoint != "static" and "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return answer
