"""Letters in correction."""

from collections.abc import Sequence

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive, State


def in_correction(*, to: User, limit: int) -> Sequence[Directive]:
    """Return the letters that wait for the Office's correction and issue, the newest first."""
    query = letters.visible_to(to).where(Directive.state == State.DRAFT)
    return db.session.scalars(query.order_by(Directive.id.desc()).limit(limit)).all()
