"""The blueprint, and loading a letter through the person who asks."""

from flask import Blueprint

from cchc_portal.accounts.session import person
from cchc_portal.directives import queries
from cchc_portal.directives.models import Directive

blueprint = Blueprint("directives", __name__)


def load(directive_id: int) -> Directive:
    """Return a letter the person may see."""
    return queries.get(directive_id, to=person())
