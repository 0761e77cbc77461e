"""One act at a time: two people who decide about the same letter do so one after the other."""

from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive


def hold(directive: Directive) -> Directive:
    """Keep others from changing a letter until the commit; return it as it stands now.

    On PostgreSQL a second act waits here and then meets the state that the first has left; on
    SQLite requests that write take turns from their beginning, so there is nothing to ask again.
    """
    if db.engine.dialect.name != "sqlite" and directive.id is not None:
        db.session.flush()
        db.session.refresh(
            directive,
            attribute_names=["state", "number", "day", "deleted_at"],
            with_for_update={"of": Directive},
        )
    return directive
