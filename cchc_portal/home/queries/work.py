"""Tasks that wait for the Office."""

from collections.abc import Sequence

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task


def to_verify(*, to: User, limit: int) -> Sequence[Task]:
    """Return the reported tasks that a person may verify, the longest waiting first."""
    return db.session.scalars(tasks.waiting_for_verification(to=to).limit(limit)).all()
