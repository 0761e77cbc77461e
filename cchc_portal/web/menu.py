"""The side menu, the button in the top bar and tabs above pages: features' entries, shown to whoever uses them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class Entry:
    """One line of the menu.

    Args:
        label: Vietnamese label, translated when shown.
        endpoint: where it leads.
        icon: name in static/icons.svg.
        is_for: says whether a person uses it.
        covers: further blueprints whose pages belong under it.
    """

    label: Any
    endpoint: str
    icon: str
    is_for: Callable[[Any], bool] = lambda _user: True
    covers: Sequence[str] = ()

    @property
    def href(self) -> str:
        """Its address."""
        return url_for(self.endpoint)

    @property
    def is_current(self) -> bool:
        """True while a page of its feature is open."""
        return request.blueprint in {self.endpoint.partition(".")[0], *self.covers}

    @property
    def is_open(self) -> bool:
        """True while its own page is open."""
        return request.endpoint == self.endpoint


def init_app(
    app: Flask, entries: Sequence[Entry], buttons: Sequence[Entry] = (), tabs: Sequence[Entry] = ()
) -> None:
    """Give templates what the signed-in person uses.

    `menu()` at the side, `bar_buttons()` in the top bar, `tabs_of_work()` above the pages of letters and work.
    """
    app.jinja_env.globals["menu"] = lambda: _used(entries)
    app.jinja_env.globals["bar_buttons"] = lambda: _used(buttons)
    app.jinja_env.globals["tabs_of_work"] = lambda: [
        (entry.label, entry.href, entry.is_open) for entry in _used(tabs)
    ]


def _used(entries: Sequence[Entry]) -> list[Entry]:
    if not current_user.is_authenticated:
        return []
    there = current_app.view_functions
    return [entry for entry in entries if entry.endpoint in there and entry.is_for(current_user)]
