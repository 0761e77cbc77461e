"""The first page."""

from flask import Blueprint, Response

from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.home.sections import home_of
from cchc_portal.web.htmx import show

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Response:
    """Show what waits for the person."""
    return show("home/index.html", home=home_of(person()), today=today())
