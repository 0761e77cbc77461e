"""The blueprint and what all its views do first."""

from flask import Blueprint

from cchc_portal.accounts.session import person
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.models import Initiative

blueprint = Blueprint("initiatives", __name__)


def load(initiative_id: int) -> Initiative:
    """Return the initiative of the address, for the person who asks.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    return queries.get(initiative_id, to=person())
