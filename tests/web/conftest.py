"""A stage for the components: the real layouts, style and script around small pages, in a real browser."""

import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response, render_template_string, request
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from cchc_portal.config import ROOT
from cchc_portal.web import assets, frame, i18n, menu
from cchc_portal.web.htmx import extension
from cchc_portal.web.security import HEADERS, csrf, login_manager

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
