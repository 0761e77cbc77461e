"""The blueprint, and who it lets in."""

from typing import Any

from flask import Blueprint, url_for

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import require
from cchc_portal.directives.models import Directive
from cchc_portal.follow_up.models import SavedView
from cchc_portal.follow_up.queries import Filters, Grouping
from cchc_portal.follow_up.rules import can_follow_up

blueprint = Blueprint("follow_up", __name__)


@blueprint.before_request
def _let_in() -> None:
    """Keep accounts that only administer out of all boards."""
    require(can_follow_up(person()))


@blueprint.app_template_global("follow_up_address")
def address(filters: Filters, *, by: Grouping = Grouping.DEADLINE, **more: Any) -> str:
    """Return the address of the follow-up board with filters and order; in templates `follow_up_address`."""
    values: dict[str, Any] = {**filters.chosen, **more}
    if by is not Grouping.DEADLINE:
        values["by"] = by.value
    return url_for("follow_up.index", **values)


@blueprint.app_template_global("coverage_of")
def coverage_of(letter: Directive) -> str:
    """Return where the board of a letter is; "" for whoever does not look at boards."""
    return url_for("follow_up.of_letter", directive_id=letter.id) if can_follow_up(person()) else ""


@blueprint.app_template_global("path_of_view")
def path_of(saved: SavedView) -> str:
    """Return where a saved view leads."""
    board = url_for("follow_up.index")
    return f"{board}?{saved.filters}" if saved.filters else board
