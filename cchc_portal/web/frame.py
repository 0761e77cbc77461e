"""What the frame around every page asks: which features are there to be linked to."""

from flask import Flask, current_app, url_for


def init_app(app: Flask) -> None:
    """Give templates `link_to(endpoint)`."""
    app.jinja_env.globals["link_to"] = link_to


def link_to(endpoint: str) -> str:
    """Return the address of a page that needs no arguments; "" if its feature is not installed."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
