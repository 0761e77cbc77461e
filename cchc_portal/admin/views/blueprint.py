"""The blueprint and what all its views do first."""

from flask import Blueprint
from flask_login import current_user

from cchc_portal.accounts import queries
from cchc_portal.accounts.session import person

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.before_request
def administrators_only() -> None:
    """Hide the administration from everybody else.

    Raises:
        NotFound: the person is no administrator.
    """
    if current_user.is_authenticated:  # whoever is not has been sent to sign in already
        queries.require_administrator(person())
