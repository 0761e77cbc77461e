"""The side menu: features' entries, shown to whoever uses them."""

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


def init_app(app: Flask, entries: Sequence[Entry]) -> None:
    """Give templates the entries that the signed-in person uses, as `menu()`."""

    def menu() -> list[Entry]:
        if not current_user.is_authenticated:
            return []
        return [entry for entry in entries if entry.is_for(current_user)]

    app.jinja_env.globals["menu"] = menu
