"""One act at a time: two people who decide about the same letter do so one after the other."""

from cchc_portal.core.db import hold_row
from cchc_portal.directives.models import Directive


def hold(directive: Directive) -> Directive:
    """Keep others from changing a letter until the commit; return it as it stands now."""
    return hold_row(directive, "state", "number", "day", "deleted_at")
