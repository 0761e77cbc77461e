"""Stages: small pages in a real browser for the components, and addresses that fail in every way."""

import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response, abort, render_template_string, request
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.serving import make_server

from cchc_portal.config import ROOT
from cchc_portal.core import errors
from cchc_portal.web import assets, frame, i18n, menu
from cchc_portal.web.htmx import extension
from cchc_portal.web.security import HEADERS, csrf, login_manager, public

SECRET = "internal detail"

KINDS = {
    "not-allowed": (errors.NotAllowed(), 403),
    "not-found": (errors.NotFound(), 404),
    "invalid-state": (errors.InvalidState(), 409),
    "conflict": (errors.Conflict(), 409),
    "invalid": (errors.Invalid({"": "Thiếu tên."}), 422),
    "too-many": (errors.TooMany(retry_after=7), 429),
    "unavailable": (errors.Unavailable(retry_after=9), 503),
    "integrity": (IntegrityError(SECRET, {}, ValueError(SECRET)), 409),
    "operational": (OperationalError(SECRET, {}, ValueError(SECRET)), 503),
    "interface": (InterfaceError(SECRET, {}, ValueError(SECRET)), 503),
    "pool": (PoolTimeoutError(SECRET), 503),
    "crash": (RuntimeError(SECRET), 500),
}
PERSON = SimpleNamespace(full_name="Cán bộ một cửa", unit=None, is_authenticated=True, locale="vi")


class Stage:
    """A small site whose pages the test writes.

    Args:
        url: where it listens.
        received: the forms posted so far.
        answers: what posts are answered with, in turn: (status, body, headers).
        wait: seconds before a post is answered.
    """

    def __init__(self) -> None:
        self.page = ""
        self.received: list[dict[str, str]] = []
        self.wait = 0.0
        self.answers: list[tuple[int, str, dict[str, str]]] = []
        self.app = self._make()
        self.server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.port}"

    def _make(self) -> Flask:
        app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
        app.config |= {
            "SECRET_KEY": "stage",
            "CCHC_OFFICE_NAME": "UBND phường",
            "WTF_CSRF_CHECK_DEFAULT": False,
        }
        app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
        for part in (extension, csrf, login_manager):
            part.init_app(app)
        i18n.init_app(app)
        assets.init_app(app)
        frame.init_app(app)
        menu.init_app(app, [])
        app.after_request(_headers)
        app.add_url_rule("/", "home.index", self._show)
        app.add_url_rule("/search", "search.results", self._show)
        app.add_url_rule("/search/suggestions", "search.suggestions", _suggest)
        app.add_url_rule("/act", "act", self._act, methods=["POST"])
        return app

    def _show(self) -> str:
        return render_template_string(self.page, current_user=PERSON)

    def _act(self) -> Response:
        self.received.append(request.form.to_dict())
        time.sleep(self.wait)
        status, body, headers = self.answers.pop(0) if self.answers else (200, "", {})
        return Response(render_template_string(body), status, headers)


def _headers(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    return answer


def _suggest() -> str:
    return "".join(f'<a role="option" href="/search?q={n}">Gợi ý {n}</a>' for n in (1, 2, 3))


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Give a stage that listens."""
    made = Stage()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def play(stage: Stage, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Give a way to open the stage with some content; nothing may complain in the console."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(content: str, *, imports: str = "", path: str = "/", **context: Any) -> Page:
        stage.page = (
            '{% extends "layouts/page.html" %}' + imports + "{% block title %}Trang{% endblock %}"
            "{% block content %}" + content + "{% endblock %}"
        )
        contexts.append(chromium.new_context(**context))
        page: Page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(stage.url + path)
        return page

    yield open_page
    for one in contexts:
        one.close()
    assert complaints == []


@pytest.fixture
def broken(app: Flask) -> Iterator[FlaskClient]:
    """Give a browser on a portal with addresses that fail in every way."""
    portal = app

    @public
    def fail(kind: str) -> str:
        raise KINDS[kind][0]

    @public
    def refuse(status: int) -> str:
        abort(status)

    rules = list(portal.url_map.iter_rules())
    _add(portal, "/broken/<kind>", fail)
    _add(portal, "/refused/<int:status>", refuse)
    portal.config["PROPAGATE_EXCEPTIONS"] = False
    yield portal.test_client()
    portal.config["PROPAGATE_EXCEPTIONS"] = None
    assert len(list(portal.url_map.iter_rules())) >= len(rules)


def _add(portal: Flask, rule: str, view: Callable[..., str]) -> None:
    if view.__name__ not in portal.view_functions:
        portal._got_first_request = False  # noqa: SLF001  addresses of the test come late
        portal.add_url_rule(rule, view.__name__, view, methods=["GET", "POST"])
    portal.view_functions[view.__name__] = view
