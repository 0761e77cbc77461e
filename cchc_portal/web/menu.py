"""The side menu and the button in the top bar: features' entries, shown to whoever uses them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class Entry:
    """One line of the menu.

    Args:
        label: Vietnamese label, translated when shown.
        endpoint: where it leads.
        icon: name in static/icons.svg.
        is_for: says whether a person uses it.
    """

    label: Any
    endpoint: str
    icon: str
    is_for: Callable[[Any], bool] = lambda _user: True

    @property
    def href(self) -> str:
        """Its address."""
        return url_for(self.endpoint)

    @property
    def is_current(self) -> bool:
        """True while a page of its feature is open."""
        return request.blueprint == self.endpoint.partition(".")[0]


def init_app(app: Flask, entries: Sequence[Entry], buttons: Sequence[Entry] = ()) -> None:
    """Give templates what the signed-in person uses: `menu()` at the side, `bar_buttons()` in the top bar."""
    app.jinja_env.globals["menu"] = lambda: _used(entries)
    app.jinja_env.globals["bar_buttons"] = lambda: _used(buttons)


def _used(entries: Sequence[Entry]) -> list[Entry]:
    if not current_user.is_authenticated:
        return []
    return [entry for entry in entries if entry.is_for(current_user)]
