"""One act at a time: two people who decide about the same initiative do so one after the other."""

from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative


def hold(initiative: Initiative) -> Initiative:
    """Keep others from changing an initiative until the commit; return it as it stands now.

    On PostgreSQL a second act waits here and then meets the state that the first has left; on
    SQLite requests that write take turns from their beginning, so there is nothing to ask again.
    """
    if db.engine.dialect.name == "sqlite":
        return initiative
    db.session.flush()
    db.session.refresh(
        initiative,
        attribute_names=["state", "code", "deleted_at", "awaits_confirmation"],
        with_for_update={"of": Initiative},
    )
    return initiative
