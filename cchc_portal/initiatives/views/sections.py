"""Sections of an initiative's page that features above contribute: rendered with it, registered in `app.py`.

What is short and wanted at once comes this way, so that the page needs no further requests and nothing
moves when they are answered; what is long (comments) is fetched from its own address.
"""

from collections.abc import Callable, Mapping

from flask import Flask
from markupsafe import Markup

from cchc_portal.initiatives.models import Initiative

Section = Callable[[Initiative], str]


def init_app(app: Flask, sections: Mapping[str, Section]) -> None:
    """Give templates `section(name, initiative)`.

    Args:
        app: the application.
        sections: name -> what renders it for the person who asks.
    """

    def section(name: str, initiative: Initiative) -> Markup:
        return Markup(sections[name](initiative))  # noqa: S704  a template of ours, which has escaped it

    app.jinja_env.globals["section"] = section
