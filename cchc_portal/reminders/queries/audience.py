"""Whom a task concerns, looked up once for many tasks."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from cchc_portal.accounts.models import Role, RoleGrant, User
from cchc_portal.accounts.queries import holding
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.reminders.models import Audience
from cchc_portal.tasks.models import Task


class Addressees:
    """The people who work in the office, by unit and by role, as they are today.

    Disabled accounts and those that only administer are not among them.
    """

    def __init__(self) -> None:
        works = User.grants.any((RoleGrant.role != Role.ADMIN) & RoleGrant.valid(today()))
        active = select(User.id, User.unit_id).where(User.disabled_at.is_(None), works)
        rows = db.session.execute(active).all()
        self._active = {row.id for row in rows}
        self._seated: dict[int | None, set[int]] = defaultdict(set)
        for row in rows:
            self._seated[row.unit_id].add(row.id)
        self._heads: dict[int | None, set[int]] = defaultdict(set)
        heads = select(RoleGrant.unit_id, RoleGrant.user_id).where(
            RoleGrant.role == Role.DEPT_HEAD, RoleGrant.valid(today())
        )
        for unit_id, user_id in db.session.execute(heads):
            if user_id in self._active:
                self._heads[unit_id].add(user_id)
        self._leaders = {user.id for user in holding(Role.LEADER)}
        self._office = {user.id for user in holding(Role.OFFICE)}

    def of(self, task: Task, audiences: Iterable[Audience]) -> set[int]:
        """Return the ids of those whom a task concerns in one of the ways."""
        return {user_id for audience in audiences for user_id in self.by_audience(task, audience)}

    def by_audience(self, task: Task, audience: Audience) -> set[int]:
        """Return the ids of those whom a task concerns in one way.

        While nobody is named the whole unit is; a unit without people is answered for by its head,
        and one without a head as well by the Office, so that no deadline passes unseen.
        """
        if audience is Audience.LEADER:
            return self._leaders
        heads = self._heads[task.unit_id]
        if audience is Audience.HEAD:
            return heads
        if task.person_id in self._active:
            return {task.person_id}  # type: ignore[arg-type]
        return self._seated[task.unit_id] or heads or self._office

    def of_unit(self, unit_id: int) -> set[int]:
        """Return the ids of the people of a unit and its heads."""
        return self._seated[unit_id] | self._heads[unit_id]
