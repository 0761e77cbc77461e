"""Bình chọn: the button with its count, and who voted."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import NotFound
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.votes import operations, queries
from cchc_portal.votes.rules import can_vote
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, htmx, piece
from cchc_portal.web.htmx import show as answer

blueprint = Blueprint("votes", __name__)

PATH = "/initiatives/<int:initiative_id>/vote"


@blueprint.get(PATH)
def show(initiative_id: int) -> Response:
    """Show the count, the person's vote and the button to change it."""
    initiative = initiatives.get_head(initiative_id, to=person())
    return answer("votes/show.html", "votes/_vote.html", **_seen(initiative))


@blueprint.put(PATH)
def cast(initiative_id: int) -> Response:
    """Vote."""
    initiative = operations.cast(initiatives.get_head(initiative_id, to=person()), by=person())
    return _answer(initiative, _("Đã ghi nhận bình chọn của bạn."), has_voted=True)


@blueprint.delete(PATH)
def take_back(initiative_id: int) -> Response:
    """Take the vote back."""
    initiative = operations.take_back(initiatives.get_head(initiative_id, to=person()), by=person())
    return _answer(initiative, _("Đã bỏ bình chọn."), has_voted=False)


@blueprint.post(PATH)
def change(initiative_id: int) -> Response:
    """Do what a form means by its `_method`."""
    return (take_back if intended_method() == "DELETE" else cast)(initiative_id)


@blueprint.get("/initiatives/<int:initiative_id>/voters")
def voters(initiative_id: int) -> Response:
    """Show who voted, where the office's setting lets colleagues see it."""
    if not current_app.config["CCHC_VOTERS_VISIBLE"]:
        raise NotFound
    initiative = initiatives.get_head(initiative_id, to=person())
    found = queries.voters_of(initiative)
    return answer("votes/voters.html", "votes/_voters.html", initiative=initiative, voters=found)


def section(initiative: Initiative) -> str:
    """Return the vote as a section of the initiative's page."""
    return render_template("votes/_vote.html", **_seen(initiative))


def _seen(initiative: Initiative) -> dict[str, Any]:
    return _facts(initiative, has_voted=queries.has_voted(person(), initiative))


def _answer(initiative: Initiative, said: str, *, has_voted: bool) -> Response:
    if request.method == "POST" and not htmx.wants_fragment:
        return done(said, to=url_for("initiatives.show", initiative_id=initiative.id))
    return piece("votes/_vote.html", events=("vote-changed",), **_facts(initiative, has_voted=has_voted))


def _facts(initiative: Initiative, *, has_voted: bool) -> dict[str, Any]:
    return {
        "initiative": initiative,
        "has_voted": has_voted,
        "can_vote": can_vote(person(), initiative),
    }
