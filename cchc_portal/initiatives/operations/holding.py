"""One act at a time: two people who decide about the same initiative do so one after the other."""

from cchc_portal.core.db import hold_row
from cchc_portal.initiatives.models import Initiative


def hold(initiative: Initiative) -> Initiative:
    """Keep others from changing an initiative until the commit; return it as it stands now."""
    return hold_row(initiative, "state", "code", "deleted_at", "awaits_confirmation")
