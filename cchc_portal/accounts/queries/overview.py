"""The state of accounts and units in a few numbers, for administrators."""

from dataclasses import dataclass

from sqlalchemy import func, select

from cchc_portal.accounts.models import Role, RoleGrant, Unit, User
from cchc_portal.accounts.queries.accounts import AccountState, require_administrator
from cchc_portal.core.clock import today
from cchc_portal.core.db import db


@dataclass(frozen=True)
class Overview:
    """What an administrator looks at first.

    Args:
        active: accounts that can sign in.
        disabled: accounts that cannot.
        waiting: active accounts whose first password has not been changed.
        unhoused: active accounts without a unit, or in one that is closed.
        administrators: active accounts that administer today.
        units: units that exist today.
    """

    active: int
    disabled: int
    waiting: int
    unhoused: int
    administrators: int
    units: int


def overview(*, to: User) -> Overview:
    """Return the numbers of accounts and units.

    Raises:
        NotFound: the person does not administer them.
    """
    require_administrator(to)
    administers = User.grants.any((RoleGrant.role == Role.ADMIN) & RoleGrant.valid(today()))
    conditions = [*(state.condition for state in AccountState), AccountState.ACTIVE.condition & administers]
    counts = db.session.execute(select(*(func.count().filter(one) for one in conditions)).select_from(User))
    active, disabled, waiting, unhoused, administrators = map(int, counts.one())
    units = db.session.scalar(select(func.count()).select_from(Unit).where(Unit.valid(today())))
    return Overview(active, disabled, waiting, unhoused, administrators, units or 0)
