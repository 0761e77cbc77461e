"""Errors become answers here and nowhere else: a full page, or for HTMX a toast."""

import structlog
from flask import Flask, Response, g, render_template
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from cchc_portal.core import errors
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.web import resending
from cchc_portal.web.htmx import answer, htmx
from cchc_portal.web.logs import request_number

log = structlog.get_logger()

STATUS: dict[type[errors.DomainError], int] = {
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.InvalidState: 409,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
TOO_MANY, CRASHED = 429, 500
FRAMED = frozenset({403, 404})  # nothing is wrong with the portal: its menu helps
PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})
WORDS = {
    400: N_("Yêu cầu không hợp lệ. Vui lòng tải lại trang rồi thử lại."),
    403: errors.NotAllowed.default,
    404: errors.NotFound.default,
    405: N_("Trang này không nhận yêu cầu kiểu đó."),
    413: N_("Nội dung gửi lên quá lớn nên chưa được lưu. Văn bản không quá 2 MB, mỗi tệp không quá 20 MB."),
    429: errors.TooMany.default,
    500: N_("Hệ thống gặp sự cố. Nội dung bạn đã lưu vẫn còn; vui lòng thử lại sau ít phút."),
    503: N_("Hệ thống tạm thời chưa ghi được. Vui lòng giữ nguyên trang này và thử lại sau ít giây."),
}


def init_app(app: Flask) -> None:
    """Translate every kind of error for this application."""
    app.register_error_handler(errors.DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _integrity)
    for unreachable in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(unreachable, _database)
    app.register_error_handler(Exception, _crash)


def _domain(error: errors.DomainError) -> Response:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    refusal = _answer(status, _(error.message))
    if isinstance(error, errors.TooMany | errors.Unavailable):
        refusal.headers["Retry-After"] = str(error.retry_after)
    return refusal


def _csrf(_error: CSRFError) -> Response:
    if not htmx.is_htmx and resending.is_own() and resending.is_worth_keeping():
        return resending.send_again(status=400)
    return _answer(400, _(resending.SESSION_OVER))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004
        return error.get_response()  # type: ignore[return-value]
    refusal = _answer(error.code, _(WORDS.get(error.code, WORDS[400])))
    if error.code == TOO_MANY:
        refusal.headers.setdefault("Retry-After", "60")
    return refusal


def _integrity(_error: IntegrityError) -> Response:
    # Two requests raced to the same unique row; the winner's is kept.
    log.warning("integrity_error")
    return _answer(409, _(errors.Conflict.default))


def _database(error: Exception) -> Response:
    log.warning("database_unavailable", kind=type(error).__name__)
    _forget_person()
    refusal = _answer(503, _(WORDS[503]))
    refusal.headers["Retry-After"] = "5"
    return refusal


def _crash(error: Exception) -> Response:
    log.error("unexpected_error", exc_info=error)
    _forget_person()
    return _answer(500, _(WORDS[500]))


def _forget_person() -> None:
    """Let the error page ask nothing of a database that may be the reason for it."""
    g._login_user = AnonymousUserMixin()  # noqa: SLF001  where Flask-Login keeps who asks


def _answer(status: int, message: str) -> Response:
    db.session.rollback()
    if htmx.wants_fragment:
        trigger = {
            "toast": {"message": _with_number(message) if status == CRASHED else message, "kind": "error"}
        }
        return answer("", status, trigger=trigger, reswap="none")
    if resending.may_help(status):
        return resending.send_again(status=status, message=message)
    page = f"errors/{status if status in PAGES else 400}.html"
    is_framed = status in FRAMED and current_user.is_authenticated
    return answer(render_template(page, message=message, is_framed=is_framed), status)


def _with_number(message: str) -> str:
    return f"{message} {_('Mã yêu cầu:')} {request_number()}"
