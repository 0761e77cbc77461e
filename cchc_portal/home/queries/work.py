"""Tasks that wait for the Office and the leaders."""

from collections.abc import Sequence

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Extension, Task


def to_verify(*, to: User, limit: int) -> Sequence[Task]:
    """Return the reported tasks that a person may verify, the longest waiting first."""
    return db.session.scalars(tasks.waiting_for_verification(to=to).limit(limit)).all()


def asking_for_time(*, to: User, limit: int) -> Sequence[Extension]:
    """Return the requests for more time that a person may answer, the oldest first."""
    return db.session.scalars(tasks.waiting_for_time(to=to).limit(limit)).all()
