"""Following an initiative: a fragment of its page."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.following import operations
from cchc_portal.following.queries import is_following
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, htmx, piece
from cchc_portal.web.htmx import show as answer

blueprint = Blueprint("following", __name__)

PATH = "/initiatives/<int:initiative_id>/following"


@blueprint.get(PATH)
def show(initiative_id: int) -> Response:
    """Show whether the person follows, with the button to change it."""
    initiative = initiatives.get_head(initiative_id, to=person())
    follows = is_following(person(), initiative)
    return answer("following/show.html", "following/_following.html", initiative=initiative, follows=follows)


@blueprint.put(PATH)
def follow(initiative_id: int) -> Response:
    """Follow."""
    initiative = operations.follow(initiatives.get_head(initiative_id, to=person()), by=person())
    return _answer(initiative, _("Bạn sẽ được báo khi sáng kiến này có gì mới."), follows=True)


@blueprint.delete(PATH)
def unfollow(initiative_id: int) -> Response:
    """Follow no longer."""
    initiative = operations.unfollow(initiatives.get_head(initiative_id, to=person()), by=person())
    return _answer(initiative, _("Bạn đã bỏ theo dõi sáng kiến này."), follows=False)


@blueprint.post(PATH)
def change(initiative_id: int) -> Response:
    """Do what a form means by its `_method`."""
    return (unfollow if intended_method() == "DELETE" else follow)(initiative_id)


def section(initiative: Initiative) -> str:
    """Return the button as a section of the initiative's page."""
    follows = is_following(person(), initiative)
    return render_template("following/_following.html", initiative=initiative, follows=follows)


def _answer(initiative: Initiative, said: str, *, follows: bool) -> Response:
    if request.method == "POST" and not htmx.wants_fragment:
        return done(said, to=url_for("initiatives.show", initiative_id=initiative.id))
    return piece("following/_following.html", toast=said, initiative=initiative, follows=follows)
