"""HTMX as one typed object: what the browser asked for, and answers it understands."""

from typing import Any, cast
from urllib.parse import unquote

from flask import Response, flash, redirect, render_template, request
from htmx_flask import Htmx, make_response
from werkzeug.local import LocalProxy
from werkzeug.urls import iri_to_uri

extension = Htmx()


class HtmxRequest:
    """What HTMX said about the running request."""

    @property
    def is_htmx(self) -> bool:
        """True for every request that HTMX sends."""
        return bool(request.htmx)  # type: ignore[attr-defined]

    @property
    def wants_fragment(self) -> bool:
        """True if a piece of the page is wanted; boosted links and restored history want it whole."""
        said = request.htmx  # type: ignore[attr-defined]
        return bool(said) and not said.boosted and not said.history_restore_request

    @property
    def current_path(self) -> str:
        """Path and query of the page in the browser's address bar; "" if unknown."""
        url = unquote(request.htmx.current_url or "")  # type: ignore[attr-defined]
        host = request.host_url.rstrip("/")
        return url.removeprefix(host) if url.startswith(host + "/") else ""


htmx: HtmxRequest = LocalProxy(HtmxRequest)  # type: ignore[assignment]


def show(page: str, fragment: str = "", /, *, status: int = 200, **context: Any) -> Response:
    """Answer with the page, or with its fragment alone where HTMX asked for a piece.

    Args:
        page: template of the whole page.
        fragment: template of the piece; empty if the page has none.
        status: HTTP status.
        context: for either template.
    """
    template = fragment if fragment and htmx.wants_fragment else page
    return answer(render_template(template, **context), status)


def piece(fragment: str, /, *, toast: str = "", events: tuple[str, ...] = (), **context: Any) -> Response:
    """Answer with a fragment, a message for the person and events for the page's other sections."""
    trigger: dict[str, Any] = dict.fromkeys(events, "")
    if toast:
        trigger["toast"] = {"message": toast}
    return answer(render_template(fragment, **context), trigger=trigger or None)


def done(message: str, *, to: str) -> Response:
    """Answer a finished write: go to a page and say there what was done.

    Args:
        message: one Vietnamese sentence; empty for none.
        to: address within the portal.
    """
    if message:
        flash(message, "success")
    return go(to)


def go(to: str) -> Response:
    """Send the browser to another page, 303 for pages and HX-Redirect for fragments."""
    if htmx.wants_fragment:
        return answer("", redirect=iri_to_uri(to))  # headers hold ASCII alone
    return cast("Response", redirect(to, code=303))


def answer(body: str, status: int = 200, **headers: Any) -> Response:
    """Answer with a body and HTMX headers, named as in htmx-flask: trigger, reswap, redirect and so on."""
    return cast("Response", make_response(body, status, **headers))
